package io.privatelink4j.internal;

import io.privatelink4j.model.DomainType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One repair's right to work on one domain of a connection for a while, as the ledger keeps it: the
 * label {@code plc.fix} with type, a nonce, the time of its beginning and unique name. One that
 * nobody gave back is over by itself.
 *
 * @param nonce tells it from all others
 * @param time when it began, to the second
 * @param type whose domain
 * @param uniqueName the domain's unique part
 */
record Lease(String nonce, Instant time, DomainType type, String uniqueName) {
  static final String KEY = "plc.fix";

  /** Longer than a repair works on one thing. */
  static final Duration LONGEST = Duration.ofMinutes(3);

  private static final Pattern VALUE =
      Pattern.compile("(confluent|managed)_([a-z2-7]{8})_([0-9]{1,11})_([a-z0-9.-]{1,63})");

  static Lease of(DomainEntry entry, Instant now, RandomGenerator random) {
    return new Lease(
        Ids.nonce(random), now.truncatedTo(ChronoUnit.SECONDS), entry.type(), entry.uniqueName());
  }

  /** {@return the lease; empty if the label is damaged, which is none} */
  static Optional<Lease> parse(String value) {
    Matcher matcher = VALUE.matcher(value);
    return matcher.matches()
        ? DomainEntry.type(matcher.group(1))
            .map(
                type ->
                    new Lease(
                        matcher.group(2),
                        Instant.ofEpochSecond(Long.parseLong(matcher.group(3))),
                        type,
                        matcher.group(4)))
        : Optional.empty();
  }

  String value() {
    return String.join(
        "_", DomainEntry.word(type), nonce, Long.toString(time.getEpochSecond()), uniqueName);
  }

  boolean isAbout(DomainType otherType, String otherName) {
    return type == otherType && uniqueName.equals(otherName);
  }

  /**
   * {@return for how long it still holds} A clock that is ahead does not prolong it, and one that
   * is far ahead does not make it hold at all: a dead repair must not stop others for as long.
   */
  Duration left(Instant now) {
    Duration age = Duration.between(time, now);
    if (age.abs().compareTo(LONGEST) >= 0) {
      return Duration.ZERO;
    }
    return Durations.min(LONGEST.minus(age), LONGEST);
  }
}
