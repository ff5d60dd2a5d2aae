package io.privatelink4j.testkit;

import static io.privatelink4j.testkit.Fixture.bound;
import static io.privatelink4j.testkit.Fixture.record;
import static io.privatelink4j.testkit.Fixture.unknown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.DnsSwitch;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.RemoteException;
import io.privatelink4j.spi.ZoneRecord;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * The part of {@link DriverContract} that is about endpoints, their labels, private DNS zones and
 * their records: what may come out differently where a cloud leaves something open. Where a fake
 * can be switched between such possibilities, a test class with this contract for each of them,
 * beside one with the whole contract, tries what depends on them most; failures, limits and threads
 * are tried once.
 */
public abstract class ResourceContract extends EndpointContract {
  /** For subclasses. */
  protected ResourceContract() {}

  /** {@return a harness over an empty cloud} Called once per test; the contract closes it. */
  @Override
  protected abstract Harness openHarness();

  /** Private DNS zones and their records. */
  @Nested
  class Dns {

    @Test
    void dnsSwitches_ofTheNetwork_areOn() {
      for (DnsSwitch which : traits.dnsSwitches()) {
        assertThat(driver.dnsSwitch(network, which)).as("%s", which).isTrue();
      }
    }

    @Test
    void createZone_answersWithTheZone() {
      String apex = fixture.apex();

      DnsZone zone = driver.createZone(network, apex, fixture.reference());

      assertThat(zone.id()).isNotBlank().doesNotContain("/");
      assertThat(zone.name()).isEqualTo(apex);
    }

    @Test
    void createZone_isReadBackById() {
      String apex = fixture.apex();

      DnsZone zone = fixture.createZone(apex);

      DnsZone read = driver.zone(network, zone.id()).orElseThrow();
      assertThat(read.id()).isEqualTo(zone.id());
      assertThat(read.name()).isEqualTo(apex);
    }

    @Test
    void createZone_answersInTheNetworkIfAndOnlyIfTheTraitsSaySo() {
      DnsZone zone = fixture.createZone(fixture.apex());

      Set<DnsZone.BoundNetwork> expected =
          traits.zoneBoundAtCreation() ? Set.of(bound(network)) : Set.of();

      fixture.untilBound(zone, expected);
    }

    @Test
    void createZone_keepsItsReference() {
      assumeTrue(harness.keepsZoneReferences(), "this cloud keeps no references of zones");
      String reference = fixture.reference();
      DnsZone zone = driver.createZone(network, fixture.apex(), reference);
      fixture.settle();

      assertThat(driver.zone(network, zone.id()).orElseThrow().reference()).hasValue(reference);
    }

    @Test
    void createZone_withAReferenceInUse_isRefused() {
      assumeTrue(harness.keepsZoneReferences(), "this cloud keeps no references of zones");
      String reference = fixture.reference();
      driver.createZone(network, fixture.apex(), reference);

      assertFailsWith(
          () -> driver.createZone(network, fixture.apex(), reference), ErrorKind.ALREADY_EXISTS);
    }

    @Test
    void createZone_withTheReferenceOfADeletedZone_isRefused() {
      assumeTrue(harness.keepsZoneReferences(), "this cloud keeps no references of zones");
      String reference = fixture.reference();
      String apex = fixture.apex();
      DnsZone zone = driver.createZone(network, apex, reference);
      fixture.settle();
      fixture.patientlyRun(() -> driver.deleteZone(network, zone.id()));
      fixture.untilNoZone(zone.id());

      assertFailsWith(() -> driver.createZone(network, apex, reference), ErrorKind.ALREADY_EXISTS);
    }

    @Test
    void createZone_ofADomainThatAnswersHere_neverGivesASecondOneThatAnswers() {
      String apex = fixture.apex();
      DnsZone first = fixture.claim(apex);
      fixture.settle();

      assertDomainTaken(apex);

      fixture.untilBound(first, Set.of(bound(network)));
    }

    @Test
    void createZone_ofAStrangersDomain_isTaken() {
      String apex = fixture.apex();
      harness.addStrangersZone(network, apex);
      fixture.settle();

      assertDomainTaken(apex);
    }

    @Test
    void createZone_ofAnotherNetworksDomain_isPossible() {
      assumeTrue(traits.zoneBoundAtCreation(), "zones are created without a network");
      String apex = fixture.apex();
      DnsZone here = fixture.claim(apex);

      DnsZone there = driver.createZone(harness.otherNetwork(), apex, fixture.reference());

      assertThat(there.id()).isNotEqualTo(here.id());
      fixture.untilBound(there, Set.of(bound(harness.otherNetwork())));
    }

    @Test
    void createZone_inAVpcThatDoesNotExist_isRefused() {
      assumeTrue(traits.zoneBoundAtCreation(), "zones are created without a network");
      ClusterNetwork wrong = fixture.elsewhere(network.region(), unknown(network.vpcId()));

      assertFailsWith(
          () -> driver.createZone(wrong, fixture.apex(), fixture.reference()),
          ErrorKind.BAD_NETWORK);
    }

    @Test
    void createZone_belowAnotherZone_isPossible() {
      String apex = fixture.apex();
      DnsZone parent = fixture.claim(apex);

      DnsZone child = fixture.claim("child." + apex);

      assertThat(child.id()).isNotEqualTo(parent.id());
      fixture.untilBound(child, Set.of(bound(network)));
    }

    @Test
    void createZone_ofADomainThatWasDeleted_isPossible() {
      String apex = fixture.apex();
      DnsZone first = fixture.claim(apex);
      fixture.unbind(first);
      fixture.patientlyRun(() -> driver.deleteZone(network, first.id()));
      fixture.untilNoZone(first.id());
      fixture.settle();

      DnsZone second = fixture.claim(apex);

      assertThat(second.id()).isNotEqualTo(first.id());
    }

    @Test
    void zone_thatDoesNotExist_isEmpty() {
      String missing = unknown(fixture.createZone(fixture.apex()).id());

      assertThat(driver.zone(network, missing)).isEmpty();
    }

    @Test
    void zones_named_holdTheZoneOfThatName() {
      String apex = fixture.apex();
      DnsZone zone = fixture.createZone(apex);
      fixture.createZone("child." + apex);
      fixture.settle();

      assertThat(fixture.zonesNamed(apex)).extracting(DnsZone::id).containsExactly(zone.id());
    }

    @Test
    void zones_named_ofANameThatNobodyHas_holdNoneOfThatName() {
      String apex = fixture.apex();
      fixture.createZone("child." + apex);
      fixture.settle();

      assertThat(fixture.zonesNamed(apex)).extracting(DnsZone::name).doesNotContain(apex);
    }

    @Test
    void zones_inTheNetwork_holdTheZonesThatAnswerThere() {
      String apex = fixture.apex();
      DnsZone parent = fixture.claim(apex);
      DnsZone child = fixture.claim("child." + apex);
      fixture.settle();

      assertThat(fixture.zonesInNetwork(apex))
          .filteredOn(listed -> listed.name().endsWith(apex))
          .extracting(DnsZone::id)
          .containsExactlyInAnyOrder(parent.id(), child.id());
    }

    @Test
    void ownZones_holdThoseOfAnyNameWithTheirReferences_onSeveralPages() {
      String apex = fixture.apex();
      List<DnsZone> made =
          List.of(fixture.createZone(apex), fixture.claim("a." + apex), fixture.claim("b." + apex));
      fixture.settle();
      if (harness.canLimitPages()) {
        harness.limitPages(2);
      }

      assertThat(fixture.ownZones())
          .filteredOn(zone -> zone.name().endsWith(apex))
          .extracting(DnsZone::id, DnsZone::name, DnsZone::reference)
          .containsExactlyInAnyOrderElementsOf(
              made.stream().map(zone -> tuple(zone.id(), zone.name(), reference(zone))).toList());
    }

    private Optional<String> reference(DnsZone zone) {
      return driver.zone(network, zone.id()).orElseThrow().reference();
    }

    @Test
    void zones_onSeveralPages_areListedExactlyOnce() {
      assumeTrue(harness.canLimitPages(), "this harness cannot make pages small");
      String parent = fixture.apex();
      List<String> ids =
          IntStream.range(0, 5).mapToObj(i -> fixture.claim("z" + i + "." + parent).id()).toList();
      fixture.settle();
      harness.limitPages(2);

      assertThat(fixture.zonesInNetwork(parent))
          .extracting(DnsZone::id)
          .containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void zones_afterADeletion_holdItNoMore() {
      String apex = fixture.apex();
      DnsZone zone = fixture.createZone(apex);
      fixture.settle();

      fixture.patientlyRun(() -> driver.deleteZone(network, zone.id()));
      fixture.untilNoZone(zone.id());
      fixture.settle();

      assertThat(fixture.zonesNamed(apex)).extracting(DnsZone::id).doesNotContain(zone.id());
    }

    @Test
    void putRecords_areReadBack() {
      DnsZone zone = fixture.createZone(fixture.apex());

      fixture.put(
          zone, List.of(record("*", "all.example.com"), record("*.use1-az1", "one.example.com")));

      assertThat(fixture.records(zone))
          .extracting(ZoneRecord::host, ZoneRecord::target, ZoneRecord::ttlSeconds)
          .containsExactlyInAnyOrder(
              tuple("*", "all.example.com", 60), tuple("*.use1-az1", "one.example.com", 60));
    }

    @Test
    void putRecords_ofAnEndpointsName_areReadBack() {
      DnsZone zone = fixture.createZone(fixture.apex());
      String target = fixture.connected().dnsName().orElseThrow();

      fixture.put(zone, List.of(record("*", target)));

      assertThat(fixture.records(zone)).extracting(ZoneRecord::target).containsExactly(target);
    }

    @Test
    void putRecords_inAZoneThatAnswersAlready_areReadBack() {
      DnsZone zone = fixture.claim(fixture.apex());

      fixture.put(zone, List.of(record("*", "all.example.com")));

      assertThat(fixture.records(zone)).extracting(ZoneRecord::host).containsExactly("*");
    }

    @Test
    void putRecords_leaveOtherHostsAlone() {
      DnsZone zone = fixture.createZone(fixture.apex());
      fixture.put(zone, List.of(record("*", "all.example.com")));

      fixture.put(zone, List.of(record("*.a", "a.example.com")));

      assertThat(fixture.records(zone))
          .extracting(ZoneRecord::host, ZoneRecord::target)
          .containsExactlyInAnyOrder(tuple("*", "all.example.com"), tuple("*.a", "a.example.com"));
    }

    @Test
    void putRecords_ofAHostThatHasOne_replacesItOrIsRefused() {
      DnsZone zone = fixture.createZone(fixture.apex());
      fixture.put(zone, List.of(record("*", "old.example.com")));
      String expected;

      try {
        fixture.put(zone, List.of(record("*", "new.example.com")));
        expected = "new.example.com";
      } catch (RemoteException refused) {
        assertThat(refused.kind()).isEqualTo(ErrorKind.RECORD_CONFLICT);
        expected = "old.example.com";
      }
      fixture.settle();

      assertThat(fixture.records(zone)).extracting(ZoneRecord::target).containsExactly(expected);
    }

    @Test
    void putRecords_untilDone_reachAllNameServers() {
      DnsZone zone = fixture.createZone(fixture.apex());

      Optional<String> change =
          fixture.patiently(
              () -> driver.putRecords(network, zone, List.of(record("*", "all.example.com"))));

      assumeTrue(change.isPresent(), "this cloud's record changes are done at once");
      assertThat(change.get()).isNotBlank().doesNotContain("/");
      fixture.untilDone(change.get());
    }

    @Test
    void putRecords_inAZoneThatDoesNotExist_isNotFound() {
      DnsZone zone = fixture.createZone(fixture.apex());
      DnsZone missing = new DnsZone(unknown(zone.id()), zone.name(), Optional.empty(), Set.of());

      assertFailsWith(
          () -> driver.putRecords(network, missing, List.of(record("*", "all.example.com"))),
          ErrorKind.NOT_FOUND);
    }

    @Test
    void records_ofANewZone_areNone() {
      DnsZone zone = fixture.createZone(fixture.apex());

      assertThat(fixture.records(zone)).isEmpty();
    }

    @Test
    void records_ofAZoneThatDoesNotExist_areNotFound() {
      DnsZone zone = fixture.createZone(fixture.apex());
      DnsZone missing = new DnsZone(unknown(zone.id()), zone.name(), Optional.empty(), Set.of());

      assertFailsWith(
          () -> driver.records(network, missing, Optional.empty()), ErrorKind.NOT_FOUND);
    }

    @Test
    void records_onSeveralPages_areListedExactlyOnce() {
      assumeTrue(harness.canLimitPages(), "this harness cannot make pages small");
      DnsZone zone = fixture.createZone(fixture.apex());
      List<ZoneRecord> records =
          IntStream.range(0, 5).mapToObj(i -> record("*.z" + i, "t" + i + ".example.com")).toList();
      fixture.put(zone, records);
      harness.limitPages(2);

      assertThat(fixture.records(zone))
          .extracting(ZoneRecord::host)
          .containsExactlyInAnyOrder("*.z0", "*.z1", "*.z2", "*.z3", "*.z4");
    }

    @Test
    void removeRecords_removesThoseOnly() {
      DnsZone zone = fixture.createZone(fixture.apex());
      fixture.put(zone, List.of(record("*", "all.example.com"), record("*.a", "a.example.com")));
      ZoneRecord zonal = recordOf(zone, "*.a");

      fixture.patientlyRun(() -> driver.removeRecords(network, zone, List.of(zonal)));
      fixture.settle();

      assertThat(fixture.records(zone)).extracting(ZoneRecord::host).containsExactly("*");
    }

    @Test
    void removeRecords_thatAreGone_isRefused() {
      DnsZone zone = fixture.createZone(fixture.apex());
      fixture.put(zone, List.of(record("*", "all.example.com")));
      List<ZoneRecord> records = fixture.records(zone);
      fixture.clear(zone);

      assertFailsWith(
          () -> fixture.patientlyRun(() -> driver.removeRecords(network, zone, records)),
          ErrorKind.RECORD_CONFLICT,
          ErrorKind.NOT_FOUND);
    }

    @Test
    void removeRecords_ofOneThatIsGoneAmongOthers_removesNone() {
      assumeTrue(traits.recordsPerCall() > 1, "records are removed one by one");
      DnsZone zone = fixture.createZone(fixture.apex());
      fixture.put(zone, List.of(record("*", "all.example.com"), record("*.a", "a.example.com")));
      List<ZoneRecord> both = fixture.records(zone);
      ZoneRecord zonal = recordOf(zone, "*.a");
      fixture.patientlyRun(() -> driver.removeRecords(network, zone, List.of(zonal)));
      fixture.settle();

      assertFailsWith(
          () -> fixture.patientlyRun(() -> driver.removeRecords(network, zone, both)),
          ErrorKind.RECORD_CONFLICT);

      fixture.settle();
      assertThat(fixture.records(zone)).extracting(ZoneRecord::host).containsExactly("*");
    }

    @Test
    void bindZone_makesItAnswerInTheNetwork() {
      assumeFalse(traits.zoneBoundAtCreation(), "zones are bound at creation");
      DnsZone zone = fixture.createZone(fixture.apex());

      fixture.bind(zone, Set.of(bound(network)));

      fixture.settle();
      assertThat(fixture.zonesInNetwork(zone.name())).extracting(DnsZone::id).contains(zone.id());
    }

    @Test
    void bindZone_setsTheWholeList() {
      assumeFalse(traits.zoneBoundAtCreation(), "zones are bound at creation");
      DnsZone zone = fixture.createZone(fixture.apex());

      fixture.bind(zone, Set.of(bound(network), bound(harness.otherNetwork())));
      fixture.bind(zone, Set.of(bound(harness.otherNetwork())));

      assertThat(driver.zone(network, zone.id()).orElseThrow().networks())
          .containsExactly(bound(harness.otherNetwork()));
    }

    @Test
    void bindZone_toNothing_unbindsIt() {
      assumeFalse(traits.zoneBoundAtCreation(), "zones are bound at creation");
      DnsZone zone = fixture.claim(fixture.apex());

      fixture.bind(zone, Set.of());

      assertThat(driver.zone(network, zone.id()).orElseThrow().networks()).isEmpty();
    }

    @Test
    void bindZone_again_changesNothing() {
      assumeFalse(traits.zoneBoundAtCreation(), "zones are bound at creation");
      DnsZone zone = fixture.claim(fixture.apex());

      fixture.bind(zone, Set.of(bound(network)));

      assertThat(driver.zone(network, zone.id()).orElseThrow().networks())
          .containsExactly(bound(network));
    }

    @Test
    void bindZone_thatDoesNotExist_isNotFound() {
      assumeFalse(traits.zoneBoundAtCreation(), "zones are bound at creation");
      String missing = unknown(fixture.createZone(fixture.apex()).id());

      assertFailsWith(
          () -> driver.bindZone(network, missing, Set.of(bound(network))), ErrorKind.NOT_FOUND);
    }

    @Test
    void bindZone_toAVpcThatDoesNotExist_isRefused() {
      assumeFalse(traits.zoneBoundAtCreation(), "zones are bound at creation");
      DnsZone zone = fixture.createZone(fixture.apex());
      ClusterNetwork wrong = fixture.elsewhere(network.region(), unknown(network.vpcId()));

      assertFailsWith(
          () -> driver.bindZone(network, zone.id(), Set.of(bound(wrong))), ErrorKind.BAD_NETWORK);
    }

    @Test
    void deleteZone_thatIsEmpty_endsWithItGone() {
      DnsZone zone = fixture.createZone(fixture.apex());
      fixture.settle();

      fixture.patientlyRun(() -> driver.deleteZone(network, zone.id()));

      fixture.untilNoZone(zone.id());
    }

    @Test
    void deleteZone_afterItsRecordsAndBindingWereRemoved_endsWithItGone() {
      DnsZone zone = fixture.claim(fixture.apex());
      fixture.put(zone, List.of(record("*", "all.example.com"), record("*.a", "a.example.com")));

      fixture.unbind(zone);
      fixture.clear(zone);
      fixture.patientlyRun(() -> driver.deleteZone(network, zone.id()));

      fixture.untilNoZone(zone.id());
    }

    @Test
    void deleteZone_withRecords_isDoneOrRefused() {
      DnsZone zone = fixture.createZone(fixture.apex());
      fixture.put(zone, List.of(record("*", "all.example.com")));

      try {
        fixture.patientlyRun(() -> driver.deleteZone(network, zone.id()));
        fixture.untilNoZone(zone.id());
      } catch (RemoteException refused) {
        assertThat(refused.kind()).isEqualTo(ErrorKind.NOT_EMPTY);
        assertThat(fixture.records(zone)).extracting(ZoneRecord::host).containsExactly("*");
      }
    }

    @Test
    void deleteZone_thatAnswersAndHasRecords_isRefused() {
      DnsZone zone = fixture.claim(fixture.apex());
      fixture.put(zone, List.of(record("*", "all.example.com")));
      fixture.settle();

      assertFailsWith(
          () -> driver.deleteZone(network, zone.id()), ErrorKind.NOT_EMPTY, ErrorKind.BUSY);

      fixture.settle();
      assertThat(fixture.records(zone)).extracting(ZoneRecord::host).containsExactly("*");
    }

    @Test
    void deleteZone_thatIsBound_isRefused() {
      assumeFalse(traits.zoneBoundAtCreation(), "zones are bound as long as they exist");
      DnsZone zone = fixture.claim(fixture.apex());
      fixture.settle();

      assertFailsWith(
          () -> driver.deleteZone(network, zone.id()), ErrorKind.NOT_EMPTY, ErrorKind.BUSY);

      fixture.untilBound(zone, Set.of(bound(network)));
    }

    @Test
    void deleteZone_thatDoesNotExist_isNotFound() {
      String missing = unknown(fixture.createZone(fixture.apex()).id());

      assertFailsWith(() -> driver.deleteZone(network, missing), ErrorKind.NOT_FOUND);
    }

    private ZoneRecord recordOf(DnsZone zone, String host) {
      return fixture.records(zone).stream()
          .filter(record -> record.host().equals(host))
          .findFirst()
          .orElseThrow();
    }

    /**
     * Where zones are created without a network, it is open whether the account can have two of one
     * name.
     */
    private void assertDomainTaken(String apex) {
      if (traits.zoneBoundAtCreation()) {
        assertFailsWith(
            () -> driver.createZone(network, apex, fixture.reference()), ErrorKind.DOMAIN_TAKEN);
        return;
      }
      DnsZone second;
      try {
        second = fixture.createZone(apex);
      } catch (RemoteException refused) {
        assertThat(refused.kind()).isIn(ErrorKind.DOMAIN_TAKEN, ErrorKind.ALREADY_EXISTS);
        return;
      }
      fixture.settle();
      assertFailsWith(
          () -> driver.bindZone(network, second.id(), Set.of(bound(network))),
          ErrorKind.DOMAIN_TAKEN);
      assertThat(driver.zone(network, second.id()).orElseThrow().networks()).isEmpty();
    }
  }
}
