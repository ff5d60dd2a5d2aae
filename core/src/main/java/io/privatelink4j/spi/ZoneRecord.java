package io.privatelink4j.spi;

import static java.util.Objects.requireNonNull;

/**
 * A CNAME record of a private zone.
 *
 * @param id the cloud's id of the record; blank where records have none or for a record to be
 *     created
 * @param host the name below the apex, such as {@code *} or {@code *.use1-az1}
 * @param target the name it leads to: lower case, no trailing dot
 * @param ttlSeconds time to live
 */
public record ZoneRecord(String id, String host, String target, int ttlSeconds) {

  /**
   * Checks that nothing is null.
   *
   * @throws NullPointerException if an argument is null
   */
  public ZoneRecord {
    requireNonNull(id, "id");
    requireNonNull(host, "host");
    requireNonNull(target, "target");
  }
}
