package io.privatelink4j.testkit.crashes;

/** What another process does after the crash. The tables name it in lower case. */
enum Sequel {
  /** The same again; a create with the same request id. */
  REPEAT,
  ATTACH,
  /** Of whatever domain the connection shows. */
  DETACH,
  DELETE,
  AWAIT_DELETED,
  /** A look, the quiet period, and a repair, after which a look finds nothing. */
  REPAIR
}
