package io.privatelink4j.testkit.hostile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A language that answers are written in: where a document has its parts, and how to write one. */
public enum Markup {
  /** Elements without regard to attributes. */
  XML("text/xml;charset=UTF-8", "", "") {
    private static final Pattern TAG = Pattern.compile("<(/?)(\\w+)[^<>]*?(/?)>");

    @Override
    List<Part> parts(String document) {
      record Open(String name, int start, int valueStart) {}
      List<Part> parts = new ArrayList<>();
      Deque<Open> open = new ArrayDeque<>();
      Matcher tag = TAG.matcher(document);
      while (tag.find()) {
        if (!tag.group(3).isEmpty()) {
          parts.add(new Part(tag.group(2), tag.start(), tag.end(), tag.end() - 1, tag.end() - 1));
        } else if (tag.group(1).isEmpty()) {
          open.push(new Open(tag.group(2), tag.start(), tag.end()));
        } else {
          Open begun = open.pop();
          parts.add(new Part(begun.name, begun.start, tag.end(), begun.valueStart, tag.start()));
        }
      }
      return parts;
    }

    @Override
    String part(String name, String value) {
      return "<" + name + ">" + value + "</" + name + ">";
    }

    @Override
    String text(String plain) {
      return plain.replace("&", "&amp;").replace("<", "&lt;");
    }

    @Override
    String nested(String name, int depth) {
      return ("<" + name + ">").repeat(depth) + ("</" + name + ">").repeat(depth);
    }

    @Override
    List<String> oddValues() {
      return List.of(
          "&nobody;",
          "&#0;",
          "&#xD800;",
          "&lt;item&gt;",
          "<![CDATA[]]>",
          "<![CDATA[<item/>]]>",
          "<!-- -->",
          "<!-- -- -->",
          "<?php exit ?>",
          "<item/>",
          "<item><item/></item>",
          "<item/><item/><item/>",
          "<x:item xmlns:x=\"urn:x\">x</x:item>",
          "<item xsi:nil=\"true\"/>");
    }
  },

  /** Members of objects. */
  JSON("application/json;charset=utf-8", ",", "\"nothing\":0") {
    private static final Pattern NAME = Pattern.compile("\"(\\w+)\"\\s*:\\s*");

    @Override
    List<Part> parts(String document) {
      List<Part> parts = new ArrayList<>();
      Matcher name = NAME.matcher(document);
      while (name.find()) {
        int end = endOfValue(document, name.end());
        parts.add(new Part(name.group(1), name.start(), end, name.end(), end));
      }
      return parts;
    }

    private int endOfValue(String document, int start) {
      boolean quoted = false;
      int depth = 0;
      for (int i = start; i < document.length(); i++) {
        char c = document.charAt(i);
        if (quoted && c == '\\') {
          i++;
        } else if (c == '"') {
          quoted = !quoted;
        } else if (!quoted && (c == '{' || c == '[')) {
          depth++;
        } else if (!quoted && depth == 0 && (c == ',' || c == '}' || c == ']')) {
          return i;
        } else if (!quoted && (c == '}' || c == ']')) {
          depth--;
        }
      }
      return document.length();
    }

    @Override
    String part(String name, String value) {
      return "\"" + name + "\":" + value;
    }

    @Override
    String text(String plain) {
      StringBuilder text = new StringBuilder("\"");
      plain
          .chars()
          .forEach(
              c -> {
                if (c < ' ' || c == '"' || c == '\\') {
                  text.append(String.format("\\u%04x", c));
                } else {
                  text.append((char) c);
                }
              });
      return text.append('"').toString();
    }

    @Override
    String nested(String name, int depth) {
      return ("[{\"" + name + "\":").repeat(depth) + "1" + "}]".repeat(depth);
    }

    @Override
    List<String> oddValues() {
      return List.of(
          "null",
          "true",
          "false",
          "NaN",
          "-Infinity",
          "-1",
          "0.5",
          "1e999999999",
          "1e-999999999",
          "007",
          "99999999999999999999",
          "9".repeat(5_000),
          "[]",
          "{}",
          "[null]",
          "[[]]",
          "[{}]",
          "[{},null,1,\"x\",[],{\"a\":{}}]",
          "{\"a\":1,\"a\":2}",
          "{\"Zone\":{},\"Record\":7,\"VSwitch\":\"x\",\"Vpc\":[null]}",
          "\"\\ud800\"",
          "'x'",
          "x",
          "");
    }
  };

  private final String contentType;
  private final String separator;
  private final String nothing;

  Markup(String contentType, String separator, String nothing) {
    this.contentType = contentType;
    this.separator = separator;
    this.nothing = nothing;
  }

  /** {@return where the parts of a well-formed document are} */
  abstract List<Part> parts(String document);

  /** {@return a part as it is written} */
  abstract String part(String name, String value);

  /** {@return a text as the value of a part} */
  abstract String text(String plain);

  /** {@return a value that has parts within parts} */
  abstract String nested(String name, int depth);

  /** {@return values that are not expected, some of them not well-formed} */
  abstract List<String> oddValues();

  String contentType() {
    return contentType;
  }

  /** {@return what stands between two parts} */
  String separator() {
    return separator;
  }

  /** {@return what may stand in the place of any part and means nothing} */
  String nothing() {
    return nothing;
  }
}
