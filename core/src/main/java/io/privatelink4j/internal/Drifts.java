package io.privatelink4j.internal;

import io.privatelink4j.model.Drift;
import io.privatelink4j.model.DriftCode;
import io.privatelink4j.model.Remedy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Makes the drifts of one look.
 *
 * @param at when the look began
 * @param quietPeriod for how long repair leaves alone what may be somebody's work
 */
record Drifts(Instant at, Duration quietPeriod) {

  /** {@return a drift that repair does nothing about} */
  Drift left(
      DriftCode code,
      Optional<String> connectionId,
      List<String> resourceIds,
      String seen,
      String advice) {
    return left(code, connectionId, Optional.empty(), resourceIds, seen, advice);
  }

  /** {@return a drift of an attachment that repair does nothing about} */
  Drift left(
      DriftCode code,
      Optional<String> connectionId,
      Optional<String> attachmentId,
      List<String> resourceIds,
      String seen,
      String advice) {
    return new Drift(
        code,
        connectionId,
        attachmentId,
        resourceIds,
        seen,
        Remedy.NONE,
        advice,
        Optional.empty(),
        Optional.empty());
  }

  /**
   * {@return a drift that repair acts on in time}
   *
   * @param since when it began, if that is told
   */
  Drift repairable(
      DriftCode code,
      Optional<String> connectionId,
      Optional<String> attachmentId,
      List<String> resourceIds,
      String seen,
      Remedy remedy,
      String advice,
      Optional<Instant> since) {
    return new Drift(
        code,
        connectionId,
        attachmentId,
        resourceIds,
        seen,
        remedy,
        advice,
        since,
        Optional.of(since.orElse(at).plus(quietPeriod)));
  }
}
