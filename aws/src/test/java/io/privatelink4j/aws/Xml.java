package io.privatelink4j.aws;

/** Writes XML. */
final class Xml {
  private final StringBuilder text =
      new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

  Xml open(String element) {
    text.append('<').append(element).append('>');
    return this;
  }

  Xml openEc2(String element) {
    text.append('<').append(element);
    text.append(" xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">");
    text("requestId", FakeReply.REQUEST_ID);
    return this;
  }

  Xml openRoute53(String element) {
    text.append('<').append(element);
    text.append(" xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\">");
    return this;
  }

  Xml close(String element) {
    text.append("</").append(element).append('>');
    return this;
  }

  Xml text(String element, String value) {
    open(element);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '&' -> text.append("&amp;");
        case '<' -> text.append("&lt;");
        case '>' -> text.append("&gt;");
        default -> text.append(c);
      }
    }
    return close(element);
  }

  /** A list of plain items. */
  Xml items(String element, Iterable<String> values) {
    open(element);
    values.forEach(value -> text("item", value));
    return close(element);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
