package io.privatelink4j.aws;

import java.util.Map;

/** What goes back over the wire; cut off in the middle if truncated. */
record FakeReply(int status, String body, Map<String, String> headers, boolean truncated) {
  static final String REQUEST_ID = "5d1f7a6e-fake";

  static FakeReply ok(String body) {
    return new FakeReply(200, body, Map.of(), false);
  }

  static FakeReply of(int status, String body) {
    return new FakeReply(status, body, Map.of(), false);
  }

  static FakeReply ec2Error(int status, String code, String message) {
    return of(
        status,
        new Xml()
            .open("Response")
            .open("Errors")
            .open("Error")
            .text("Code", code)
            .text("Message", message)
            .close("Error")
            .close("Errors")
            .text("RequestID", REQUEST_ID)
            .close("Response")
            .toString());
  }

  static FakeReply route53Error(int status, String code, String message) {
    return of(
        status,
        new Xml()
            .openRoute53("ErrorResponse")
            .open("Error")
            .text("Type", "Sender")
            .text("Code", code)
            .text("Message", message)
            .close("Error")
            .text("RequestId", REQUEST_ID)
            .close("ErrorResponse")
            .toString());
  }

  /** The form that ChangeResourceRecordSets documents for its own error. */
  static FakeReply invalidChangeBatch(String... messages) {
    Xml xml = new Xml().openRoute53("InvalidChangeBatch").open("Messages");
    for (String message : messages) {
      xml.text("Message", message);
    }
    return of(
        400,
        xml.close("Messages").text("RequestId", REQUEST_ID).close("InvalidChangeBatch").toString());
  }

  static FakeReply html(int status) {
    return new FakeReply(
        status,
        "<html><head><title>" + status + "</title></head><body>Please try again</body></html>",
        Map.of("Content-Type", "text/html"),
        false);
  }

  /** A success that a proxy has answered. */
  static FakeReply foreign(String type, String page) {
    return new FakeReply(200, page, Map.of("Content-Type", type), false);
  }

  /**
   * {@return whether AWS itself answers; pages of load balancers and proxies have no request id}
   */
  boolean isOfAws() {
    return !headers.getOrDefault("Content-Type", "").contains("html");
  }

  FakeReply cut() {
    return new FakeReply(status, body, headers, true);
  }

  FakeReply header(String name, String value) {
    return new FakeReply(status, body, Map.of(name, value), truncated);
  }
}
