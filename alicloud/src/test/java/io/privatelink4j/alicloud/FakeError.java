package io.privatelink4j.alicloud;

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

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  FakeReply reply() {
    return FakeReply.error(status, code, getMessage());
  }
}
