package io.privatelink4j.aws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON as far as IAM policies have it: objects, lists and strings. Strict, as IAM is. */
final class Json {
  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  static Object read(String text) {
    Json json = new Json(text);
    Object value = json.value();
    json.skipBlanks();
    json.check(json.at == text.length(), "the end");
    return value;
  }

  private Object value() {
    skipBlanks();
    check(at < text.length(), "a value");
    return switch (text.charAt(at)) {
      case '{' -> object();
      case '[' -> list();
      default -> string();
    };
  }

  private Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    expect('{');
    do {
      skipBlanks();
      String key = string();
      expect(':');
      check(object.put(key, value()) == null, "each key once, not " + key + " again");
    } while (more('}'));
    return object;
  }

  private List<Object> list() {
    List<Object> list = new ArrayList<>();
    expect('[');
    do {
      list.add(value());
    } while (more(']'));
    return list;
  }

  /** An empty list or object means nothing in a policy, so a comma is followed by a value. */
  private boolean more(char end) {
    skipBlanks();
    check(
        at < text.length() && (text.charAt(at) == ',' || text.charAt(at) == end), "',' or " + end);
    return text.charAt(at++) == ',';
  }

  private String string() {
    expect('"');
    StringBuilder string = new StringBuilder();
    for (; at < text.length() && text.charAt(at) != '"'; at++) {
      char c = text.charAt(at);
      if (c == '\\') {
        c = text.charAt(++at);
        check(c == '\\' || c == '"', "no escape but of \\ and \"");
      }
      check(c >= ' ', "no control characters in strings");
      string.append(c);
    }
    expect('"');
    return string.toString();
  }

  private void expect(char c) {
    skipBlanks();
    check(at < text.length() && text.charAt(at) == c, "'" + c + "'");
    at++;
  }

  private void skipBlanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private void check(boolean condition, String wanted) {
    if (!condition) {
      throw new IllegalArgumentException(
          "Expected "
              + wanted
              + " at "
              + at
              + ": "
              + text.substring(0, Math.min(at, text.length())));
    }
  }
}
