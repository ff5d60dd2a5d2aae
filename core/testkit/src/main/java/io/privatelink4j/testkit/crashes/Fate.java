package io.privatelink4j.testkit.crashes;

/** What happens at a call. */
enum Fate {
  /** The process dies before the request is sent. */
  DIES_BEFORE(true, false),
  /** The call is carried out, and the process dies before it hears of it. */
  DIES_AFTER(true, true),
  /** The request is lost on its way, and the process hears nothing. */
  LOSES_REQUEST(false, false),
  /** The call is carried out, but its reply is lost on its way. */
  LOSES_REPLY(false, true);

  private final boolean deadly;
  private final boolean carriedOut;

  Fate(boolean deadly, boolean carriedOut) {
    this.deadly = deadly;
    this.carriedOut = carriedOut;
  }

  boolean isDeadly() {
    return deadly;
  }

  boolean isCarriedOut() {
    return carriedOut;
  }
}
