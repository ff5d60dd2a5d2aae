package io.privatelink4j.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One CNAME record of a domain.
 *
 * @param host the name below the apex: {@code *} or {@code *.<zone-id>}
 * @param name the full name, lower case, without a trailing dot
 * @param target the endpoint's name it leads to; empty as long as the cloud has not named the
 *     endpoint
 */
public record DnsRecord(String host, String name, Optional<String> target) {

  /**
   * Checks that nothing is null.
   *
   * @throws NullPointerException if an argument is null
   */
  public DnsRecord {
    requireNonNull(host, "host");
    requireNonNull(name, "name");
    requireNonNull(target, "target");
  }
}
