package io.privatelink4j.testkit.crashes;

/** An operation that a process dies in. The tables name it in lower case. */
enum Deed {
  CREATE,
  ATTACH,
  DETACH,
  /** By the process that attached it a moment ago, and remembers. */
  DETACH_OWN,
  DELETE,
  /** By the process that created it a moment ago, and remembers. */
  DELETE_OWN,
  /** The repair of an attach that died when it had made the zone. */
  REPAIR_ATTACH,
  /** The repair of a detach that died when it had marked the domain. */
  REPAIR_DETACH,
  /** The repair of a deletion that died when it had marked the connection. */
  REPAIR_DELETE,
  /** The repair of a domain whose zone somebody has deleted. */
  REPAIR_ZONE;

  boolean needsConnection() {
    return this != CREATE;
  }

  boolean needsDomain() {
    return needsConnection() && this != ATTACH && this != REPAIR_ATTACH;
  }

  /** {@return whether the process that dies is the one that made what is there} */
  boolean isOwn() {
    return this == DETACH_OWN || this == DELETE_OWN;
  }

  /** {@return whether no table can do without it; the others are variations} */
  boolean isRequired() {
    return !isOwn() && this != REPAIR_DELETE && this != REPAIR_ZONE;
  }

  boolean isRepair() {
    return compareTo(REPAIR_ATTACH) >= 0;
  }
}
