package io.privatelink4j.testkit.hostile;

/**
 * An element or member of a document: its name, its value, and where it stands.
 *
 * @param name what it is called
 * @param start where it begins
 * @param end where it ends
 * @param valueStart where its value begins
 * @param valueEnd where its value ends
 */
record Part(String name, int start, int end, int valueStart, int valueEnd) {

  String of(String document) {
    return document.substring(start, end);
  }

  String valueIn(String document) {
    return document.substring(valueStart, valueEnd);
  }

  String replacedBy(String text, String document) {
    return document.substring(0, start) + text + document.substring(end);
  }
}
