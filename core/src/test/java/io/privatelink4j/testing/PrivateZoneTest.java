package io.privatelink4j.testing;

import static io.privatelink4j.testing.Sim.assertFails;
import static io.privatelink4j.testing.Sim.cname;
import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.DnsZone.BoundNetwork;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.ZoneQuery.Scope;
import io.privatelink4j.spi.ZoneRecord;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PrivateZoneTest {
  private static final String APEX = "abc.alicloud.example.com";

  private final Sim sim = Sim.alicloud();

  private DnsZone create(String apex) {
    return sim.driver.createZone(sim.network, apex, "ignored");
  }

  private void bind(DnsZone zone, ClusterNetwork... networks) {
    sim.driver.bindZone(
        sim.network,
        zone.id(),
        Set.of(networks).stream().map(Sim::bound).collect(Collectors.toSet()));
  }

  @Nested
  class Creation {

    @Test
    void givesAnUnboundZoneWithoutReference() {
      DnsZone zone = create("ABC.alicloud.example.com.");

      assertThat(zone.id()).matches("[0-9a-f]{32}");
      assertThat(zone).isEqualTo(new DnsZone(zone.id(), APEX, Optional.empty(), Set.of()));
      assertThat(sim.driver.zone(sim.network, zone.id())).contains(zone);
      assertThat(sim.driver.zone(sim.network, "unknown")).isEmpty();
    }

    @Test
    void ofASecondZoneOfTheNameIsPossibleUnlessAssumedOtherwise() {
      create(APEX);
      create(APEX);
      assertThat(sim.zones(Scope.NAMED, APEX)).hasSize(2);

      Sim unique = Sim.alicloud(Assumption.ZONE_NAME_UNIQUE);
      unique.cloud.addStrangersZone(unique.network, APEX);
      unique.driver.createZone(unique.network, APEX, "ignored");
      assertFails(
          ErrorKind.ALREADY_EXISTS,
          "Zone.Exists",
          () -> unique.driver.createZone(unique.network, APEX, "ignored"));
    }

    @Test
    void checksTheNameAndTheQuota() {
      assertFails(ErrorKind.INVALID, "Zone.Invalid.Name", () -> create("*.example.com"));
      for (int i = 0; i < 500; i++) {
        create("z" + i + ".example.com");
      }
      assertFails(ErrorKind.QUOTA, "QuotaExceeded.Zone", () -> create(APEX));
    }
  }

  @Nested
  class Lists {

    @Test
    void byNameAreExactOursOnlyAndWithoutBindings() {
      DnsZone zone = create(APEX);
      bind(zone, sim.network);
      create("sub." + APEX);
      sim.cloud.addStrangersZone(sim.cloud.addNetwork(), APEX);
      sim.pass(3);

      assertThat(sim.zones(Scope.NAMED, APEX.toUpperCase(Locale.ROOT)))
          .containsExactly(new DnsZone(zone.id(), APEX, Optional.empty(), Set.of()));
    }

    @Test
    void ofAVpcAreTheZonesOfOursThatAreBoundToIt() {
      DnsZone bound = create(APEX);
      bind(bound, sim.network);
      create("unbound.example.com");
      String foreign = sim.cloud.addForeignZone(sim.network, "foreign.example.com");
      sim.cloud.addStrangersZone(sim.network, "strange.example.com");
      sim.pass(3);

      assertThat(sim.zones(Scope.IN_NETWORK, APEX))
          .extracting(DnsZone::id)
          .containsExactlyInAnyOrder(bound.id(), foreign);
    }
  }

  @Nested
  class Records {
    private final DnsZone zone = create(APEX);

    private void put(ZoneRecord record) {
      sim.driver.putRecords(sim.network, zone, List.of(record));
    }

    private List<ZoneRecord> read() {
      return Sim.all(token -> sim.driver.records(sim.network, zone, token));
    }

    @Test
    void areAddedOneByOneAndGetAnId() {
      assertThat(
              sim.driver.putRecords(sim.network, zone, List.of(cname("*", "Target.example.com"))))
          .isEmpty();

      assertThat(read())
          .singleElement()
          .satisfies(
              record -> {
                assertThat(Long.parseLong(record.id())).isGreaterThan(Integer.MAX_VALUE);
                assertThat(record.host()).isEqualTo("*");
                assertThat(record.target()).isEqualTo("target.example.com");
                assertThat(record.ttlSeconds()).isEqualTo(60);
              });
      assertFails(
          ErrorKind.INVALID,
          "InvalidParameter",
          () ->
              sim.driver.putRecords(
                  sim.network,
                  zone,
                  List.of(cname("a", "t.example.com"), cname("b", "t.example.com"))));
    }

    @Test
    void doNotReplaceWhatTheHostHas() {
      put(cname("*", "target.example.com"));

      assertFails(
          ErrorKind.RECORD_CONFLICT,
          "Record.Invalid.Conflict",
          () -> put(cname("*", "target.example.com")));
    }

    @Test
    void areChecked() {
      assertFails(
          ErrorKind.INVALID,
          "InvalidParameter",
          () -> put(new ZoneRecord("", "*", "target.example.com", 61)));
      assertFails(
          ErrorKind.INVALID, "InvalidParameter", () -> put(cname("@", "target.example.com")));
      assertFails(ErrorKind.INVALID, "InvalidParameter", () -> put(cname("*", "-bad-")));
    }

    @Test
    void areRemovedByIdWhateverTheyHoldByNow() {
      put(cname("*", "target.example.com"));
      ZoneRecord record = read().get(0);
      sim.cloud.editRecordOutOfBand(zone.id(), "*", "changed.example.com");

      sim.driver.removeRecords(sim.network, zone, List.of(record));

      assertThat(read()).isEmpty();
      assertFails(
          ErrorKind.RECORD_CONFLICT,
          "Record.NotExists",
          () -> sim.driver.removeRecords(sim.network, zone, List.of(record)));
      assertFails(
          ErrorKind.INVALID,
          "InvalidParameter",
          () -> sim.driver.removeRecords(sim.network, zone, List.of(record, record)));
    }

    @Test
    void comeInPages() {
      for (int i = 0; i < 3; i++) {
        put(cname("h" + i, "target.example.com"));
      }
      sim.cloud.limitPages(2);

      assertThat(sim.driver.records(sim.network, zone, Optional.empty()).nextToken()).isPresent();
      assertThat(read()).hasSize(3);
    }
  }

  @Nested
  class Bindings {

    @Test
    void areSetAsAWholeAndSeenAfterAWhile() {
      ClusterNetwork other = sim.cloud.addNetworkIn("cn-hangzhou");
      DnsZone zone = create(APEX);

      bind(zone, sim.network, other);

      assertThat(networks(zone)).isEmpty();
      assertThat(sim.cloud.zones().get(0).networks()).hasSize(2);
      sim.pass(3);
      assertThat(networks(zone))
          .containsExactlyInAnyOrder(Sim.bound(sim.network), Sim.bound(other));
      bind(zone, other);
      sim.pass(3);
      assertThat(networks(zone)).containsExactly(Sim.bound(other));
    }

    private Set<BoundNetwork> networks(DnsZone zone) {
      return sim.driver.zone(sim.network, zone.id()).orElseThrow().networks();
    }

    @Test
    void areSeenAtOnceIfSoAssumed() {
      Sim fast = Sim.alicloud(Assumption.BINDING_LAG_0S);
      DnsZone zone = fast.driver.createZone(fast.network, APEX, "ignored");

      fast.driver.bindZone(fast.network, zone.id(), Set.of(Sim.bound(fast.network)));

      assertThat(fast.driver.zone(fast.network, zone.id()).orElseThrow().networks()).hasSize(1);
      fast.driver.bindZone(fast.network, zone.id(), Set.of());
      fast.driver.deleteZone(fast.network, zone.id());
      assertThat(fast.cloud.leftovers()).isEmpty();
    }

    @Test
    void ofTwoZonesOfANameToOneVpcAreRefusedEvenBeforeTheyAreSeen() {
      DnsZone first = create(APEX);
      DnsZone second = create(APEX);
      bind(first, sim.network);

      assertFails(ErrorKind.DOMAIN_TAKEN, "ZoneVpc.Zone.Repeated", () -> bind(second, sim.network));
      bind(first, sim.network);
      bind(second, sim.cloud.addNetwork());
      sim.cloud.addStrangersZone(sim.network, "strange.example.com");
      DnsZone third = create("strange.example.com");
      assertFails(ErrorKind.DOMAIN_TAKEN, "ZoneVpc.Zone.Repeated", () -> bind(third, sim.network));
    }

    @Test
    void areChecked() {
      DnsZone zone = create(APEX);
      Set<BoundNetwork> many =
          IntStream.range(0, 101)
              .mapToObj(i -> new BoundNetwork("ap-southeast-1", "vpc-" + i))
              .collect(Collectors.toSet());

      assertFails(
          ErrorKind.QUOTA,
          "QuotaExceeded.ZoneVpc",
          () -> sim.driver.bindZone(sim.network, zone.id(), many));
      assertFails(
          ErrorKind.BAD_NETWORK,
          "ZoneVpc.NotExists.VpcId",
          () ->
              sim.driver.bindZone(
                  sim.network, zone.id(), Set.of(new BoundNetwork("ap-southeast-1", "vpc-1"))));
      assertFails(
          ErrorKind.BAD_NETWORK,
          "ZoneVpc.NotExists.VpcId",
          () ->
              sim.driver.bindZone(
                  sim.network,
                  zone.id(),
                  Set.of(new BoundNetwork("cn-hangzhou", sim.network.vpcId()))));
      assertFails(
          ErrorKind.NOT_FOUND,
          "Zone.NotExists",
          () -> sim.driver.bindZone(sim.network, "unknown", Set.of()));
    }
  }

  @Nested
  class Deletion {

    @Test
    void waitsUntilNoBindingIsLeftNotEvenAnOldOne() {
      DnsZone zone = sim.zone(APEX, "*", "target.example.com");
      assertFails(ErrorKind.NOT_EMPTY, "Zone.VpcExists", () -> delete(sim, zone));

      bind(zone);

      assertFails(ErrorKind.NOT_EMPTY, "Zone.VpcExists", () -> delete(sim, zone));
      sim.pass(3);
      delete(sim, zone);
      assertThat(sim.cloud.zones()).isEmpty();
      assertFails(ErrorKind.NOT_FOUND, "Zone.NotExists", () -> delete(sim, zone));
    }

    @Test
    void needsAnEmptyZoneIfSoAssumed() {
      Sim strict = Sim.alicloud(Assumption.ZONE_WITH_RECORDS_KEPT);
      DnsZone zone = strict.driver.createZone(strict.network, APEX, "ignored");
      strict.driver.putRecords(strict.network, zone, List.of(cname("*", "target.example.com")));

      assertFails(ErrorKind.NOT_EMPTY, "Zone.RecordExists", () -> delete(strict, zone));
      strict.cloud.removeRecordOutOfBand(zone.id(), "*");
      delete(strict, zone);
      assertThat(strict.cloud.zones()).isEmpty();
    }

    private void delete(Sim where, DnsZone zone) {
      where.driver.deleteZone(where.network, zone.id());
    }
  }
}
