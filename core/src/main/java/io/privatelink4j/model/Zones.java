package io.privatelink4j.model;

import java.util.List;

/**
 * What the service owner needs before a connection can be made: whom to allow, and in which zones
 * to serve. OpenAPI: {@code GetAvailabilityZonesResponse}.
 *
 * @param accountId the cloud account that endpoints are created from; text, as Alibaba Cloud's ids
 *     have 16 digits
 * @param principals what the owner puts on the service's list of allowed principals, narrowest
 *     first: an AWS ARN, or the account id on Alibaba Cloud
 * @param zoneIds the availability-zone <em>ids</em> ({@code use1-az1}, {@code ap-southeast-1a}) of
 *     the cluster network, sorted; never AZ names, which differ from account to account. OpenAPI:
 *     {@code azIds}
 */
public record Zones(String accountId, List<String> principals, List<String> zoneIds) {

  /**
   * Copies the lists.
   *
   * @throws NullPointerException if an argument or an element is null
   */
  public Zones {
    java.util.Objects.requireNonNull(accountId, "accountId");
    principals = List.copyOf(principals);
    zoneIds = List.copyOf(zoneIds);
  }
}
