package io.privatelink4j.spi;

import static java.util.Objects.requireNonNull;

/**
 * A record of a private zone.
 *
 * @param id the cloud's id of the record; blank where records have none or for a record to be
 *     created
 * @param host the name below the apex, such as {@code *} or {@code *.use1-az1}; {@code @} for the
 *     apex itself
 * @param type {@code CNAME}, or another type of DNS records: of those the library makes and removes
 *     none
 * @param target the name that a CNAME leads to, without trailing dot; blank for other types
 * @param ttlSeconds time to live
 */
public record ZoneRecord(String id, String host, String type, String target, int ttlSeconds) {
  private static final String CNAME = "CNAME";

  /**
   * Checks that nothing is null.
   *
   * @throws NullPointerException if an argument is null
   */
  public ZoneRecord {
    requireNonNull(id, "id");
    requireNonNull(host, "host");
    requireNonNull(type, "type");
    requireNonNull(target, "target");
  }

  /**
   * Makes a CNAME record.
   *
   * @param id the cloud's id of the record; blank if there is none
   * @param host the name below the apex
   * @param target the name that it leads to
   * @param ttlSeconds time to live
   */
  public ZoneRecord(String id, String host, String target, int ttlSeconds) {
    this(id, host, CNAME, target, ttlSeconds);
  }

  /** {@return whether it is a CNAME record} */
  public boolean isCname() {
    return type.equals(CNAME);
  }
}
