package io.privatelink4j.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Which page of a cluster's connections to read. OpenAPI: {@code pageSize}, {@code pageToken},
 * {@code state}.
 *
 * @param clusterId the cluster
 * @param pageSize connections per page, 1 to 1000
 * @param pageToken the token of the page before; empty for the first page
 * @param state only connections in this state; empty for all
 */
public record ListRequest(
    String clusterId, int pageSize, Optional<String> pageToken, Optional<ConnectionState> state) {

  /** Page size of {@link #of}. */
  public static final int DEFAULT_PAGE_SIZE = 100;

  /**
   * Checks that nothing is null.
   *
   * @throws NullPointerException if an argument is null
   */
  public ListRequest {
    requireNonNull(clusterId, "clusterId");
    requireNonNull(pageToken, "pageToken");
    requireNonNull(state, "state");
  }

  /**
   * {@return the first page of all connections, 100 of them}
   *
   * @param clusterId the cluster
   */
  public static ListRequest of(String clusterId) {
    return new ListRequest(clusterId, DEFAULT_PAGE_SIZE, Optional.empty(), Optional.empty());
  }

  /**
   * {@return the same with another page size}
   *
   * @param pageSize 1 to 1000
   */
  public ListRequest withPageSize(int pageSize) {
    return new ListRequest(clusterId, pageSize, pageToken, state);
  }

  /**
   * {@return the same, from where another page ended}
   *
   * @param pageToken the token of the page before
   */
  public ListRequest withPageToken(String pageToken) {
    return new ListRequest(clusterId, pageSize, Optional.of(pageToken), state);
  }

  /**
   * {@return the same, for one state}
   *
   * @param state the state to keep
   */
  public ListRequest withState(ConnectionState state) {
    return new ListRequest(clusterId, pageSize, pageToken, Optional.of(state));
  }
}
