package io.privatelink4j.testing;

import static io.privatelink4j.spi.ErrorKind.ALREADY_EXISTS;
import static io.privatelink4j.spi.ErrorKind.BAD_NETWORK;
import static io.privatelink4j.spi.ErrorKind.BUSY;
import static io.privatelink4j.spi.ErrorKind.DOMAIN_TAKEN;
import static io.privatelink4j.spi.ErrorKind.NOT_EMPTY;
import static io.privatelink4j.spi.ErrorKind.NOT_FOUND;
import static io.privatelink4j.spi.ErrorKind.QUOTA;

import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.Page;
import io.privatelink4j.spi.RemoteException;
import io.privatelink4j.spi.ZoneQuery;
import io.privatelink4j.spi.ZoneRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Route 53: private hosted zones, bound to a VPC from their creation on. */
final class Route53 extends DnsZones {
  /** An UPSERT counts twice against the limit of 1,000 records per change. */
  static final int RECORDS_PER_CHANGE = 500;

  private static final int REFERENCE_LENGTH = 128;
  private static final int RECORDS_PER_ZONE = 10_000;
  private static final int ZONES_PER_PAGE = 100;
  private static final int RECORDS_PER_PAGE = 300;

  private final Set<String> references = new HashSet<>();
  private final Map<String, Long> changes = new HashMap<>();
  private final Map<String, Long> changedAt = new HashMap<>();

  Route53(World world) {
    super(world, new Pages("InvalidPaginationToken"));
  }

  @Override
  String newZoneId() {
    return world.ids.route53("Z");
  }

  /** Records have no ids. */
  @Override
  String newRecordId() {
    return "";
  }

  @Override
  RemoteException missing(String zoneId) {
    return new RemoteException(
        NOT_FOUND, "NoSuchHostedZone", "No hosted zone found with ID: " + zoneId);
  }

  @Override
  long bindingLag() {
    return 0;
  }

  @Override
  long recordLag() {
    return world.latencies.dnsSync().toNanos();
  }

  private SimNetwork vpc(ClusterNetwork network) {
    return world
        .find(network)
        .orElseThrow(
            () ->
                new RemoteException(
                    BAD_NETWORK,
                    "InvalidVPCId",
                    "The VPC " + network.vpcId() + " does not exist in " + network.region() + "."));
  }

  DnsZone create(ClusterNetwork network, String name, String reference) {
    World.check(
        !reference.isEmpty() && reference.length() <= REFERENCE_LENGTH,
        "InvalidInput",
        "A caller reference has 1 to 128 characters.");
    String apex = apex(name, "InvalidDomainName");
    SimNetwork vpc = vpc(network);
    if (references.contains(reference)) {
      throw new RemoteException(
          ALREADY_EXISTS,
          "HostedZoneAlreadyExists",
          "A hosted zone has been created with the caller reference " + reference + ".");
    }
    if (holder(apex, vpc.bound()).isPresent()) {
      throw new RemoteException(
          DOMAIN_TAKEN,
          "ConflictingDomainExists",
          "The VPC " + vpc.vpcId + " is associated with a hosted zone " + apex + " already.");
    }
    if (ownZones() >= ZONES_PER_ACCOUNT) {
      throw new RemoteException(
          QUOTA, "TooManyHostedZones", "The account has its 500 hosted zones.");
    }
    references.add(reference);
    return add(apex, world.account, Optional.of(reference), world.nanos(), Set.of(vpc.bound()))
        .view(world.nanos());
  }

  /** ListHostedZonesByVPC: everybody's zones, by name only. */
  Page<DnsZone> list(ClusterNetwork network, ZoneQuery query, Optional<String> pageToken) {
    if (query.scope() != ZoneQuery.Scope.IN_NETWORK) {
      throw new UnsupportedOperationException("zones are not looked up by name");
    }
    DnsZone.BoundNetwork vpc = vpc(network).bound();
    return pages.cut(
        "vpc|" + vpc,
        all,
        pageToken,
        world.pageSize(ZONES_PER_PAGE),
        zone ->
            Optional.of(zone)
                .filter(each -> each.bindings.last().contains(vpc))
                .map(SimZone::nameOnly));
  }

  /** ListHostedZones: the account's own, with their references. */
  Page<DnsZone> listOwn(Optional<String> pageToken) {
    return pages.cut(
        "own",
        all,
        pageToken,
        world.pageSize(ZONES_PER_PAGE),
        zone ->
            Optional.of(zone)
                .filter(this::isOurs)
                .map(each -> new DnsZone(each.id, each.name, each.reference, Set.of())));
  }

  Page<ZoneRecord> records(DnsZone zone, Optional<String> pageToken) {
    return records(zone, pageToken, RECORDS_PER_PAGE);
  }

  /** UPSERT: replaces what is there, whoever wrote it. */
  String put(DnsZone zone, List<ZoneRecord> records) {
    World.check(!records.isEmpty(), "InvalidInput", "The change batch is empty.");
    World.check(
        records.size() <= RECORDS_PER_CHANGE,
        "InvalidChangeBatch",
        "Number of records limit of 1000 exceeded; an UPSERT counts twice.");
    SimZone found = get(zone.id());
    SortedMap<String, ZoneRecord> result = new TreeMap<>(found.records.last());
    Set<String> hosts = new HashSet<>();
    for (ZoneRecord record : records) {
      ZoneRecord checked = checked(record, "InvalidChangeBatch", "InvalidChangeBatch");
      World.check(record.ttlSeconds() >= 0, "InvalidInput", "A TTL must not be negative.");
      World.check(
          hosts.add(checked.host()),
          "InvalidChangeBatch",
          "The change batch contains more than one change of " + checked.host() + ".");
      ZoneRecord present = result.put(checked.host(), checked);
      if (present != null && !present.isCname()) {
        throw conflict(
            "InvalidChangeBatch",
            "RRSet of type CNAME with DNS name "
                + checked.host()
                + " is not permitted as it conflicts with other records with the same DNS name");
      }
    }
    if (result.size() > RECORDS_PER_ZONE) {
      throw new RemoteException(QUOTA, "LimitsExceeded", "A zone has at most 10,000 records.");
    }
    return change(found, result);
  }

  /** DELETE: all of them as given, or none. */
  void remove(DnsZone zone, List<ZoneRecord> records) {
    World.check(!records.isEmpty(), "InvalidInput", "The change batch is empty.");
    World.check(
        records.size() <= 2 * RECORDS_PER_CHANGE,
        "InvalidChangeBatch",
        "Number of records limit of 1000 exceeded.");
    SimZone found = get(zone.id());
    SortedMap<String, ZoneRecord> result = new TreeMap<>(found.records.last());
    for (ZoneRecord record : records) {
      String host = DomainNames.normal(record.host());
      ZoneRecord present = result.remove(host);
      if (present == null) {
        throw conflict(
            "InvalidChangeBatch",
            "Tried to delete resource record set " + host + " but it was not found");
      }
      if (!present.target().equals(DomainNames.normal(record.target()))
          || present.ttlSeconds() != record.ttlSeconds()) {
        throw conflict(
            "InvalidChangeBatch",
            "Tried to delete resource record set "
                + host
                + " but the values provided do not match the current values");
      }
    }
    change(found, result);
  }

  private String change(SimZone zone, SortedMap<String, ZoneRecord> result) {
    checkNoneInProgress(zone);
    long now = world.nanos();
    zone.setRecords(result, now);
    changedAt.put(zone.id, now);
    String id = world.ids.route53("C");
    changes.put(id, now + recordLag());
    return id;
  }

  private void checkNoneInProgress(SimZone zone) {
    long window = world.assumptions.nanos(Assumption.Question.CHANGE_OVERLAP);
    Long last = changedAt.get(zone.id);
    if (last != null && world.nanos() - last < window) {
      throw new RemoteException(
          BUSY,
          "PriorRequestNotComplete",
          "The request was rejected because a change of the zone is in progress.");
    }
  }

  boolean done(String changeId) {
    Long doneAt = changes.get(changeId);
    if (doneAt == null) {
      throw new RemoteException(NOT_FOUND, "NoSuchChange", "There is no change " + changeId + ".");
    }
    return doneAt <= world.nanos();
  }

  void delete(String zoneId) {
    SimZone zone = get(zoneId);
    checkNoneInProgress(zone);
    if (!zone.records.last().isEmpty()) {
      throw new RemoteException(
          NOT_EMPTY,
          "HostedZoneNotEmpty",
          "The hosted zone contains resource record sets other than SOA and NS.");
    }
    all.remove(zoneId);
  }
}
