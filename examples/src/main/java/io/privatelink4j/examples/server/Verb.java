package io.privatelink4j.examples.server;

/** The API's operations: each a method, on one of four kinds of paths. */
enum Verb {
  ZONES("GET", false, ":getAvailabilityZones"),
  LIST("GET", false, ""),
  CREATE("POST", false, ""),
  GET("GET", true, ""),
  DELETE("DELETE", true, ""),
  ATTACH("POST", true, ":attachDomains"),
  DETACH("POST", true, ":detachDomains");

  private final String method;
  private final boolean ofConnection;
  private final String custom;

  Verb(String method, boolean ofConnection, String custom) {
    this.method = method;
    this.ofConnection = ofConnection;
    this.custom = custom;
  }

  String method() {
    return method;
  }

  boolean hasBody() {
    return method.equals("POST");
  }

  boolean isAt(boolean connection, String suffix) {
    return ofConnection == connection && custom.equals(suffix);
  }
}
