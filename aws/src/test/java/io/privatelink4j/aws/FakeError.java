package io.privatelink4j.aws;

/** The fake refuses a request. */
final class FakeError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  FakeError(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
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
      return FakeReply.invalidChangeBatch(getMessage());
    }
    return route53
        ? FakeReply.route53Error(status, code, getMessage())
        : FakeReply.ec2Error(status, code, getMessage());
  }
}
