package io.privatelink4j.model;

/** How bad a finding is. */
public enum Severity {
  /** Good to know. */
  INFO,
  /** Works, but not as well as it could. */
  WARNING,
  /** Does not work until somebody acts. */
  ERROR
}
