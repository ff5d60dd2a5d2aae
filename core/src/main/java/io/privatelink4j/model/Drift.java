package io.privatelink4j.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One thing that is not as it should be.
 *
 * @param code what kind of thing
 * @param connectionId the connection; empty if its id cannot be told
 * @param attachmentId the domain attachment, if it is about one
 * @param resourceIds the cloud's ids of endpoints or DNS zones that it is about
 * @param seen what was seen, for people; the same as long as nothing changes
 * @param remedy what repair does about it
 * @param advice what repair will do, or who has to do what, for people
 * @param since when it began, where labels or the cloud tell; else empty
 * @param actsFrom when repair may act at the earliest; empty if it never does
 */
public record Drift(
    DriftCode code,
    Optional<String> connectionId,
    Optional<String> attachmentId,
    List<String> resourceIds,
    String seen,
    Remedy remedy,
    String advice,
    Optional<Instant> since,
    Optional<Instant> actsFrom) {

  /**
   * Copies the list.
   *
   * @throws NullPointerException if an argument or an element is null
   */
  public Drift {
    requireNonNull(code, "code");
    requireNonNull(connectionId, "connectionId");
    requireNonNull(attachmentId, "attachmentId");
    resourceIds = List.copyOf(resourceIds);
    requireNonNull(seen, "seen");
    requireNonNull(remedy, "remedy");
    requireNonNull(advice, "advice");
    requireNonNull(since, "since");
    requireNonNull(actsFrom, "actsFrom");
  }

  /**
   * {@return whether another look saw the same thing, unchanged, and repair would do the same}
   *
   * @param other what the other look saw
   */
  public boolean isSame(Drift other) {
    return code == other.code
        && connectionId.equals(other.connectionId)
        && attachmentId.equals(other.attachmentId)
        && resourceIds.equals(other.resourceIds)
        && seen.equals(other.seen)
        && remedy == other.remedy;
  }
}
