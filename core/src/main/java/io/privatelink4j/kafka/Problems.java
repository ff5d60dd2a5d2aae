package io.privatelink4j.kafka;

import io.privatelink4j.kafka.ListenerProblem.Code;
import io.privatelink4j.model.Actor;
import io.privatelink4j.model.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Collects problems. */
final class Problems {
  private final List<ListenerProblem> found = new ArrayList<>();

  void error(Code code, Actor actor, String message) {
    add(code, Severity.ERROR, actor, message);
  }

  void error(Code code, Actor actor, String about, String message) {
    add(code, Severity.ERROR, actor, about, message);
  }

  void add(Code code, Severity severity, Actor actor, String message) {
    found.add(new ListenerProblem(code, severity, actor, Optional.empty(), message));
  }

  void add(Code code, Severity severity, Actor actor, String about, String message) {
    found.add(new ListenerProblem(code, severity, actor, Optional.of(Names.safe(about)), message));
  }

  /**
   * The endpoint has no address anywhere: while it has no name either, that is only a matter of
   * time.
   */
  void notCovered(Names names) {
    add(
        Code.ZONE_NOT_COVERED,
        names.isNamed() ? Severity.ERROR : Severity.WARNING,
        names.isNamed() ? Actor.OPERATOR : Actor.NOBODY,
        "The link's endpoint has no address in any zone, so no name in %s leads anywhere. %s"
            .formatted(
                names.apex(),
                names.isNamed()
                    ? "Give it an address in a zone of the service."
                    : "If it is still being created, plan again when the connection is ACTIVE."));
  }

  boolean any() {
    return !found.isEmpty();
  }

  boolean has(Code code, String about) {
    Optional<String> safe = Optional.of(Names.safe(about));
    return found.stream().anyMatch(p -> p.code() == code && p.about().equals(safe));
  }

  List<ListenerProblem> worstFirst() {
    return found.stream()
        .sorted(Comparator.comparing(ListenerProblem::severity).reversed())
        .toList();
  }
}
