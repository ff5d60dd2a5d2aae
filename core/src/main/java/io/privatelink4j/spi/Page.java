package io.privatelink4j.spi;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * One page of a list.
 *
 * @param items the page
 * @param nextToken the cloud's token of the next page; empty at the end, never blank
 * @param <T> what is listed
 */
public record Page<T>(List<T> items, Optional<String> nextToken) {

  /**
   * Copies the list.
   *
   * @throws NullPointerException if an argument or an element is null
   */
  public Page {
    items = List.copyOf(items);
    requireNonNull(nextToken, "nextToken");
  }
}
