package io.privatelink4j.testkit.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** An answer as it goes over the wire. */
final class HostileAnswer {
  private final int status;

  /** Whole lines, but for the length. */
  private final List<String> headers;

  /** The line that announces how long the body is; blank if the end of the connection tells. */
  private final String length;

  private final byte[] body;

  private HostileAnswer(int status, List<String> headers, String length, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.length = length;
    this.body = body;
  }

  /** {@return an answer that announces what it has} */
  static HostileAnswer of(int status, List<String> headers, byte[] body) {
    return new HostileAnswer(status, headers, "Content-Length: " + body.length, body);
  }

  /** {@return an answer whose head is that of this one, but for the length} */
  HostileAnswer withBody(byte[] other) {
    return of(status, headers, other);
  }

  byte[] body() {
    return body;
  }

  HostileAnswer withStatus(int other) {
    return new HostileAnswer(other, headers, length, body);
  }

  HostileAnswer withHeaders(List<String> others) {
    return new HostileAnswer(status, others, length, body);
  }

  HostileAnswer withLength(String line) {
    return new HostileAnswer(status, headers, line, body);
  }

  /** {@return whether the connection is good for another answer} */
  boolean keepsConnection() {
    return length.equals("Content-Length: " + body.length) && status >= 200 && hasBody();
  }

  private boolean hasBody() {
    return status != 204 && status != 205 && status != 304;
  }

  boolean isSuccess() {
    return status / 100 == 2;
  }

  byte[] wire() {
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(" Answer\r\n");
    headers.forEach(line -> head.append(line).append("\r\n"));
    if (!length.isBlank()) {
      head.append(length).append("\r\n");
    }
    if (!keepsConnection()) {
      head.append("Connection: close\r\n");
    }
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    wire.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    wire.writeBytes(body);
    return wire.toByteArray();
  }

  /** {@return the beginning, for a report} */
  String shown() {
    String text = new String(wire(), StandardCharsets.UTF_8);
    return text.length() <= 1_500 ? text : text.substring(0, 1_500) + "... (" + text.length() + ")";
  }
}
