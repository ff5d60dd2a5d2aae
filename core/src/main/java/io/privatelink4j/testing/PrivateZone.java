package io.privatelink4j.testing;

import static io.privatelink4j.spi.ErrorKind.ALREADY_EXISTS;
import static io.privatelink4j.spi.ErrorKind.BAD_NETWORK;
import static io.privatelink4j.spi.ErrorKind.DOMAIN_TAKEN;
import static io.privatelink4j.spi.ErrorKind.NOT_EMPTY;
import static io.privatelink4j.spi.ErrorKind.NOT_FOUND;
import static io.privatelink4j.spi.ErrorKind.QUOTA;
import static io.privatelink4j.testing.Assumption.ZONE_NAME_UNIQUE;
import static io.privatelink4j.testing.Assumption.ZONE_WITH_RECORDS_KEPT;

import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.DnsZone.BoundNetwork;
import io.privatelink4j.spi.Page;
import io.privatelink4j.spi.RemoteException;
import io.privatelink4j.spi.ZoneQuery;
import io.privatelink4j.spi.ZoneRecord;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** PrivateZone: zones are created unbound, filled record by record, and bound to VPCs. */
final class PrivateZone extends DnsZones {
  private static final Set<Integer> TTLS = Set.of(5, 30, 60, 3_600, 43_200, 86_400);
  private static final int VPCS_PER_ZONE = 100;
  private static final int PAGE = 100;

  PrivateZone(World world) {
    super(world, new Pages("InvalidParameter"));
  }

  @Override
  String newZoneId() {
    return world.ids.hex(32);
  }

  @Override
  String newRecordId() {
    return world.ids.record();
  }

  @Override
  RemoteException missing(String zoneId) {
    return new RemoteException(NOT_FOUND, "Zone.NotExists", "The zone does not exist: " + zoneId);
  }

  @Override
  long bindingLag() {
    return world.assumptions.nanos(Assumption.Question.BINDING_LAG);
  }

  /** Zones of the fast group show a change at once. */
  @Override
  long recordLag() {
    return 0;
  }

  DnsZone create(String name) {
    String apex = apex(name, "Zone.Invalid.Name");
    boolean taken = all.values().stream().anyMatch(zone -> isOurs(zone) && zone.name.equals(apex));
    if (taken && world.assumptions.hold(ZONE_NAME_UNIQUE)) {
      throw new RemoteException(
          ALREADY_EXISTS, "Zone.Exists", "The account has a zone " + apex + " already.");
    }
    if (ownZones() >= ZONES_PER_ACCOUNT) {
      throw new RemoteException(QUOTA, "QuotaExceeded.Zone", "The account has its 500 zones.");
    }
    return add(apex, world.account, Optional.empty(), world.nanos(), Set.of()).nameOnly();
  }

  /** DescribeZones: the account's own zones, without their bindings. */
  Page<DnsZone> list(ClusterNetwork network, ZoneQuery query, Optional<String> pageToken) {
    String name = DomainNames.normal(query.apex());
    BoundNetwork vpc = new BoundNetwork(network.region(), network.vpcId());
    long seen = world.nanos() - bindingLag();
    boolean named = query.scope() == ZoneQuery.Scope.NAMED;
    return pages.cut(
        named ? "named|" + name : "vpc|" + vpc,
        all,
        pageToken,
        world.pageSize(PAGE),
        zone ->
            Optional.of(zone)
                .filter(this::isOurs)
                .filter(
                    each -> named ? each.name.equals(name) : each.bindings.at(seen).contains(vpc))
                .map(SimZone::nameOnly));
  }

  /** DescribeZones without a search. */
  Page<DnsZone> listOwn(Optional<String> pageToken) {
    return pages.cut(
        "own",
        all,
        pageToken,
        world.pageSize(PAGE),
        zone -> Optional.of(zone).filter(this::isOurs).map(SimZone::nameOnly));
  }

  Page<ZoneRecord> records(DnsZone zone, Optional<String> pageToken) {
    return records(zone, pageToken, PAGE);
  }

  /** AddZoneRecord: one record, whose host must be free. */
  void put(DnsZone zone, List<ZoneRecord> records) {
    World.check(records.size() == 1, "InvalidParameter", "One record is added at a time.");
    SimZone found = get(zone.id());
    ZoneRecord record = checked(records.get(0), "InvalidParameter", "InvalidParameter");
    World.check(
        TTLS.contains(record.ttlSeconds()),
        "InvalidParameter",
        "Not a TTL of PrivateZone: " + record.ttlSeconds());
    SortedMap<String, ZoneRecord> result = new TreeMap<>(found.records.last());
    if (result.putIfAbsent(record.host(), record) != null) {
      throw conflict(
          "Record.Invalid.Conflict", "The host " + record.host() + " has a record already.");
    }
    found.setRecords(result, world.nanos());
  }

  /** DeleteZoneRecord: by id alone, so whatever value the record has by now. */
  void remove(DnsZone zone, List<ZoneRecord> records) {
    World.check(records.size() == 1, "InvalidParameter", "One record is deleted at a time.");
    SimZone found = get(zone.id());
    String id = records.get(0).id();
    SortedMap<String, ZoneRecord> result = new TreeMap<>(found.records.last());
    if (!result.values().removeIf(record -> record.id().equals(id))) {
      throw conflict("Record.NotExists", "There is no record " + id + ".");
    }
    found.setRecords(result, world.nanos());
  }

  /** BindZoneVpc: sets the whole list. One VPC cannot be bound to two zones of a name. */
  void bind(String zoneId, Set<BoundNetwork> networks) {
    SimZone zone = get(zoneId);
    if (networks.size() > VPCS_PER_ZONE) {
      throw new RemoteException(
          QUOTA, "QuotaExceeded.ZoneVpc", "A zone is bound to at most 100 VPCs.");
    }
    for (BoundNetwork network : networks) {
      SimNetwork vpc = world.networks.get(network.vpcId());
      if (vpc == null || !vpc.region.equals(network.region())) {
        throw new RemoteException(
            BAD_NETWORK,
            "ZoneVpc.NotExists.VpcId",
            "The VPC " + network.vpcId() + " does not exist in " + network.region() + ".");
      }
      if (holder(zone.name, network).filter(holder -> holder != zone).isPresent()) {
        throw new RemoteException(
            DOMAIN_TAKEN,
            "ZoneVpc.Zone.Repeated",
            "Vpc is bind to same zone name: " + network.vpcId() + ", " + zone.name);
      }
    }
    zone.bindings.set(world.nanos(), Set.copyOf(networks));
  }

  void delete(String zoneId) {
    SimZone zone = get(zoneId);
    boolean bound =
        !zone.bindings.last().isEmpty()
            || !zone.bindings.at(world.nanos() - bindingLag()).isEmpty();
    if (bound) {
      throw new RemoteException(
          NOT_EMPTY, "Zone.VpcExists", "The zone is bound to a VPC: " + zoneId);
    }
    if (!zone.records.last().isEmpty() && world.assumptions.hold(ZONE_WITH_RECORDS_KEPT)) {
      throw new RemoteException(
          NOT_EMPTY, "Zone.RecordExists", "The zone still holds records: " + zoneId);
    }
    all.remove(zoneId);
  }
}
