package io.privatelink4j.testkit.crashes;

/** An operation that a process dies in. The tables name it in lower case. */
enum Deed {
  CREATE(false),
  ATTACH(false),
  DETACH(false),
  /** By the process that attached it a moment ago, and remembers. */
  DETACH_OWN(true),
  DELETE(false),
  /** By the process that created it a moment ago, and remembers. */
  DELETE_OWN(true);

  private final boolean own;

  Deed(boolean own) {
    this.own = own;
  }

  boolean needsConnection() {
    return this != CREATE;
  }

  boolean needsDomain() {
    return needsConnection() && this != ATTACH;
  }

  /** {@return whether the process that dies is the one that made what is there} */
  boolean isOwn() {
    return own;
  }
}
