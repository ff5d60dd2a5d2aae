package io.privatelink4j.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * One page of a cluster's connections, by time of creation, then id. OpenAPI: {@code
 * ListPrivateLinkConnectionsResponse}.
 *
 * @param connections the page
 * @param nextPageToken the token of the next page; empty at the end
 * @param totalSize how many connections the filter lets through in all
 */
public record ConnectionPage(
    List<PrivateLinkConnection> connections, Optional<String> nextPageToken, long totalSize) {

  /**
   * Copies the list.
   *
   * @throws NullPointerException if an argument or an element is null
   */
  public ConnectionPage {
    connections = List.copyOf(connections);
    requireNonNull(nextPageToken, "nextPageToken");
  }
}
