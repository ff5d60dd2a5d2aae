package io.privatelink4j.model;

/** What repair does about a drift. */
public enum Remedy {
  /** Ends what was begun. */
  FINISH,
  /** Takes back what was begun. */
  UNDO,
  /** Makes it as it was. */
  RESTORE,
  /** Removes it. */
  REMOVE,
  /** Nothing: somebody has to act, or it passes by itself. */
  NONE,
  /** A remedy that this version does not know. */
  UNKNOWN
}
