package io.privatelink4j.testing;

import static io.privatelink4j.testing.Sim.assertFails;
import static io.privatelink4j.testing.Sim.cname;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.Page;
import io.privatelink4j.spi.ZoneQuery;
import io.privatelink4j.spi.ZoneQuery.Scope;
import io.privatelink4j.spi.ZoneRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class Route53Test {
  private static final String APEX = "abc.aws.example.com";

  private final Sim sim = Sim.aws();

  @Nested
  class Creation {

    @Test
    void bindsTheZoneToTheNetworkAndKeepsTheReference() {
      DnsZone zone = sim.driver.createZone(sim.network, "ABC.aws.Example.com.", "ref-1");

      assertThat(zone.id()).matches("Z[0-9A-Z]{20}");
      assertThat(zone.name()).isEqualTo(APEX);
      assertThat(zone.reference()).contains("ref-1");
      assertThat(zone.networks()).containsExactly(Sim.bound(sim.network));
      assertThat(sim.driver.zone(sim.network, zone.id())).contains(zone);
    }

    @Test
    void neverTakesAReferenceTwiceNotEvenAfterADeletion() {
      DnsZone zone = sim.driver.createZone(sim.network, APEX, "ref-1");
      assertFails(
          ErrorKind.ALREADY_EXISTS,
          "HostedZoneAlreadyExists",
          () -> sim.driver.createZone(sim.network, APEX, "ref-1"));

      sim.driver.deleteZone(sim.network, zone.id());

      assertFails(
          ErrorKind.ALREADY_EXISTS,
          "HostedZoneAlreadyExists",
          () -> sim.driver.createZone(sim.network, "other.example.com", "ref-1"));
      assertThat(sim.driver.createZone(sim.network, APEX, "ref-2").reference()).contains("ref-2");
    }

    @Test
    void refusesANameThatIsTakenInTheVpcByWhomeverItMayBe() {
      sim.driver.createZone(sim.network, APEX, "ref-1");
      sim.cloud.addStrangersZone(sim.network, "strange.example.com");

      assertFails(
          ErrorKind.DOMAIN_TAKEN,
          "ConflictingDomainExists",
          () -> sim.driver.createZone(sim.network, APEX, "ref-2"));
      assertFails(
          ErrorKind.DOMAIN_TAKEN,
          "ConflictingDomainExists",
          () -> sim.driver.createZone(sim.network, "strange.example.com", "ref-2"));
      ClusterNetwork other = sim.cloud.addNetwork();
      assertThat(sim.driver.createZone(other, APEX, "ref-2").networks())
          .containsExactly(Sim.bound(other));
    }

    @Test
    void checksNameReferenceAndVpc() {
      for (String bad : List.of("", "localhost", "*.example.com", "a..b", "-a.com", "a b.com")) {
        assertFails(
            ErrorKind.INVALID,
            "InvalidDomainName",
            () -> sim.driver.createZone(sim.network, bad, "ref-1"));
      }
      for (String bad : List.of("", "r".repeat(129))) {
        assertFails(
            ErrorKind.INVALID, "InvalidInput", () -> sim.driver.createZone(sim.network, APEX, bad));
      }
      assertFails(
          ErrorKind.BAD_NETWORK,
          "InvalidVPCId",
          () -> sim.driver.createZone(unknownVpc(), APEX, "ref-1"));
    }

    @Test
    void stopsAtFiveHundredZonesOfTheAccount() {
      sim.cloud.addStrangersZone(sim.network, "strange.example.com");
      for (int i = 0; i < 500; i++) {
        sim.driver.createZone(sim.network, "z" + i + ".example.com", "ref-" + i);
      }

      assertFails(
          ErrorKind.QUOTA,
          "TooManyHostedZones",
          () -> sim.driver.createZone(sim.network, APEX, "ref"));
    }
  }

  private static ClusterNetwork unknownVpc() {
    return ClusterNetwork.builder()
        .cloud(CloudProvider.AWS)
        .region("us-west-2")
        .vpcId("vpc-00000000")
        .addSubnetIds("subnet-1")
        .build();
  }

  @Nested
  class Lists {

    @Test
    void ofAVpcShowStrangersZonesTooButNoReferences() {
      sim.driver.createZone(sim.network, APEX, "ref-1");
      String strange = sim.cloud.addStrangersZone(sim.network, "strange.example.com");
      sim.driver.createZone(sim.cloud.addNetwork(), "elsewhere.example.com", "ref-2");

      List<DnsZone> zones = sim.zones(Scope.IN_NETWORK, APEX);

      assertThat(zones)
          .extracting(DnsZone::name)
          .containsExactlyInAnyOrder(APEX, "strange.example.com");
      assertThat(zones).allSatisfy(zone -> assertThat(zone.reference()).isEmpty());
      assertThat(zones).extracting(DnsZone::id).contains(strange);
      assertThat(sim.driver.zone(sim.network, strange)).isEmpty();
      assertFails(
          ErrorKind.BAD_NETWORK,
          "InvalidVPCId",
          () ->
              sim.driver.zones(
                  unknownVpc(), new ZoneQuery(Scope.IN_NETWORK, APEX), Optional.empty()));
    }

    @Test
    void ofTheAccountShowOurOwnZonesWithTheirReferences() {
      sim.driver.createZone(sim.network, APEX, "ref-1");
      sim.driver.createZone(sim.cloud.addNetwork(), APEX, "ref-2");
      sim.cloud.addStrangersZone(sim.cloud.addNetwork(), APEX);
      sim.driver.createZone(sim.network, "sub." + APEX, "ref-3");

      assertThat(sim.ownZones())
          .extracting(zone -> zone.reference().orElseThrow())
          .containsExactlyInAnyOrder("ref-1", "ref-2", "ref-3");
    }

    @Test
    void areNotLookedUpByName() {
      assertThatThrownBy(() -> sim.zones(Scope.NAMED, APEX))
          .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void comeInPagesOfAHundred() {
      for (int i = 0; i < 101; i++) {
        sim.driver.createZone(sim.network, "z" + i + ".example.com", "ref-" + i);
      }
      ZoneQuery query = new ZoneQuery(Scope.IN_NETWORK, APEX);

      Page<DnsZone> first = sim.driver.zones(sim.network, query, Optional.empty());

      assertThat(first.items()).hasSize(100);
      assertThat(sim.driver.zones(sim.network, query, first.nextToken()).items()).hasSize(1);
      assertFails(
          ErrorKind.INVALID,
          "InvalidPaginationToken",
          () -> sim.driver.ownZones(sim.network, first.nextToken()));
    }
  }

  @Nested
  class Records {
    private final DnsZone zone = sim.driver.createZone(sim.network, APEX, "ref-1");

    private String put(ZoneRecord... records) {
      return sim.driver.putRecords(sim.network, zone, List.of(records)).orElseThrow();
    }

    private List<ZoneRecord> read() {
      return Sim.all(token -> sim.driver.records(sim.network, zone, token));
    }

    @Test
    void areReplacedByAnUpsert() {
      put(cname("*", "Old.example.com."), cname("*.usw2-az1", "zonal.example.com"));
      put(cname("*", "new.example.com"));

      assertThat(read())
          .containsExactlyInAnyOrder(
              cname("*", "new.example.com"), cname("*.usw2-az1", "zonal.example.com"));
    }

    @Test
    void areInSyncAfterAWhile() {
      String change = put(cname("*", "target.example.com"));

      assertThat(sim.driver.changeDone(sim.network, change)).isFalse();
      sim.pass(10);
      assertThat(sim.driver.changeDone(sim.network, change)).isTrue();
      assertFails(
          ErrorKind.NOT_FOUND,
          "NoSuchChange",
          () -> sim.driver.changeDone(sim.network, "C0UNKNOWN"));
    }

    @Test
    void areRemovedAsWrittenOrNotAtAll() {
      put(cname("*", "target.example.com"), cname("a", "target.example.com"));

      assertFails(
              ErrorKind.RECORD_CONFLICT,
              "InvalidChangeBatch",
              () -> remove(cname("*", "target.example.com"), cname("b", "target.example.com")))
          .hasMessageContaining("but it was not found");
      assertFails(
              ErrorKind.RECORD_CONFLICT,
              "InvalidChangeBatch",
              () -> remove(cname("*", "other.example.com")))
          .hasMessageContaining("do not match");
      assertFails(
          ErrorKind.RECORD_CONFLICT,
          "InvalidChangeBatch",
          () -> remove(new ZoneRecord("", "*", "target.example.com", 61)));
      assertThat(read()).hasSize(2);

      remove(cname("*", "TARGET.example.com."), cname("a", "target.example.com"));

      assertThat(read()).isEmpty();
    }

    private void remove(ZoneRecord... records) {
      sim.driver.removeRecords(sim.network, zone, List.of(records));
    }

    @Test
    void areRemovedAThousandAtMostAndNotNone() {
      ZoneRecord[] many =
          IntStream.range(0, 1_001)
              .mapToObj(i -> cname("h" + i, "t.example.com"))
              .toArray(ZoneRecord[]::new);

      assertFails(ErrorKind.INVALID, "InvalidInput", () -> remove());
      assertFails(ErrorKind.INVALID, "InvalidChangeBatch", () -> remove(many));
    }

    @Test
    void areChecked() {
      for (ZoneRecord bad :
          List.of(
              cname("", "target.example.com"),
              cname("@", "target.example.com"),
              cname("a.*", "target.example.com"),
              cname("a*", "target.example.com"),
              cname("*", "not a name"),
              cname("*", ""))) {
        assertFails(ErrorKind.INVALID, "InvalidChangeBatch", () -> put(bad));
      }
      assertFails(
          ErrorKind.INVALID,
          "InvalidChangeBatch",
          () -> put(cname("*", "a.example.com"), cname("*", "b.example.com")));
      assertFails(
          ErrorKind.INVALID,
          "InvalidInput",
          () -> put(new ZoneRecord("", "*", "a.example.com", -1)));
      assertFails(ErrorKind.INVALID, "InvalidInput", () -> put());
      assertThat(read()).isEmpty();
    }

    @Test
    void areFiveHundredPerUpsertBecauseEachCountsTwice() {
      List<ZoneRecord> records = new ArrayList<>();
      IntStream.range(0, 500).forEach(i -> records.add(cname("h" + i, "target.example.com")));
      sim.driver.putRecords(sim.network, zone, records);

      assertThat(read()).hasSize(500);
      assertThat(sim.driver.records(sim.network, zone, Optional.empty()).items()).hasSize(300);
      records.add(cname("more", "target.example.com"));
      assertFails(
          ErrorKind.INVALID,
          "InvalidChangeBatch",
          () -> sim.driver.putRecords(sim.network, zone, records));
    }

    @Test
    void areTenThousandPerZone() {
      for (int i = 0; i < 20; i++) {
        int block = i;
        sim.driver.putRecords(
            sim.network,
            zone,
            IntStream.range(0, 500)
                .mapToObj(n -> cname("h" + block + "-" + n, "t.example.com"))
                .toList());
      }

      assertFails(ErrorKind.QUOTA, "LimitsExceeded", () -> put(cname("more", "t.example.com")));
    }

    @Test
    void ofAStrangersZoneAreNotThere() {
      String strange = sim.cloud.addStrangersZone(sim.network, "strange.example.com");
      DnsZone stranger = new DnsZone(strange, "strange.example.com", Optional.empty(), Set.of());

      assertFails(
          ErrorKind.NOT_FOUND,
          "NoSuchHostedZone",
          () -> sim.driver.records(sim.network, stranger, Optional.empty()));
      assertFails(
          ErrorKind.NOT_FOUND,
          "NoSuchHostedZone",
          () ->
              sim.driver.putRecords(
                  sim.network, stranger, List.of(cname("*", "target.example.com"))));
      assertFails(
          ErrorKind.NOT_FOUND,
          "NoSuchHostedZone",
          () -> sim.driver.deleteZone(sim.network, strange));
    }
  }

  @Test
  void changesOfOneZoneFollowEachOtherAtOnceUnlessAssumedOtherwise() {
    Sim slow = Sim.aws(Assumption.CHANGES_REFUSED_FOR_1S);
    DnsZone zone = slow.driver.createZone(slow.network, APEX, "ref-1");
    List<ZoneRecord> record = List.of(cname("*", "target.example.com"));
    slow.driver.putRecords(slow.network, zone, record);

    assertFails(
        ErrorKind.BUSY,
        "PriorRequestNotComplete",
        () -> slow.driver.removeRecords(slow.network, zone, record));
    slow.pass(1);
    slow.driver.removeRecords(slow.network, zone, record);
    assertFails(
        ErrorKind.BUSY,
        "PriorRequestNotComplete",
        () -> slow.driver.deleteZone(slow.network, zone.id()));
    slow.pass(1);
    slow.driver.deleteZone(slow.network, zone.id());
    assertThat(slow.cloud.zones()).isEmpty();
  }

  @Test
  void aZoneWithRecordsIsNotDeleted() {
    DnsZone zone = sim.zone(APEX, "*", "target.example.com");

    assertFails(
        ErrorKind.NOT_EMPTY,
        "HostedZoneNotEmpty",
        () -> sim.driver.deleteZone(sim.network, zone.id()));
    sim.driver.removeRecords(sim.network, zone, List.of(cname("*", "target.example.com")));
    sim.driver.deleteZone(sim.network, zone.id());

    assertThat(sim.driver.zone(sim.network, zone.id())).isEmpty();
    assertFails(
        ErrorKind.NOT_FOUND,
        "NoSuchHostedZone",
        () -> sim.driver.deleteZone(sim.network, zone.id()));
  }

  @Test
  void othersCanChangeZonesAndRecords() {
    DnsZone zone = sim.zone(APEX, "*", "target.example.com");
    ClusterNetwork other = sim.cloud.addNetwork();

    sim.cloud.editRecordOutOfBand(zone.id(), "*", "changed.example.com");
    sim.cloud.editRecordOutOfBand(zone.id(), "new", "new.example.com");
    sim.cloud.addBinding(zone.id(), other);

    assertThat(sim.cloud.records(zone.id()))
        .containsExactlyInAnyOrder(
            cname("*", "changed.example.com"), cname("new", "new.example.com"));
    assertThat(sim.driver.zone(sim.network, zone.id()).orElseThrow().networks())
        .containsExactlyInAnyOrder(Sim.bound(sim.network), Sim.bound(other));
    assertThatThrownBy(() -> sim.cloud.addBinding(zone.id(), other))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sim.cloud.addStrangersZone(other, APEX))
        .isInstanceOf(IllegalArgumentException.class);
    sim.cloud.removeRecordOutOfBand(zone.id(), "new");
    assertThat(sim.cloud.records(zone.id())).hasSize(1);
    assertThatThrownBy(() -> sim.cloud.removeRecordOutOfBand(zone.id(), "new"))
        .isInstanceOf(IllegalArgumentException.class);
    sim.cloud.deleteZoneOutOfBand(zone.id());
    assertThat(sim.cloud.zones()).isEmpty();
    assertThatThrownBy(() -> sim.cloud.records(zone.id()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
