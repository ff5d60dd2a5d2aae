package io.privatelink4j.internal;

import io.privatelink4j.exception.ConflictException;
import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.spi.ErrorKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The labels of a connection's domains: read, written, removed. */
final class DomainLabels {
  private final Settings settings;

  DomainLabels(Settings settings) {
    this.settings = settings;
  }

  static List<DomainEntry> sameName(Found found, DomainEntry entry) {
    return found.ledger().domains().stream().filter(entry::hasNameOf).toList();
  }

  /** {@return those of that name that nobody detaches} */
  static List<DomainEntry> live(Found found, DomainEntry entry) {
    return sameName(found, entry).stream()
        .filter(other -> other.state() != DomainEntry.State.DETACHING)
        .toList();
  }

  void write(Found found, DomainEntry entry, Deadline deadline) {
    Map<String, String> labels = new HashMap<>();
    labels.put(entry.key(), entry.value());
    boolean up =
        found.ledger().upSince().isEmpty()
            && StateMachine.judge(found.endpoint(), false, false, false).state()
                == ConnectionState.ACTIVE;
    if (up) {
      labels.put(Ledger.UP, Ledger.timeValue(settings.time().now()));
    }
    found.access().putLabels(found.network(), List.of(found.endpoint().id()), labels, deadline);
  }

  /** Removes an attachment's label; with the endpoint it is gone as well. */
  static void remove(Found found, DomainEntry entry, Deadline deadline) {
    try {
      found
          .access()
          .removeLabels(
              found.network(), found.endpoint().id(), Map.of(entry.key(), entry.value()), deadline);
    } catch (CallFailed e) {
      if (e.kind() != ErrorKind.NOT_FOUND) {
        throw e;
      }
    }
  }

  Writer writer(Found found, Deadline deadline) {
    return new Writer(found, deadline);
  }

  /** Writes labels, and remembers what and when. */
  final class Writer {
    private final Found found;
    private final Deadline deadline;
    private Optional<DomainEntry> last = Optional.empty();
    private Deadline settled;
    private Deadline seen;

    Writer(Found found, Deadline deadline) {
      this.found = found;
      this.deadline = deadline;
      this.settled = window();
      this.seen = hidden();
    }

    private Deadline window() {
      return Deadline.in(settings.time(), settings.consistencyWindow());
    }

    private Deadline hidden() {
      return Deadline.in(settings.time(), settings.rivalsHidden());
    }

    void write(DomainEntry entry) {
      DomainLabels.this.write(found, entry, deadline);
      last = Optional.of(entry);
      settled = window();
      seen = hidden();
    }

    /** Writes the label another time, unless it was detached since: that would bring it back. */
    void writeAgain(DomainEntry entry) {
      boolean held =
          found
              .access()
              .endpoint(found.network(), found.endpoint().id(), deadline)
              .flatMap(endpoint -> Ledger.read(endpoint.labels()).domain(entry.id()))
              .filter(label -> label.state() != DomainEntry.State.DETACHING)
              .isPresent();
      if (!held) {
        throw new ConflictException(
            "attachment "
                + entry.id()
                + " was detached while its zone was being made: attach the domain again if it is"
                + " wanted",
            ErrorDetails.of(entry.id()));
      }
      write(entry);
    }

    Optional<DomainEntry> last() {
      return last;
    }

    /** {@return whether a detach may have begun and ended since, without a look at this} */
    boolean hasStoodStill() {
      return seen.passed();
    }

    /** {@return how long rivals and this attach may still be hidden from each other} */
    Duration unsettled() {
      return settled.left();
    }
  }
}
