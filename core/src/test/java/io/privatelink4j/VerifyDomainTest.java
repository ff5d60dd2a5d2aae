package io.privatelink4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.privatelink4j.exception.NotFoundException;
import io.privatelink4j.exception.WaitInterruptedException;
import io.privatelink4j.kafka.BrokerListener;
import io.privatelink4j.kafka.KafkaListeners;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.DomainVerification;
import io.privatelink4j.model.NameCheck;
import io.privatelink4j.model.NameCheck.Outcome;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.spi.DnsSwitch;
import io.privatelink4j.testing.OwnedService;
import io.privatelink4j.testing.Resolution;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where names lead, as the cluster network's resolver answers. */
class VerifyDomainTest {
  private static final DomainRequest MANAGED = DomainRequest.managed();

  /** A connection and the resolver of its network, which counts. */
  private static final class World implements AutoCloseable {
    final Setup setup;
    final PrivateLinkConnection link;
    final List<String> asked = new ArrayList<>();

    World(CloudProvider flavour) {
      setup = new Setup(flavour);
      link = setup.active();
    }

    World attached() {
      setup.links.attachDomain(link, MANAGED);
      return this;
    }

    /** Gives each endpoint an address of its own in each zone. */
    List<InetAddress> resolve(String name) {
      asked.add(name);
      Resolution answer = setup.cloud.resolve(setup.network, name);
      if (answer.status() == Resolution.Status.SERVFAIL) {
        throw new IllegalStateException("no\nanswer");
      }
      List<String> zones = List.of(setup.zoneIds());
      int endpoint =
          answer.endpointId().filter(id -> !id.equals(link.endpointId())).isPresent() ? 2 : 1;
      return answer.zoneIds().stream()
          .map(zone -> address(10, 0, endpoint, zones.indexOf(zone) + 1))
          .toList();
    }

    DomainVerification verify(String... hosts) {
      return setup.links.verifyDomain(link, MANAGED, List.of(hosts), this::resolve);
    }

    NameCheck only(String host) {
      DomainVerification verification = verify(host + "." + apex());
      assertThat(verification.names()).hasSize(1);
      return verification.names().get(0);
    }

    String apex() {
      return setup.links.planDomain(link, MANAGED).apex();
    }

    /** Lets a record lead elsewhere, as somebody in a console may. */
    void edit(String host, String target) {
      setup.cloud.editRecordOutOfBand(setup.cloud.zones().get(0).id(), host, target);
      setup.settle();
    }

    String zonalName(String zone) {
      return setup.links.get(link).zonalHostNames().get(zone);
    }

    @Override
    public void close() {
      setup.close();
    }
  }

  private static InetAddress address(int... bytes) {
    try {
      return InetAddress.getByAddress(
          new byte[] {(byte) bytes[0], (byte) bytes[1], (byte) bytes[2], (byte) bytes[3]});
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void attachedDomain_leadsWhereItShould(CloudProvider flavour) {
    try (World world = new World(flavour).attached()) {
      DomainVerification verification =
          world.setup.links.verifyDomain(world.link, MANAGED, world::resolve);

      assertThat(verification.ok()).isTrue();
      assertThat(verification.names())
          .hasSameSizeAs(verification.plan().records())
          .allMatch(name -> name.outcome() == Outcome.CORRECT);
      for (String zone : world.setup.zoneIds()) {
        assertThat(verification.names())
            .anySatisfy(
                name -> {
                  assertThat(name.zoneId()).contains(zone);
                  assertThat(name.leadsTo()).containsExactly(zone);
                });
      }
      assertThat(world.asked).as("each name once").doesNotHaveDuplicates().hasSize(8);
    }
  }

  @Test
  void eachVerification_asksForNamesThatNoCacheKnows() {
    try (World world = new World(CloudProvider.AWS)) {
      DomainVerification before =
          world.setup.links.verifyDomain(world.link, MANAGED, world::resolve);
      world.attached();
      DomainVerification after =
          world.setup.links.verifyDomain(world.link, MANAGED, world::resolve);

      assertThat(before.names())
          .allMatch(name -> name.outcome() == Outcome.NOWHERE)
          .allMatch(name -> name.message().contains("Attach the domain"));
      assertThat(after.ok()).isTrue();
      assertThat(after.names())
          .extracting(NameCheck::name)
          .doesNotContainAnyElementsOf(before.names().stream().map(NameCheck::name).toList());
    }
  }

  @Test
  void plannedBrokers_areCheckedByTheirOwnNames() {
    try (World world = new World(CloudProvider.AWS).attached()) {
      world.edit("*.usw2-az2", world.zonalName("usw2-az1"));
      List<String> hosts =
          KafkaListeners.builder(world.setup.links.planDomain(world.link, MANAGED))
              .addBroker("b1", "usw2-az1")
              .addBroker("b2", "usw2-az2")
              .build()
              .listeners()
              .stream()
              .map(BrokerListener::host)
              .toList();

      DomainVerification verification =
          world.setup.links.verifyDomain(world.link, MANAGED, hosts, world::resolve);

      assertThat(verification.ok()).isFalse();
      assertThat(verification.wrong()).hasSize(1);
      NameCheck b2 = verification.wrong().get(0);
      assertThat(b2.name()).isEqualTo(hosts.get(1));
      assertThat(b2.outcome()).isEqualTo(Outcome.WRONG_ZONE);
      assertThat(b2.zoneId()).contains("usw2-az2");
      assertThat(b2.leadsTo()).containsExactly("usw2-az1");
      assertThat(b2.addresses()).containsExactly("10.0.1.1");
      assertThat(b2.toString())
          .isEqualTo(
              "WRONG_ZONE %s leads into usw2-az1 instead of usw2-az2. Correct the record that"
                  + " answers for it, or attach again.",
              hosts.get(1));
    }
  }

  @Test
  void zonalNameThatLeadsToAllZones_isWrong() {
    try (World world = new World(CloudProvider.AWS).attached()) {
      world.edit("*.usw2-az2", world.link.hostName().orElseThrow());

      NameCheck name = world.only("b2.usw2-az2");

      assertThat(name.outcome()).isEqualTo(Outcome.WRONG_ZONE);
      assertThat(name.leadsTo()).containsExactly("usw2-az1", "usw2-az2", "usw2-az3");
    }
  }

  @Test
  void wildcardThatLeadsIntoOneZone_isWrong() {
    try (World world = new World(CloudProvider.AWS).attached()) {
      world.edit("*", world.zonalName("usw2-az3"));

      NameCheck name = world.only("bootstrap");

      assertThat(name.outcome()).isEqualTo(Outcome.WRONG_ZONE);
      assertThat(name.zoneId()).isEmpty();
      assertThat(name.message()).contains("leads into usw2-az3 instead of all zones");
    }
  }

  @Test
  void resolverThatLeavesOutAddressesOfAWholeName_isNoMistake() {
    try (World world = new World(CloudProvider.AWS).attached()) {
      DomainVerification verification =
          world.setup.links.verifyDomain(
              world.link,
              MANAGED,
              List.of("x." + world.apex()),
              name -> {
                List<InetAddress> all = world.resolve(name);
                return all.size() == 3 && name.startsWith("x.") ? all.subList(1, 3) : all;
              });

      assertThat(verification.ok()).isTrue();
    }
  }

  @Test
  void nameOfAnotherEndpoint_leadsElsewhere() {
    try (World world = new World(CloudProvider.AWS).attached()) {
      PrivateLinkConnection other = world.setup.active();
      world.edit("*.usw2-az1", other.zonalHostNames().get("usw2-az1"));

      NameCheck name = world.only("b1.usw2-az1");

      assertThat(name.outcome()).isEqualTo(Outcome.ELSEWHERE);
      assertThat(name.leadsTo()).isEmpty();
      assertThat(name.message()).contains("leads to [10.0.2.1], not to the endpoint at [10.0.1.1]");
    }
  }

  @Test
  void missingRecord_isSeenByWhatAnswersInstead() {
    try (World world = new World(CloudProvider.AWS).attached()) {
      world.setup.cloud.removeRecordOutOfBand(world.setup.cloud.zones().get(0).id(), "*.usw2-az2");
      world.setup.settle();

      assertThat(world.only("b2.usw2-az2").outcome()).isEqualTo(Outcome.WRONG_ZONE);
    }
  }

  @Test
  void resolverThatFails_isAnAnswerToo() {
    try (World world = new World(CloudProvider.AWS).attached()) {
      world.setup.cloud.switchDns(world.setup.network, DnsSwitch.RESOLVER, false);

      NameCheck name = world.only("b1.usw2-az1");

      assertThat(name.outcome()).isEqualTo(Outcome.NOT_ANSWERED);
      assertThat(name.message()).contains("IllegalStateException: no\\u000aanswer");
    }
  }

  @Test
  void resolverThatKnowsNoEndpoint_leavesNothingToCompareWith() {
    try (World world = new World(CloudProvider.AWS).attached()) {
      DomainVerification verification =
          world.setup.links.verifyDomain(
              world.link,
              MANAGED,
              List.of("b1.usw2-az1." + world.apex()),
              name -> name.endsWith("amazonaws.com") ? List.of() : world.resolve(name));

      assertThat(verification.names())
          .extracting(NameCheck::outcome)
          .containsExactly(Outcome.NOT_COMPARED);
    }
  }

  @Test
  void endpointNameThatCannotBeLookedUp_isNoReasonToBlameAnother() {
    try (World world = new World(CloudProvider.AWS).attached()) {
      world.edit("*.usw2-az1", world.zonalName("usw2-az2"));
      String unanswered = world.zonalName("usw2-az2");

      DomainVerification verification =
          world.setup.links.verifyDomain(
              world.link,
              MANAGED,
              Stream.of("b1.usw2-az1.", "b3.usw2-az3.").map(n -> n + world.apex()).toList(),
              name -> {
                if (name.equals(unanswered)) {
                  throw new IllegalStateException("no answer");
                }
                List<InetAddress> all = world.resolve(name);
                return all.size() == 3 ? List.of(all.get(0), all.get(2)) : all;
              });

      assertThat(verification.names())
          .extracting(NameCheck::outcome)
          .containsExactly(Outcome.NOT_COMPARED, Outcome.CORRECT);
    }
  }

  @Test
  void nameOutsideTheDomain_isNotAskedFor() {
    try (World world = new World(CloudProvider.AWS).attached()) {
      DomainVerification verification =
          world.verify("b1.example.com", world.apex(), "", "\u0000", "x".repeat(9_999));

      assertThat(verification.names()).allMatch(n -> n.outcome() == Outcome.NOT_IN_DOMAIN);
      assertThat(verification.names()).allMatch(n -> n.name().length() <= 513);
      assertThat(world.asked).isEmpty();
    }
  }

  @Test
  void caseAndTrailingDot_doNotMatter() {
    try (World world = new World(CloudProvider.AWS).attached()) {
      assertThat(world.only("B1.USW2-AZ1").outcome()).isEqualTo(Outcome.CORRECT);
      assertThat(world.verify("b1." + world.apex() + ".").ok()).isTrue();
    }
  }

  @Test
  void namesAfterTheTimeout_areNotAskedFor() {
    try (World world = new World(CloudProvider.AWS).attached()) {
      DomainVerification verification =
          world
              .setup
              .links
              .withOperationTimeout(Duration.ofMinutes(1))
              .verifyDomain(
                  world.link,
                  MANAGED,
                  Stream.of("b1.usw2-az1.", "b2.usw2-az2.").map(n -> n + world.apex()).toList(),
                  name -> {
                    List<InetAddress> answer = world.resolve(name);
                    world.setup.time.advance(Duration.ofMinutes(2));
                    return answer;
                  });

      assertThat(world.asked).hasSize(1);
      assertThat(verification.names())
          .extracting(NameCheck::outcome)
          .containsExactly(Outcome.NOT_COMPARED, Outcome.NOT_ANSWERED);
    }
  }

  @Test
  void interruptedThread_endsTheLookUps() {
    try (World world = new World(CloudProvider.AWS).attached()) {
      assertThatExceptionOfType(WaitInterruptedException.class)
          .isThrownBy(
              () ->
                  world.setup.links.verifyDomain(
                      world.link,
                      MANAGED,
                      name -> {
                        Thread.currentThread().interrupt();
                        return List.of();
                      }));
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void jvmsResolver_doesNotKnowTheSimulatedNetwork() {
    try (Setup setup =
        new Setup(CloudProvider.AWS, b -> b.managedSuffix(CloudProvider.AWS, "plc.test.invalid"))) {
      OwnedService inOneZone = setup.cloud.publish("usw2-az1").allow(setup.cloud.accountId());
      PrivateLinkConnection link =
          setup.links.create(setup.request().type(inOneZone.type()).build());
      setup.settle();

      assertThat(setup.links.verifyDomain(link, MANAGED).names())
          .hasSize(2)
          .allMatch(name -> name.outcome() == Outcome.NOWHERE);
    }
  }

  @Test
  void withoutResolver_theJvmsIsAsked_forTheNamesGiven() {
    try (World world = new World(CloudProvider.AWS)) {
      DomainVerification verification =
          world.setup.links.verifyDomain(world.link, MANAGED, List.of("b1.example.com"));

      assertThat(verification.names())
          .extracting(NameCheck::outcome)
          .containsExactly(Outcome.NOT_IN_DOMAIN);
    }
  }

  @Test
  void badInput_isRefused() {
    try (World world = new World(CloudProvider.AWS)) {
      assertThatNullPointerException()
          .isThrownBy(
              () -> world.setup.links.verifyDomain(world.link, MANAGED, (List<String>) null))
          .withMessage("hosts");
      assertThatNullPointerException()
          .isThrownBy(() -> world.setup.links.verifyDomain(world.link, MANAGED, List.of(), null))
          .withMessage("resolver");
      assertThatExceptionOfType(NotFoundException.class)
          .isThrownBy(
              () ->
                  world.setup.links.verifyDomain(
                      ConnectionRef.of(Setup.CLUSTER, "plc-" + "a".repeat(26)),
                      MANAGED,
                      world::resolve));
    }
  }
}
