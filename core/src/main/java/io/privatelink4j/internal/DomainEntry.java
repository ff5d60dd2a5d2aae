package io.privatelink4j.internal;

import io.privatelink4j.exception.ConflictException;
import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.model.DomainType;
import io.privatelink4j.spi.DnsZone;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One life of a domain attachment, as the ledger keeps it: the label {@code plc.d.<id>} with state,
 * type, generation, time, unique name and, once known, the DNS zone's id and the id of the label
 * that it took the place of.
 *
 * @param id the attachment's id
 * @param state how far it is
 * @param type whose domain
 * @param generation raised before a zone is created another time, as creation references are never
 *     accepted twice
 * @param time when this state began, or an attach was taken up again, to the second
 * @param uniqueName the domain's unique part
 * @param zoneId the DNS zone, as a hint: the zone itself tells whose it is
 * @param origin under which id the attach began, if that was another
 */
record DomainEntry(
    String id,
    State state,
    DomainType type,
    int generation,
    Instant time,
    String uniqueName,
    Optional<String> zoneId,
    Optional<String> origin) {

  static final String KEY_PREFIX = "plc.d.";
  private static final int LAST_GENERATION = 9999;
  private static final Pattern VALUE =
      Pattern.compile(
          "([a-z]+)_([a-z]+)_([1-9][0-9]{0,3})_([0-9]{1,11})_([a-z0-9.-]{1,63})(?:_([A-Za-z0-9-]{1,40})(?:_([a-z2-7]{16}))?)?");

  DomainEntry(
      String id,
      State state,
      DomainType type,
      int generation,
      Instant time,
      String uniqueName,
      Optional<String> zoneId) {
    this(id, state, type, generation, time, uniqueName, zoneId, Optional.empty());
  }

  /** How far an attachment is. */
  enum State {
    ATTACHING("attaching"),
    ATTACHED("attached"),
    DETACHING("detaching");

    private final String word;

    State(String word) {
      this.word = word;
    }
  }

  String key() {
    return KEY_PREFIX + id;
  }

  String value() {
    return String.join(
            "_",
            state.word,
            word(type),
            Integer.toString(generation),
            Long.toString(time.getEpochSecond()),
            uniqueName)
        + zoneId.map(zone -> "_" + zone).orElse("")
        + origin.map(from -> "_" + from.substring(Ids.ATTACHMENT_PREFIX.length())).orElse("");
  }

  /** {@return what labels call a type} */
  static String word(DomainType type) {
    return type == DomainType.CONFLUENT ? "confluent" : "managed";
  }

  /** {@return the type that labels call so; empty if they call none so} */
  static Optional<DomainType> type(String word) {
    return switch (word) {
      case "managed" -> Optional.of(DomainType.TIDBCLOUD_MANAGED);
      case "confluent" -> Optional.of(DomainType.CONFLUENT);
      default -> Optional.empty();
    };
  }

  /** {@return whether both are about the same domain} */
  boolean hasNameOf(DomainEntry other) {
    return isAbout(other.type, other.uniqueName);
  }

  boolean isAbout(DomainType otherType, String otherName) {
    return type == otherType && uniqueName.equals(otherName);
  }

  /** {@return whether that is the DNS zone} */
  boolean names(DnsZone zone) {
    return zoneId.equals(Optional.of(zone.id()));
  }

  /** {@return whether it is, or was, more than what an attach begins with} */
  boolean isLasting() {
    return state == State.ATTACHED || zoneId.isPresent();
  }

  /** {@return whether the other's domain is attached by this} */
  boolean hasAttached(DomainEntry other) {
    return state == State.ATTACHED && zoneId.isPresent() && hasNameOf(other);
  }

  DomainEntry with(State newState) {
    return new DomainEntry(id, newState, type, generation, time, uniqueName, zoneId, origin);
  }

  /** {@return the entry that takes the place of this one, for the zone that is there now} */
  DomainEntry succeededBy(String newId, String newZoneId) {
    return new DomainEntry(
        newId,
        state,
        type,
        generation,
        time,
        uniqueName,
        Optional.of(newZoneId),
        newId.equals(id) ? Optional.empty() : Optional.of(id));
  }

  DomainEntry withZone(String newZoneId) {
    return new DomainEntry(
        id, state, type, generation, time, uniqueName, Optional.of(newZoneId), origin);
  }

  /** {@return the entry as it is while its zone is being made again} */
  DomainEntry withoutZone() {
    return new DomainEntry(id, state, type, generation, time, uniqueName, Optional.empty());
  }

  DomainEntry begunAt(Instant newTime) {
    return new DomainEntry(
        id,
        state,
        type,
        generation,
        newTime.truncatedTo(ChronoUnit.SECONDS),
        uniqueName,
        zoneId,
        origin);
  }

  /**
   * {@return the entry for another creation of its zone}
   *
   * @throws ConflictException if a label cannot hold that any more
   */
  DomainEntry nextGeneration() {
    if (generation == LAST_GENERATION) {
      throw new ConflictException(
          "the zone of attachment "
              + id
              + " was made again too often: detach the domain and attach it again",
          ErrorDetails.of(id));
    }
    return new DomainEntry(id, state, type, generation + 1, time, uniqueName, Optional.empty());
  }

  /** {@return the entry; empty if the label is none of ours or was damaged} */
  static Optional<DomainEntry> parse(String key, String value) {
    String id = key.startsWith(KEY_PREFIX) ? key.substring(KEY_PREFIX.length()) : "";
    Matcher matcher = VALUE.matcher(value);
    if (!Ids.isAttachment(id) || !matcher.matches()) {
      return Optional.empty();
    }
    Optional<State> state = Optional.empty();
    for (State candidate : State.values()) {
      if (candidate.word.equals(matcher.group(1))) {
        state = Optional.of(candidate);
      }
    }
    Optional<DomainType> type = type(matcher.group(2));
    if (state.isEmpty() || type.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new DomainEntry(
              id,
              state.get(),
              type.get(),
              Integer.parseInt(matcher.group(3)),
              Instant.ofEpochSecond(Long.parseLong(matcher.group(4))),
              matcher.group(5),
              Optional.ofNullable(matcher.group(6)),
              Optional.ofNullable(matcher.group(7)).map(Ids.ATTACHMENT_PREFIX::concat)));
    } catch (DateTimeException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
