package io.privatelink4j.internal;

import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.DriftCode;
import io.privatelink4j.model.Remedy;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.ZoneQuery;
import io.privatelink4j.spi.ZoneRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares a connection's attachments with its DNS zones and their records, for the time of one
 * look. Which zones answer in a network is read once per network; records are read per zone, up to
 * a bound.
 */
final class ZoneDrift {
  private static final String INACTIVE = "repair acts when the connection is ACTIVE";
  private static final String OTHER_SUFFIX =
      "its zone has a suffix that this client is not configured with: repair with one that is, or"
          + " detach the domain and delete what is left by hand";

  private final Domains domains;
  private final Drifts drifts;
  private final Survey.Seen seen;
  private final Deadline deadline;
  private final Set<String> named;
  private final Map<ClusterNetwork, Set<String>> answering = new HashMap<>();
  private final int mostRecordsRead;
  private int recordsRead;
  private int unread;

  /**
   * @param mostRecordsRead how many zones' records at most; more than a cluster can have
   */
  ZoneDrift(
      Domains domains, Drifts drifts, Survey.Seen seen, int mostRecordsRead, Deadline deadline) {
    this.domains = domains;
    this.drifts = drifts;
    this.seen = seen;
    this.mostRecordsRead = mostRecordsRead;
    this.deadline = deadline;
    this.named = seen.named();
  }

  /** {@return how many zones' records were left unread} */
  int unread() {
    return unread;
  }

  List<Case> of(Found link) {
    List<OwnZone> left = new ArrayList<>(seen.zonesOf(link));
    left.sort(Comparator.comparing(zone -> zone.zone().id()));
    List<Case> cases = new ArrayList<>();
    if (!link.ledger().deleting()) {
      for (DomainEntry entry : thoseWithAZoneFirst(link)) {
        Optional<OwnZone> zone = zoneOf(link, entry, left);
        zone.ifPresent(left::remove);
        cases.addAll(of(link, entry, zone));
      }
    }
    left.stream()
        .filter(zone -> !link.ledger().deleting() || !zone.isOfAny(link.ledger()))
        .filter(zone -> !isDuplicates(link, zone))
        .filter(zone -> !named.contains(zone.zone().id()))
        .forEach(zone -> cases.add(stray(link, zone)));
    return cases;
  }

  /** What a label names is not what another one, which only shares its name, stands for. */
  private static List<DomainEntry> thoseWithAZoneFirst(Found link) {
    return link.ledger().domains().stream()
        .sorted(Comparator.comparing(entry -> entry.zoneId().isEmpty()))
        .toList();
  }

  /** What a duplicate's label stands for goes with the duplicate. */
  private static boolean isDuplicates(Found link, OwnZone zone) {
    return link.duplicates().stream().anyMatch(each -> zone.isOfAny(Ledger.read(each.labels())));
  }

  /**
   * Of several of a name one that answers in the network, first of all the one that the label
   * names.
   */
  private Optional<OwnZone> zoneOf(Found link, DomainEntry entry, List<OwnZone> zones) {
    List<OwnZone> own =
        zones.stream()
            .filter(zone -> zone.isOf(entry))
            .sorted(Comparator.comparing(zone -> !entry.names(zone.zone())))
            .toList();
    return own.size() < 2
        ? own.stream().findFirst()
        : own.stream()
            .filter(zone -> answers(link, zone))
            .findFirst()
            .or(() -> own.stream().findFirst());
  }

  private boolean answers(Found link, OwnZone zone) {
    return answering
        .computeIfAbsent(
            link.network(),
            network ->
                new ZoneWork(link, deadline)
                    .list(ZoneQuery.Scope.IN_NETWORK, zone.zone().name()).stream()
                        .map(DnsZone::id)
                        .collect(Collectors.toSet()))
        .contains(zone.zone().id());
  }

  private static boolean isActive(Found link) {
    return StateMachine.judge(link).state() == ConnectionState.ACTIVE && link.networkKnown();
  }

  private List<Case> of(Found link, DomainEntry entry, Optional<OwnZone> zone) {
    return switch (entry.state()) {
      case DETACHING ->
          List.of(
              repairable(
                  DriftCode.UNFINISHED_DETACH,
                  link,
                  entry,
                  zone,
                  "label " + entry.value(),
                  Remedy.FINISH,
                  "remove what is left of the domain"));
      case ATTACHING -> List.of(unfinishedAttach(link, entry, zone));
      case ATTACHED -> attached(link, entry, zone);
    };
  }

  /**
   * Nobody was told that it is attached: what has no zone yet costs least to take back, and what
   * has one is nearly there.
   */
  private Case unfinishedAttach(Found link, DomainEntry entry, Optional<OwnZone> zone) {
    String label = "label " + entry.value() + zone.map(z -> ", zone " + z.zone().id()).orElse("");
    if (hasOtherSuffix(zone)) {
      return left(DriftCode.UNFINISHED_ATTACH, link, entry, zone, label, OTHER_SUFFIX);
    }
    if (zone.isPresent() && isActive(link)) {
      return repairable(
          DriftCode.UNFINISHED_ATTACH, link, entry, zone, label, Remedy.FINISH, "attach it");
    }
    return repairable(
        DriftCode.UNFINISHED_ATTACH, link, entry, zone, label, Remedy.UNDO, "take it back");
  }

  private List<Case> attached(Found link, DomainEntry entry, Optional<OwnZone> zone) {
    if (zone.isEmpty() || !entry.zoneId().equals(zone.map(z -> z.zone().id()))) {
      return List.of(withoutZone(link, entry, zone));
    }
    return answers(link, zone.get())
        ? records(link, entry, zone.get())
        : List.of(notBound(link, entry, zone.get()));
  }

  /** A label that names no zone, or another one, is not believed by attach either. */
  private Case withoutZone(Found link, DomainEntry entry, Optional<OwnZone> zone) {
    return restorable(
        DriftCode.ENTRY_WITHOUT_ZONE,
        link,
        entry,
        zone,
        "label " + entry.value() + zone.map(z -> ", zone " + z.zone().id()).orElse(", no zone"),
        "make the zone again, or name the one that is there");
  }

  private Case notBound(Found link, DomainEntry entry, OwnZone zone) {
    String what = "zone " + zone.zone().id() + " does not answer in " + link.network().vpcId();
    if (link.access().traits().zoneBoundAtCreation()) {
      return Case.of(
          drifts.left(
              DriftCode.ZONE_NOT_BOUND,
              Optional.of(link.connectionId()),
              Optional.of(entry.id()),
              List.of(zone.zone().id()),
              what,
              "bind it to the network again, or detach the domain and attach it again"));
    }
    return restorable(
        DriftCode.ZONE_NOT_BOUND, link, entry, Optional.of(zone), what, "bind it again");
  }

  private Case restorable(
      DriftCode code,
      Found link,
      DomainEntry entry,
      Optional<OwnZone> zone,
      String what,
      String advice) {
    if (hasOtherSuffix(zone)) {
      return left(code, link, entry, zone, what, OTHER_SUFFIX);
    }
    return isActive(link)
        ? repairable(code, link, entry, zone, what, Remedy.RESTORE, advice)
        : left(code, link, entry, zone, what, INACTIVE);
  }

  /** A restored domain would be a second zone, and the label can name one only. */
  private boolean hasOtherSuffix(Optional<OwnZone> zone) {
    return zone.isPresent() && domains.plans().entryFor(zone.get()).isEmpty();
  }

  private Case left(
      DriftCode code,
      Found link,
      DomainEntry entry,
      Optional<OwnZone> zone,
      String what,
      String why) {
    return Case.of(
        drifts.left(
            code, Optional.of(link.connectionId()), Optional.of(entry.id()), ids(zone), what, why));
  }

  private List<Case> records(Found link, DomainEntry entry, OwnZone zone) {
    Optional<RecordDiff> diff = diff(link, entry, zone);
    if (diff.isEmpty()) {
      return List.of();
    }
    List<Case> cases = new ArrayList<>();
    add(diff.get().missing(), DriftCode.RECORD_MISSING, link, entry, zone, cases);
    add(diff.get().changed(), DriftCode.RECORD_CHANGED, link, entry, zone, cases);
    if (!diff.get().foreign().isEmpty()) {
      cases.add(
          left(
              DriftCode.RECORD_EXTRA,
              link,
              entry,
              Optional.of(zone),
              told(diff.get().foreign()),
              "records that this library never makes: remove them by hand if nobody needs them"));
    }
    return cases;
  }

  /** {@return empty if the targets are not known, or enough records were read} */
  private Optional<RecordDiff> diff(Found link, DomainEntry entry, OwnZone zone) {
    Optional<RecordDiff.Wanted> wanted = wanted(link, entry);
    return wanted.isEmpty()
        ? Optional.empty()
        : recordsOf(link, zone).map(present -> RecordDiff.of(wanted.get(), present));
  }

  private Optional<RecordDiff.Wanted> wanted(Found link, DomainEntry entry) {
    NetworkView view = link.access().knownView(link.network(), deadline);
    return domains
        .plans()
        .currentPlan(link, view, entry)
        .flatMap(plan -> RecordDiff.Wanted.of(link, plan));
  }

  /** {@return empty if enough records were read} */
  private Optional<List<ZoneRecord>> recordsOf(Found link, OwnZone zone) {
    if (recordsRead == mostRecordsRead) {
      unread++;
      return Optional.empty();
    }
    recordsRead++;
    return Optional.of(new ZoneWork(link, deadline).records(zone.zone()));
  }

  /** Text is cut, so that only a digest of the whole tells of a change behind the cut. */
  private static String told(List<String> records) {
    List<String> sorted = records.stream().sorted().toList();
    String all = String.join(", ", sorted);
    return Texts.safe(
        sorted.size() > 1
            ? sorted.size() + " records (digest " + Ids.hash(16, all) + "): " + all
            : all);
  }

  private void add(
      List<String> what,
      DriftCode code,
      Found link,
      DomainEntry entry,
      OwnZone zone,
      List<Case> cases) {
    if (!what.isEmpty()) {
      cases.add(
          repairable(
              code,
              link,
              entry,
              Optional.of(zone),
              told(what),
              Remedy.RESTORE,
              "write them again"));
    }
  }

  /**
   * A zone beats the label: one that serves the domain gets its label back. One that surely serves
   * nobody is left over, as is one that only shares its name with the zone that answers. What is
   * neither, or cannot be told, is left to people: a leak is better than a domain that fails.
   */
  private Case stray(Found link, OwnZone zone) {
    Optional<DomainEntry> entry = domains.plans().entryFor(zone);
    if (link.ledger().deleting()) {
      return removable(link, zone, entry);
    }
    if (entry.isEmpty()) {
      return leftStray(link, zone, OTHER_SUFFIX);
    }
    if (!answers(link, zone)) {
      return removable(link, zone, entry);
    }
    if (zone.isOfAny(link.ledger())) {
      return leftStray(link, zone, "it answers besides its domain's zone: compare them by hand");
    }
    Optional<List<ZoneRecord>> present = recordsOf(link, zone);
    if (present.isEmpty()) {
      return leftStray(link, zone, "its records were not read: look again when less is wrong");
    }
    if (present.get().isEmpty()) {
      return removable(link, zone, entry);
    }
    if (!isActive(link)) {
      return leftStray(link, zone, INACTIVE);
    }
    boolean serves =
        wanted(link, entry.get())
            .map(wanted -> RecordDiff.of(wanted, present.get()))
            .filter(diff -> diff.missing().isEmpty() && diff.changed().isEmpty())
            .isPresent();
    return serves
        ? strayCase(link, zone, Remedy.RESTORE, "give it its label back").about(entry.get())
        : leftStray(
            link, zone, "it serves in part: attach the domain again, or delete the zone by hand");
  }

  private Case removable(Found link, OwnZone zone, Optional<DomainEntry> entry) {
    Case stray = strayCase(link, zone, Remedy.REMOVE, "delete the zone");
    return entry.map(stray::about).orElse(stray);
  }

  private Case leftStray(Found link, OwnZone zone, String why) {
    return Case.of(
        drifts.left(
            DriftCode.ZONE_WITHOUT_ENTRY,
            Optional.of(link.connectionId()),
            zone.reference().map(ZoneReference::attachmentId),
            List.of(zone.zone().id()),
            unlabelled(zone),
            why));
  }

  private static String unlabelled(OwnZone zone) {
    return "zone " + zone.zone().id() + " " + zone.zone().name() + " without label";
  }

  private Case strayCase(Found link, OwnZone zone, Remedy remedy, String advice) {
    return Case.of(
            drifts.repairable(
                DriftCode.ZONE_WITHOUT_ENTRY,
                Optional.of(link.connectionId()),
                zone.reference().map(ZoneReference::attachmentId),
                List.of(zone.zone().id()),
                unlabelled(zone),
                remedy,
                advice,
                Optional.empty()))
        .at(link)
        .about(zone);
  }

  private Case repairable(
      DriftCode code,
      Found link,
      DomainEntry entry,
      Optional<OwnZone> zone,
      String what,
      Remedy remedy,
      String advice) {
    Case found =
        Case.of(
                drifts.repairable(
                    code,
                    Optional.of(link.connectionId()),
                    Optional.of(entry.id()),
                    ids(zone),
                    what,
                    remedy,
                    advice,
                    Optional.empty()))
            .at(link)
            .about(entry);
    return zone.map(found::about).orElse(found);
  }

  private static List<String> ids(Optional<OwnZone> zone) {
    return zone.map(z -> z.zone().id()).stream().toList();
  }
}
