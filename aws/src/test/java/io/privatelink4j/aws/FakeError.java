package io.privatelink4j.aws;

import java.util.List;

/** The fake refuses a request. */
final class FakeError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final List<String> messages;

  FakeError(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
    messages = List.of(message);
  }

  /** All that is wrong with a batch of record changes. */
  FakeError(List<String> messages) {
    super(messages.toString());
    status = 400;
    code = "InvalidChangeBatch";
    this.messages = List.copyOf(messages);
  }

  static FakeError bad(String code, String message) {
    return new FakeError(400, code, message);
  }

  static void check(boolean fine, String code, String message) {
    if (!fine) {
      throw bad(code, message);
    }
  }

  String code() {
    return code;
  }

  FakeReply reply(boolean route53) {
    if (code.equals("InvalidChangeBatch")) {
      return FakeReply.invalidChangeBatch(messages.toArray(new String[0]));
    }
    return route53
        ? FakeReply.route53Error(status, code, getMessage())
        : FakeReply.ec2Error(status, code, getMessage());
  }
}
