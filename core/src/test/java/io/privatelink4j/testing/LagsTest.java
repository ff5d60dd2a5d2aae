package io.privatelink4j.testing;

import static io.privatelink4j.testing.Sim.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.EndpointFilter;
import io.privatelink4j.spi.ErrorKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is seen late, on both clouds, if so assumed. */
class LagsTest {
  private static final EndpointFilter ONE = EndpointFilter.label("plc.id", "one");

  static List<Function<Assumption, Sim>> clouds() {
    return List.of(Sim::aws, Sim::alicloud);
  }

  @Nested
  class OfLists {

    @ParameterizedTest
    @MethodSource("io.privatelink4j.testing.LagsTest#clouds")
    void showNewEndpointsLateThoughReadsByIdDoNot(Function<Assumption, Sim> cloud) {
      Sim sim = cloud.apply(Assumption.FILTER_LAG_10S);
      String id = sim.create().id();

      assertThat(sim.read(id).labels()).containsKey("plc.id");
      sim.pass(9);
      assertThat(sim.list(ONE)).isEmpty();
      sim.pass(1);
      assertThat(sim.list(ONE)).containsExactly(id);
    }

    @ParameterizedTest
    @MethodSource("io.privatelink4j.testing.LagsTest#clouds")
    void showLabelChangesLate(Function<Assumption, Sim> cloud) {
      Sim sim = cloud.apply(Assumption.FILTER_LAG_2S);
      String id = sim.create().id();
      sim.pass(5);

      sim.driver.putLabels(sim.network, List.of(id), Map.of("plc.id", "two"));

      assertThat(sim.read(id).labels()).containsEntry("plc.id", "two");
      assertThat(sim.list(ONE)).containsExactly(id);
      assertThat(sim.driver.endpoints(sim.network, ONE, Optional.empty()).items().get(0).labels())
          .containsEntry("plc.id", "one");
      sim.pass(2);
      assertThat(sim.list(ONE)).isEmpty();
    }
  }

  @Nested
  class OfReadsById {

    @ParameterizedTest
    @MethodSource("io.privatelink4j.testing.LagsTest#clouds")
    void showLabelChangesLateButThoseOfTheCreationAtOnce(Function<Assumption, Sim> cloud) {
      Sim sim = cloud.apply(Assumption.LABEL_LAG_2S);
      String id = sim.create().id();
      assertThat(sim.read(id).labels()).containsEntry("plc.id", "one");
      assertThat(sim.list(ONE)).containsExactly(id);

      sim.driver.removeLabels(sim.network, id, Map.of("plc.id", "one"));

      sim.pass(1);
      assertThat(sim.read(id).labels()).containsEntry("plc.id", "one");
      assertThat(sim.list(ONE)).containsExactly(id);
      assertThat(sim.cloud.endpoints().get(0).labels()).isEmpty();
      sim.pass(1);
      assertThat(sim.read(id).labels()).isEmpty();
      assertThat(sim.list(ONE)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.privatelink4j.testing.LagsTest#clouds")
    void writesBuildOnWhatIsTrueNotOnWhatIsSeen(Function<Assumption, Sim> cloud) {
      Sim sim = cloud.apply(Assumption.LABEL_LAG_10S);
      String id = sim.create().id();

      sim.driver.putLabels(sim.network, List.of(id), Map.of("a", "x"));
      sim.driver.putLabels(sim.network, List.of(id), Map.of("b", "x"));
      sim.pass(10);

      assertThat(sim.read(id).labels()).containsKeys("a", "b", "plc.id");
    }

    @ParameterizedTest
    @MethodSource("io.privatelink4j.testing.LagsTest#clouds")
    void doNotFindAFreshEndpoint(Function<Assumption, Sim> cloud) {
      Sim sim = cloud.apply(Assumption.FRESH_ENDPOINT_MISSING_3S);
      String id = sim.create().id();

      assertThat(sim.driver.endpoint(sim.network, id)).isEmpty();
      assertThat(sim.list(ONE)).containsExactly(id);
      sim.pass(3);
      assertThat(sim.driver.endpoint(sim.network, id)).isPresent();
    }

    @ParameterizedTest
    @MethodSource("io.privatelink4j.testing.LagsTest#clouds")
    void doNotFindAFreshZoneThoughListsDo(Function<Assumption, Sim> cloud) {
      Sim sim = cloud.apply(Assumption.FRESH_ZONE_MISSING_3S);
      DnsZone zone = sim.driver.createZone(sim.network, "x.example.com", "reference");

      assertThat(sim.driver.zone(sim.network, zone.id())).isEmpty();
      assertFails(
          ErrorKind.NOT_FOUND,
          sim.driver.traits().zoneBoundAtCreation() ? "NoSuchHostedZone" : "Zone.NotExists",
          () ->
              sim.driver.putRecords(
                  sim.network, zone, List.of(Sim.cname("*", "target.example.com"))));
      assertThat(sim.ownZones()).hasSize(1);
      sim.pass(3);
      assertThat(sim.driver.zone(sim.network, zone.id())).isPresent();
    }
  }

  @ParameterizedTest
  @MethodSource("clouds")
  void aDeletionIsSeenLate(Function<Assumption, Sim> cloud) {
    Sim sim = cloud.apply(Assumption.DELETION_SEEN_AFTER_3S);
    String id = sim.connected().id();
    String before = sim.raw(id);

    sim.cloud.deleteEndpointOutOfBand(id);

    assertThat(sim.raw(id)).isEqualTo(before);
    assertThat(sim.cloud.leftovers()).isEmpty();
    sim.pass(3);
    assertThat(sim.raw(id)).startsWithIgnoringCase("deleting");
  }

  @ParameterizedTest
  @MethodSource("clouds")
  void aDeletionThatIsNotSeenYetIsNotUndone(Function<Assumption, Sim> cloud) {
    Sim sim = cloud.apply(Assumption.DELETION_SEEN_AFTER_3S);
    String connected = sim.connected().id();
    String waiting = sim.create().id();
    sim.cloud.deleteEndpointOutOfBand(connected);
    sim.cloud.deleteEndpointOutOfBand(waiting);

    assertThatThrownBy(() -> sim.service.accept(waiting)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> sim.service.reject(connected))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> sim.cloud.modify(connected)).isInstanceOf(IllegalStateException.class);
    sim.service.delete();
    sim.pass(3);
    assertThat(sim.raw(connected)).startsWithIgnoringCase("deleting");
    assertThat(sim.raw(waiting)).startsWithIgnoringCase("deleting");
  }

  @ParameterizedTest
  @MethodSource("clouds")
  void oldLabelsAreForgotten(Function<Assumption, Sim> cloud) {
    Sim sim = cloud.apply(Assumption.LABEL_LAG_10S);
    String id = sim.create().id();

    for (int i = 0; i < 200; i++) {
      sim.driver.putLabels(sim.network, List.of(id), Map.of("n", "v" + i));
      sim.pass(1);
    }

    assertThat(sim.read(id).labels()).containsEntry("n", "v190");
    sim.pass(10);
    assertThat(sim.read(id).labels()).containsEntry("n", "v199");
  }
}
