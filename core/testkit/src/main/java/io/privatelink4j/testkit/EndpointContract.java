package io.privatelink4j.testkit;

import static io.privatelink4j.testkit.Fixture.NO_LONGER_CONNECTED;
import static io.privatelink4j.testkit.Fixture.PATIENCE;
import static io.privatelink4j.testkit.Fixture.unknown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.privatelink4j.model.Acceptance;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.Action;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointFilter;
import io.privatelink4j.spi.EndpointSpec;
import io.privatelink4j.spi.EndpointZone;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.LinkState;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.spi.Page;
import io.privatelink4j.spi.RemoteException;
import io.privatelink4j.spi.ResourceState;
import io.privatelink4j.spi.ServiceDescription;
import io.privatelink4j.spi.Subnet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The part of the contract that is about networks, services and endpoints. */
abstract class EndpointContract extends ContractSetup {
  private static final String HOST_NAME = "[a-z0-9_-]+(\\.[a-z0-9_-]+)+";

  /** Which account we are, and where the network lies. */
  @Nested
  class Zones {

    @Test
    void traits_areAlwaysTheSame() {
      assertThat(driver.traits()).isEqualTo(traits);
    }

    @Test
    void traits_nameThePermissionAndTheBudgetOfEveryCall() {
      for (Operation operation : Operation.values()) {
        if (operation == Operation.READ_CHANGE || !Invocation.isMade(operation, traits)) {
          continue;
        }
        Action action = traits.action(operation);
        assertThat(action.name()).as("name of %s", operation).isNotBlank();
        assertThat(action.permission())
            .as("permission of %s", operation)
            .matches("[a-z0-9]+:[A-Za-z0-9]+");
        assertThat(action.family().name()).as("budget of %s", operation).isNotBlank();
      }
    }

    @Test
    void scope_ofTwoNetworksOfOneRegion_isTheSame() {
      assertThat(driver.scope(network))
          .contains("/")
          .isEqualTo(driver.scope(harness.otherNetwork()));
    }

    @Test
    void scope_ofAnotherRegion_differsAfterTheLastSlashOnly() {
      ClusterNetwork elsewhere = fixture.elsewhere(network.region() + "-x", network.vpcId());

      String here = driver.scope(network);
      String there = driver.scope(elsewhere);

      assertThat(there).isNotEqualTo(here);
      assertThat(there.substring(0, there.lastIndexOf('/')))
          .isEqualTo(here.substring(0, here.lastIndexOf('/')));
    }

    @Test
    void scope_makesNoRemoteCall() {
      long before = harness.remoteCalls();

      driver.scope(network);

      assertThat(harness.remoteCalls()).isEqualTo(before);
    }

    @Test
    void account_isTheNetworks() {
      assumeFalse(traits.accountFromSubnets(), "the subnets tell the account");

      assertThat(driver.account(network)).isEqualTo(harness.accountId());
    }

    @Test
    void subnets_tellTheirAccount() {
      assumeTrue(traits.accountFromSubnets(), "another call tells the account");

      assertThat(fixture.subnets())
          .extracting(Subnet::ownerAccount)
          .containsOnly(harness.accountId());
    }

    @Test
    void subnets_holdEverySubnetOfTheNetwork() {
      assertThat(fixture.subnets())
          .extracting(Subnet::id)
          .hasSize(3)
          .containsExactlyInAnyOrderElementsOf(network.subnetIds());
    }

    @Test
    void subnets_lieInTheNetworksVpc() {
      assertThat(fixture.subnets()).extracting(Subnet::vpcId).containsOnly(network.vpcId());
    }

    @Test
    void subnets_lieInZonesOfTheirOwn() {
      assertThat(fixture.subnets())
          .extracting(Subnet::zoneId)
          .doesNotHaveDuplicates()
          .allMatch(zone -> !zone.isBlank());
      assertThat(fixture.subnets())
          .extracting(Subnet::zoneName)
          .doesNotHaveDuplicates()
          .allMatch(zone -> !zone.isBlank());
    }

    @Test
    void subnets_ofTwoNetworks_areToldApart() {
      List<Subnet> others = fixture.subnets(harness.otherNetwork());

      assertThat(others).extracting(Subnet::vpcId).containsOnly(harness.otherNetwork().vpcId());
      assertThat(others).doesNotContainAnyElementsOf(fixture.subnets());
    }

    @Test
    void subnets_withFreeAddresses_tellHowMany() {
      assertThat(fixture.subnets())
          .allSatisfy(
              subnet -> assertThat(subnet.freeAddresses().orElse(1)).as("%s", subnet).isPositive());
    }

    @Test
    void subnets_thatDoNotExist_areAbsentOrRefused() {
      String missing = unknown(network.subnetIds().get(0));
      ClusterNetwork wrong =
          fixture.network(
              network.region(), network.vpcId(), List.of(missing), network.securityGroupIds());

      try {
        assertThat(fixture.subnets(wrong)).isEmpty();
      } catch (RemoteException refused) {
        assertThat(refused.kind()).isEqualTo(ErrorKind.BAD_NETWORK);
      }
    }
  }

  /** What the cloud tells of an endpoint service. */
  @Nested
  class Services {

    @Test
    void service_thatAllowsUs_hasItsName() {
      String service = fixture.publish(Acceptance.REQUIRED);

      assertThat(describe(service).serviceName()).isEqualTo(service);
    }

    @ParameterizedTest
    @EnumSource(
        value = Acceptance.class,
        names = {"REQUIRED", "AUTOMATIC"})
    void service_tellsWhetherTheOwnerHasToAccept(Acceptance acceptance) {
      String service = fixture.publish(acceptance);

      assertThat(describe(service).acceptance()).isIn(acceptance, Acceptance.UNKNOWN);
    }

    @Test
    void service_inAllZones_tellsThem() {
      assertZones(describe(fixture.publish(Acceptance.REQUIRED)), fixture.subnets());
    }

    @Test
    void service_inOneZone_tellsThatOneOnly() {
      Subnet last = fixture.subnets().get(2);
      String service = harness.publishService(List.of(last.zoneId()), Acceptance.REQUIRED);
      harness.allow(service);
      fixture.settle();

      assertZones(describe(service), List.of(last));
    }

    @Test
    void service_thatDoesNotAllowUs_isEmpty() {
      String service = harness.publishService(fixture.zoneIds(), Acceptance.REQUIRED);
      fixture.settle();

      assertThat(driver.service(network, fixture.type(service))).isEmpty();
    }

    @Test
    void service_thatAllowsUsLater_isFoundThen() {
      String service = harness.publishService(fixture.zoneIds(), Acceptance.REQUIRED);
      fixture.settle();
      assertThat(driver.service(network, fixture.type(service))).isEmpty();

      harness.allow(service);
      fixture.settle();

      assertThat(describe(service).serviceName()).isEqualTo(service);
    }

    @Test
    void service_thatDoesNotExist_isEmpty() {
      String service = unknown(fixture.publish(Acceptance.REQUIRED));

      assertThat(driver.service(network, fixture.type(service))).isEmpty();
    }

    @Test
    void service_ofAnotherRegion_isEmpty() {
      String service =
          fixture.publish(Acceptance.REQUIRED).replace(network.region(), "xx-nowhere-1");

      assertThat(driver.service(network, fixture.type(service))).isEmpty();
    }

    @Test
    void service_thatItsOwnerDeleted_isEmpty() {
      String service = fixture.publish(Acceptance.REQUIRED);

      harness.deleteService(service);
      fixture.settle();

      assertThat(driver.service(network, fixture.type(service))).isEmpty();
    }

    private ServiceDescription describe(String service) {
      return driver.service(network, fixture.type(service)).orElseThrow();
    }

    private void assertZones(ServiceDescription description, List<Subnet> expected) {
      assertThat(description.zoneIds().isEmpty() && description.zoneNames().isEmpty())
          .as("%s tells neither ids nor names of its zones", description)
          .isFalse();
      if (!description.zoneIds().isEmpty()) {
        assertThat(description.zoneIds())
            .containsExactlyInAnyOrderElementsOf(expected.stream().map(Subnet::zoneId).toList());
      }
      if (!description.zoneNames().isEmpty()) {
        assertThat(description.zoneNames())
            .containsExactlyInAnyOrderElementsOf(expected.stream().map(Subnet::zoneName).toList());
      }
    }
  }

  /** Creating endpoints, and what becomes of them. */
  @Nested
  class Create {

    @Test
    void create_answersWithTheEndpoint() {
      String service = fixture.publish(Acceptance.REQUIRED);

      Endpoint created = fixture.create(fixture.spec(service, Map.of(), fixture.token()));

      assertThat(created.id()).isNotBlank();
      assertThat(created.serviceName()).isEqualTo(service);
      assertThat(created.vpcId()).isEqualTo(network.vpcId());
      assertThat(created.resource())
          .isNotIn(
              ResourceState.DELETING,
              ResourceState.DELETED,
              ResourceState.FAILED,
              ResourceState.UNKNOWN);
      assertThat(created.rawStatus()).isNotBlank();
      assertThat(created.failure()).isEmpty();
      assertThat(created.billingLocked()).isFalse();
    }

    @Test
    void create_isReadBackById() {
      Endpoint created = newEndpoint(Acceptance.REQUIRED);

      Endpoint read = fixture.read(created.id());

      assertThat(read.id()).isEqualTo(created.id());
      assertThat(read.serviceName()).isEqualTo(created.serviceName());
      assertThat(read.vpcId()).isEqualTo(created.vpcId());
      assertThat(read.createTime()).isEqualTo(created.createTime());
      assertThat(read.rawStatus()).isNotBlank();
    }

    @Test
    void create_setsTheLabelsInTheSameCall() {
      Map<String, String> labels =
          Map.of("plc.v", "v1", "plc.cluster", "c10581234", "plc.x_y-z", "a.B-c_9");
      String service = fixture.publish(Acceptance.REQUIRED);

      Endpoint created = fixture.create(fixture.spec(service, labels, fixture.token()));

      assertThat(fixture.read(created.id()).labels()).containsAllEntriesOf(labels);
    }

    @Test
    void create_later_hasALaterCreateTime() {
      Endpoint first = newEndpoint(Acceptance.REQUIRED);
      fixture.settle();

      Endpoint second = newEndpoint(Acceptance.REQUIRED);

      assertThat(second.createTime()).isAfter(first.createTime());
    }

    @Test
    void create_takesAnAddressInEverySubnetOfTheSpec() {
      Endpoint endpoint = fixture.awaiting();

      assertThat(fixture.subnetsOf(fixture.zones(fixture.read(endpoint.id()))))
          .containsExactlyInAnyOrderElementsOf(fixture.subnets());
    }

    @Test
    void create_withSomeOfTheSubnets_takesNoOtherZone() {
      List<Subnet> two = fixture.subnets().subList(1, 3);
      String service = fixture.publish(Acceptance.REQUIRED);

      Endpoint created = fixture.create(fixture.spec(service, two, Map.of(), fixture.token()));
      fixture.untilAwaitingOwner(created.id());

      assertThat(fixture.subnetsOf(fixture.zones(fixture.read(created.id()))))
          .containsExactlyInAnyOrderElementsOf(two);
    }

    @Test
    void create_ofAServiceThatDoesNotExist_isRefused() {
      String service = unknown(fixture.publish(Acceptance.REQUIRED));

      assertFailsWith(
          () -> fixture.create(fixture.spec(service, Map.of(), fixture.token())),
          ErrorKind.SERVICE_NOT_USABLE);
    }

    @Test
    void create_ofAServiceThatDoesNotAllowUs_isRefused() {
      String service = harness.publishService(fixture.zoneIds(), Acceptance.AUTOMATIC);
      fixture.settle();

      assertFailsWith(
          () -> fixture.create(fixture.spec(service, Map.of(), fixture.token())),
          ErrorKind.SERVICE_NOT_USABLE);
    }

    @Test
    void create_inAZoneThatTheServiceLacks_isRefused() {
      String service =
          harness.publishService(List.of(fixture.subnets().get(0).zoneId()), Acceptance.AUTOMATIC);
      harness.allow(service);
      fixture.settle();

      assertFailsWith(
          () -> fixture.create(fixture.spec(service, Map.of(), fixture.token())),
          ErrorKind.ZONE_NOT_SERVED);
    }

    @Test
    void create_inASubnetThatDoesNotExist_isRefused() {
      Subnet real = fixture.subnets().get(0);
      Subnet missing =
          new Subnet(
              unknown(real.id()),
              real.vpcId(),
              real.zoneId(),
              real.zoneName(),
              real.ownerAccount(),
              real.freeAddresses());
      EndpointSpec spec =
          fixture.spec(
              fixture.publish(Acceptance.REQUIRED), List.of(missing), Map.of(), fixture.token());

      assertFailsWith(() -> fixture.create(spec), ErrorKind.BAD_NETWORK);
    }

    @Test
    void create_inAVpcThatDoesNotExist_isRefused() {
      ClusterNetwork wrong = fixture.elsewhere(network.region(), unknown(network.vpcId()));
      EndpointSpec spec =
          fixture.spec(fixture.publish(Acceptance.REQUIRED), Map.of(), fixture.token());

      assertFailsWith(
          () -> fixture.patiently(() -> driver.createEndpoint(wrong, spec)), ErrorKind.BAD_NETWORK);
    }

    @Test
    void create_withASecurityGroupThatDoesNotExist_isRefused() {
      ClusterNetwork wrong =
          fixture.network(
              network.region(),
              network.vpcId(),
              network.subnetIds(),
              List.of(unknown(network.securityGroupIds().get(0))));
      EndpointSpec spec =
          fixture.spec(fixture.publish(Acceptance.REQUIRED), Map.of(), fixture.token());

      assertFailsWith(
          () -> fixture.patiently(() -> driver.createEndpoint(wrong, spec)), ErrorKind.BAD_NETWORK);
    }

    @Test
    void create_thatIsRefused_leavesNothing() {
      Map<String, String> labels = Map.of("plc.testkit", "refused");
      String service = harness.publishService(fixture.zoneIds(), Acceptance.AUTOMATIC);
      fixture.settle();
      failureOf(() -> fixture.create(fixture.spec(service, labels, fixture.token())));
      fixture.settle();

      assertThat(fixture.endpoints(EndpointFilter.label("plc.testkit", "refused")))
          .extracting(Endpoint::serviceName)
          .doesNotContain(service);
    }

    @Test
    void endpoint_ofAServiceWithAcceptance_waitsForTheOwner() {
      Endpoint created = newEndpoint(Acceptance.REQUIRED);

      Endpoint waiting = fixture.untilAwaitingOwner(created.id());

      assertThat(waiting.failure()).isEmpty();
    }

    @Test
    void endpoint_thatWaits_isNeverConnectedBeforeTheOwnerAccepts() {
      Endpoint waiting = fixture.awaiting();

      harness.advance(PATIENCE);

      assertThat(fixture.read(waiting.id()).link())
          .isIn(LinkState.AWAITING_OWNER, LinkState.DISCONNECTED);
    }

    @Test
    void endpoint_thatTheOwnerAccepts_becomesConnected() {
      Endpoint waiting = fixture.awaiting();

      harness.accept(waiting.id());

      assertThat(fixture.untilConnected(waiting.id()).failure()).isEmpty();
    }

    @Test
    void endpoint_ofAServiceWithoutAcceptance_becomesConnectedByItself() {
      Endpoint created = newEndpoint(Acceptance.AUTOMATIC);

      assertThat(fixture.untilConnected(created.id()).failure()).isEmpty();
    }

    @Test
    void endpoint_onItsWayToConnected_isNeverReportedAsEnded() {
      Endpoint waiting = fixture.awaiting();
      harness.accept(waiting.id());

      fixture.eventuallyHoldsSeenEachSecond(
          PATIENCE,
          () -> {
            Endpoint seen = fixture.read(waiting.id());
            if (seen.link() == LinkState.REJECTED || seen.resource() == ResourceState.FAILED) {
              throw new IllegalStateException("reported as ended: " + seen);
            }
            assertThat(seen.link()).isEqualTo(LinkState.CONNECTED);
          });
    }

    @Test
    void endpoint_thatTheOwnerRejects_isNotConnected() {
      Endpoint waiting = fixture.awaiting();

      harness.reject(waiting.id());

      assertThat(fixture.untilCut(waiting.id()).link()).isIn(NO_LONGER_CONNECTED);
    }

    @Test
    void endpoint_thatTheOwnerCuts_isNoLongerConnected() {
      Endpoint connected = fixture.connected();

      harness.reject(connected.id());

      assertThat(fixture.untilCut(connected.id()).link()).isIn(NO_LONGER_CONNECTED);
    }

    @Test
    void endpoint_ofADeletedService_isNoLongerConnected() {
      Endpoint connected = fixture.connected();

      harness.deleteService(connected.serviceName());

      assertThat(fixture.untilCut(connected.id()).link()).isIn(NO_LONGER_CONNECTED);
    }

    @Test
    void endpoint_connected_hasARegionalName() {
      Endpoint connected = fixture.connected();

      assertThat(connected.dnsName().orElse("")).matches(HOST_NAME);
    }

    @Test
    void endpoint_connected_hasANameForEachZone() {
      Endpoint connected = fixture.connected();

      Map<Subnet, String> names = zonalNames(connected);

      assertThat(names).containsOnlyKeys(fixture.subnets());
      assertThat(names.values())
          .doesNotHaveDuplicates()
          .doesNotContain(connected.dnsName().orElse(""))
          .allMatch(name -> name.matches(HOST_NAME));
    }

    @Test
    void endpoint_connected_keepsItsNames() {
      Endpoint connected = fixture.connected();
      Map<Subnet, String> names = zonalNames(connected);

      harness.advance(PATIENCE);

      Endpoint later = fixture.read(connected.id());
      assertThat(later.dnsName()).isEqualTo(connected.dnsName());
      assertThat(zonalNames(later)).isEqualTo(names);
    }

    @Test
    void endpoints_haveNamesOfTheirOwn() {
      Endpoint one = fixture.connected();
      Endpoint two = fixture.connected();

      assertThat(one.dnsName()).isPresent().isNotEqualTo(two.dnsName());
    }

    @Test
    void endpoint_thatDoesNotExist_isEmpty() {
      String missing = unknown(fixture.awaiting().id());

      assertThat(driver.endpoint(network, missing)).isEmpty();
    }

    @Test
    void endpointZones_ofAnEndpointThatDoesNotExist_areNotFound() {
      assumeFalse(traits.zonesInEndpoint(), "the endpoint tells its zones");
      String missing = unknown(fixture.awaiting().id());

      assertFailsWith(() -> driver.endpointZones(network, missing), ErrorKind.NOT_FOUND);
    }

    @Test
    void endpoint_deletedByOthers_isGone() {
      Endpoint connected = fixture.connected();

      harness.deleteOutOfBand(connected.id());

      fixture.untilGone(connected.id());
      assertThat(Fixture.isGone(driver.endpoint(network, connected.id()))).isTrue();
    }

    private Endpoint newEndpoint(Acceptance acceptance) {
      return fixture.create(fixture.spec(fixture.publish(acceptance), Map.of(), fixture.token()));
    }

    /**
     * Found through the zone's name in the account, or through the endpoint's zones, whichever the
     * cloud tells.
     */
    private Map<Subnet, String> zonalNames(Endpoint endpoint) {
      Map<Subnet, String> names = new HashMap<>();
      if (traits.zonesInEndpoint()) {
        for (Subnet subnet : fixture.subnets()) {
          String name = endpoint.zonalDnsNames().get(subnet.zoneName());
          if (name != null) {
            names.put(subnet, name);
          }
        }
      } else {
        for (EndpointZone zone : fixture.zones(endpoint)) {
          zone.dnsName()
              .ifPresent(
                  name -> names.put(fixture.subnetsOf(List.of(zone)).iterator().next(), name));
        }
      }
      return names;
    }
  }

  /** Creating the same endpoint again. */
  @Nested
  class Idempotency {

    @Test
    void create_withTheSameToken_returnsTheSameEndpoint() {
      assumeTrue(harness.remembersTokens(), "this cloud forgets client tokens at once");
      EndpointSpec spec = newSpec(Map.of("plc.testkit", "token"));

      Endpoint first = fixture.create(spec);
      Endpoint second = fixture.create(spec);

      assertThat(second.id()).isEqualTo(first.id());
    }

    @Test
    void create_withTheSameToken_makesOneEndpoint() {
      assumeTrue(harness.remembersTokens(), "this cloud forgets client tokens at once");
      EndpointSpec spec = newSpec(Map.of("plc.testkit", "token"));

      fixture.create(spec);
      fixture.create(spec);
      fixture.settle();

      assertThat(fixture.endpoints(EndpointFilter.label("plc.testkit", "token")))
          .filteredOn(endpoint -> "token".equals(endpoint.labels().get("plc.testkit")))
          .hasSize(1);
    }

    @Test
    void create_withTheSameTokenAndOtherLabels_isAMismatch() {
      assumeTrue(harness.remembersTokens(), "this cloud forgets client tokens at once");
      EndpointSpec spec = newSpec(Map.of("plc.testkit", "token"));
      fixture.create(spec);

      EndpointSpec other =
          fixture.spec(
              spec.type().serviceName(), Map.of("plc.testkit", "other"), spec.clientToken());

      assertFailsWith(() -> fixture.create(other), ErrorKind.TOKEN_MISMATCH);
    }

    @Test
    void create_withTheSameTokenAndOtherSubnets_isAMismatch() {
      assumeTrue(harness.remembersTokens(), "this cloud forgets client tokens at once");
      EndpointSpec spec = newSpec(Map.of());
      fixture.create(spec);

      EndpointSpec other =
          fixture.spec(
              spec.type().serviceName(),
              spec.subnets().subList(0, 2),
              Map.of(),
              spec.clientToken());

      assertFailsWith(() -> fixture.create(other), ErrorKind.TOKEN_MISMATCH);
    }

    @Test
    void create_withTheSameTokenAfterALostReply_returnsTheEndpointMadeBefore() {
      assumeTrue(harness.remembersTokens(), "this cloud forgets client tokens at once");
      EndpointSpec spec = newSpec(Map.of("plc.testkit", "lost"));
      harness.failNext(Operation.CREATE_ENDPOINT, Fault.REPLY_LOST);
      assertFailsWith(() -> driver.createEndpoint(network, spec), ErrorKind.OUTCOME_UNKNOWN);

      Endpoint repeated = fixture.create(spec);
      fixture.settle();

      assertThat(fixture.endpoints(EndpointFilter.label("plc.testkit", "lost")))
          .filteredOn(endpoint -> "lost".equals(endpoint.labels().get("plc.testkit")))
          .extracting(Endpoint::id)
          .containsExactly(repeated.id());
    }

    @Test
    void create_withAnotherToken_neverReturnsTheFirstEndpoint() {
      EndpointSpec spec = newSpec(Map.of());
      Endpoint first = fixture.create(spec);
      fixture.untilAwaitingOwner(first.id());
      EndpointSpec again = fixture.spec(spec.type().serviceName(), Map.of(), fixture.token());

      try {
        assertThat(fixture.create(again).id()).isNotEqualTo(first.id());
      } catch (RemoteException refused) {
        // Whether a cloud allows a second endpoint of the same service is not documented
        // everywhere.
        assertThat(refused.kind()).isEqualTo(ErrorKind.ALREADY_EXISTS);
      }
    }

    private EndpointSpec newSpec(Map<String, String> labels) {
      return fixture.spec(fixture.publish(Acceptance.REQUIRED), labels, fixture.token());
    }
  }

  /** Finding endpoints. */
  @Nested
  class Lists {

    @Test
    void endpoints_byLabel_holdEveryEndpointThatHasIt() {
      List<Endpoint> created = fixture.several(3, Map.of("plc.cluster", "a"));

      assertThat(ids(fixture.endpoints(EndpointFilter.label("plc.cluster", "a"))))
          .containsAll(ids(created));
    }

    @Test
    void endpoints_byLabel_holdEndpointsThatGotItLater() {
      Endpoint endpoint = fixture.awaiting();

      fixture.patientlyRun(
          () -> driver.putLabels(network, List.of(endpoint.id()), Map.of("plc.late", "yes")));
      fixture.settle();

      assertThat(ids(fixture.endpoints(EndpointFilter.label("plc.late", "yes"))))
          .contains(endpoint.id());
    }

    @Test
    void endpoints_byLabel_areFoundByValuesWithEveryCharacterInUse() {
      String value = "aZ09.b_c-d";
      Endpoint endpoint = fixture.awaiting(Map.of("plc.value", value));

      assertThat(ids(fixture.endpoints(EndpointFilter.label("plc.value", value))))
          .contains(endpoint.id());
    }

    @Test
    void endpoints_byTwoLabels_holdTheEndpointThatHasBoth() {
      Endpoint both = fixture.awaiting(Map.of("plc.one", "first", "plc.two", "second"));

      EndpointFilter filter =
          new EndpointFilter(
              Map.of("plc.one", "first", "plc.two", "second"), List.of(), Optional.empty());

      assertThat(ids(fixture.endpoints(filter))).contains(both.id());
    }

    @Test
    void endpoints_byLabelThatNobodyHas_holdNoneThatHasIt() {
      fixture.awaiting(Map.of("plc.one", "first"));

      assertThat(fixture.endpoints(EndpointFilter.label("plc.one", "other")))
          .noneMatch(endpoint -> "other".equals(endpoint.labels().get("plc.one")));
    }

    @Test
    void endpoints_byService_holdTheServicesEndpoints() {
      Endpoint endpoint = fixture.awaiting();

      assertThat(ids(fixture.endpoints(EndpointFilter.service(endpoint.serviceName()))))
          .contains(endpoint.id());
    }

    @Test
    void endpoints_byId_holdTheOnesThatExist() {
      assumeTrue(traits.idsPerFilter() > 0, "endpoints cannot be filtered by id");
      Endpoint endpoint = fixture.awaiting();

      assertThat(ids(fixture.endpoints(EndpointFilter.ids(List.of(endpoint.id())))))
          .contains(endpoint.id());
    }

    @Test
    void endpoints_byIdsThatDoNotExist_areNoError() {
      assumeTrue(traits.idsPerFilter() > 1, "endpoints cannot be filtered by several ids");
      Endpoint endpoint = fixture.awaiting();
      String missing = unknown(endpoint.id());

      assertThat(ids(fixture.endpoints(EndpointFilter.ids(List.of(missing, endpoint.id())))))
          .contains(endpoint.id())
          .doesNotContain(missing);
    }

    @Test
    void endpoints_ofAnotherNetworkOfTheScope_areListedToo() {
      ClusterNetwork other = harness.otherNetwork();
      String service = fixture.publish(Acceptance.REQUIRED);
      EndpointSpec spec =
          fixture.spec(
              service, fixture.subnets(other), Map.of("plc.cluster", "b"), fixture.token());
      Endpoint elsewhere = fixture.patiently(() -> driver.createEndpoint(other, spec));
      fixture.settle();

      assertThat(fixture.endpoints(EndpointFilter.label("plc.cluster", "b")))
          .filteredOn(endpoint -> endpoint.id().equals(elsewhere.id()))
          .extracting(Endpoint::vpcId)
          .containsExactly(other.vpcId());
    }

    @Test
    void endpoints_tellWhatAReadByIdTells() {
      Endpoint endpoint = fixture.awaiting(Map.of("plc.cluster", "a", "plc.id", "plc-1"));

      Endpoint read = fixture.read(endpoint.id());
      Endpoint listed =
          fixture.endpoints(EndpointFilter.label("plc.cluster", "a")).stream()
              .filter(e -> e.id().equals(endpoint.id()))
              .findFirst()
              .orElseThrow();

      assertThat(listed.serviceName()).isEqualTo(read.serviceName());
      assertThat(listed.vpcId()).isEqualTo(read.vpcId());
      assertThat(listed.labels()).isEqualTo(read.labels());
      assertThat(listed.createTime()).isEqualTo(read.createTime());
      assertThat(listed.resource()).isEqualTo(read.resource());
      assertThat(listed.link()).isEqualTo(read.link());
      assertThat(listed.rawStatus()).isEqualTo(read.rawStatus());
      assertThat(listed.dnsName()).isEqualTo(read.dnsName());
    }

    @Test
    void endpoints_afterADeletion_doNotHoldItAsAlive() {
      Endpoint endpoint = fixture.awaiting(Map.of("plc.cluster", "a"));
      fixture.removeZonesFirst(endpoint.id());
      fixture.beginDelete(List.of(endpoint.id()));
      fixture.untilGone(endpoint.id());
      fixture.settle();

      assertThat(fixture.endpoints(EndpointFilter.label("plc.cluster", "a")))
          .filteredOn(listed -> listed.id().equals(endpoint.id()))
          .extracting(Endpoint::resource)
          .isSubsetOf(ResourceState.DELETING, ResourceState.DELETED);
    }

    @Test
    void endpoints_onOnePage_areNoMoreThanTheTraitsSay() {
      fixture.several(2, Map.of("plc.cluster", "a"));

      assertThat(pages(EndpointFilter.label("plc.cluster", "a")))
          .allSatisfy(
              page -> assertThat(page.items()).hasSizeLessThanOrEqualTo(traits.endpointsPerPage()));
    }

    @Test
    void endpoints_onSeveralPages_areListedExactlyOnce() {
      assumeTrue(harness.canLimitPages(), "this harness cannot make pages small");
      List<Endpoint> created = fixture.several(5, Map.of("plc.cluster", "a"));
      harness.limitPages(2);

      List<Page<Endpoint>> pages = pages(EndpointFilter.label("plc.cluster", "a"));

      assertThat(pages).hasSizeGreaterThanOrEqualTo(3);
      assertThat(pages.stream().flatMap(page -> page.items().stream()).map(Endpoint::id))
          .containsExactlyInAnyOrderElementsOf(ids(created));
    }

    @Test
    void endpointsById_areTheOnesAskedFor() {
      List<Endpoint> created = fixture.several(3, Map.of());
      List<String> asked = ids(created).subList(0, Math.min(2, traits.idsPerRead()));

      assertThat(ids(driver.endpointsById(network, asked)))
          .containsExactlyInAnyOrderElementsOf(asked);
    }

    @Test
    void endpointsById_tellWhatOneReadTells() {
      Endpoint endpoint = fixture.awaiting(Map.of("plc.cluster", "a"));

      assertThat(driver.endpointsById(network, List.of(endpoint.id())))
          .containsExactly(fixture.read(endpoint.id()));
    }

    @Test
    void endpointsById_ofOneThatDoesNotExist_isNotFound() {
      String missing = unknown(fixture.awaiting().id());

      assertFailsWith(() -> driver.endpointsById(network, List.of(missing)), ErrorKind.NOT_FOUND);
    }

    @Test
    void endpointsById_ofOneUnknownAmongKnown_isNotFound() {
      assumeTrue(traits.idsPerRead() > 1, "endpoints are read one by one");
      String known = fixture.awaiting().id();

      assertFailsWith(
          () -> driver.endpointsById(network, List.of(known, unknown(known))), ErrorKind.NOT_FOUND);
    }

    private List<Page<Endpoint>> pages(EndpointFilter filter) {
      return fixture.pages(token -> driver.endpoints(network, filter, token));
    }

    private List<String> ids(List<Endpoint> endpoints) {
      return endpoints.stream().map(Endpoint::id).toList();
    }
  }

  /** Labels: the only state that the library keeps. */
  @Nested
  class Labels {

    @Test
    void putLabels_setsThem() {
      Endpoint endpoint = fixture.awaiting(Map.of());

      put(endpoint, Map.of("plc.up", "yes", "plc.name", "orders"));

      assertLabels(endpoint, Map.of("plc.up", "yes", "plc.name", "orders"));
    }

    @Test
    void putLabels_leavesOthersAlone() {
      Endpoint endpoint = fixture.awaiting(Map.of("plc.v", "v1", "team", "data"));

      put(endpoint, Map.of("plc.up", "yes"));

      assertLabels(endpoint, Map.of("plc.v", "v1", "team", "data", "plc.up", "yes"));
    }

    @Test
    void putLabels_replacesTheValue() {
      Endpoint endpoint = fixture.awaiting(Map.of("plc.d.1", "attaching"));

      put(endpoint, Map.of("plc.d.1", "attached"));

      assertLabels(endpoint, Map.of("plc.d.1", "attached"));
    }

    @Test
    void putLabels_again_changesNothing() {
      Endpoint endpoint = fixture.awaiting(Map.of("plc.v", "v1"));

      put(endpoint, Map.of("plc.up", "yes"));
      put(endpoint, Map.of("plc.up", "yes"));

      assertLabels(endpoint, Map.of("plc.v", "v1", "plc.up", "yes"));
    }

    @Test
    void putLabels_onSeveralEndpoints_setsThemOnEach() {
      assumeTrue(traits.idsPerLabelCall() > 1, "labels are set one endpoint at a time");
      List<Endpoint> endpoints = fixture.several(2, Map.of());
      List<String> ids = endpoints.stream().map(Endpoint::id).toList();

      fixture.patientlyRun(() -> driver.putLabels(network, ids, Map.of("plc.up", "yes")));

      endpoints.forEach(endpoint -> assertLabels(endpoint, Map.of("plc.up", "yes")));
    }

    @Test
    void putLabels_onOneEndpoint_leavesOtherEndpointsAlone() {
      List<Endpoint> endpoints = fixture.several(2, Map.of("plc.v", "v1"));

      put(endpoints.get(0), Map.of("plc.up", "yes"));
      fixture.settle();

      assertLabels(endpoints.get(1), Map.of("plc.v", "v1"));
    }

    @Test
    void putLabels_onAConnectedEndpoint_setsThem() {
      Endpoint connected = fixture.connected();

      put(connected, Map.of("plc.up", "yes"));
      fixture.settle();

      assertThat(fixture.untilConnected(connected.id()).labels()).containsEntry("plc.up", "yes");
    }

    @Test
    void putLabels_onAnEndpointThatDoesNotExist_isNotFound() {
      String missing = unknown(fixture.awaiting().id());

      assertFailsWith(
          () -> driver.putLabels(network, List.of(missing), Map.of("plc.up", "yes")),
          ErrorKind.NOT_FOUND);
    }

    @Test
    void putLabels_keepsEveryCharacterInUse() {
      Map<String, String> labels = Map.of("plc.aZ09._-", "AZaz09._-", "plc.case", "Mixed.CASE");
      Endpoint endpoint = fixture.awaiting(Map.of());

      put(endpoint, labels);

      assertLabels(endpoint, labels);
    }

    @Test
    void removeLabels_removesThem() {
      Endpoint endpoint = fixture.awaiting(Map.of("plc.a", "a1", "plc.b", "b2"));

      remove(endpoint, Map.of("plc.a", "a1", "plc.b", "b2"));

      assertLabels(endpoint, Map.of());
    }

    @Test
    void removeLabels_leavesOthersAlone() {
      Endpoint endpoint = fixture.awaiting(Map.of("plc.v", "v1", "team", "data", "plc.up", "yes"));

      remove(endpoint, Map.of("plc.up", "yes"));

      assertLabels(endpoint, Map.of("plc.v", "v1", "team", "data"));
    }

    @Test
    void removeLabels_thatAreNotThere_isNoError() {
      Endpoint endpoint = fixture.awaiting(Map.of("plc.v", "v1"));

      assertThatCode(() -> remove(endpoint, Map.of("plc.none", "n1"))).doesNotThrowAnyException();
      assertLabels(endpoint, Map.of("plc.v", "v1"));
    }

    @Test
    void removeLabels_withAnotherValue_leavesTheOtherKeysAlone() {
      Endpoint endpoint = fixture.awaiting(Map.of("plc.v", "v1", "plc.d.1", "attached"));

      remove(endpoint, Map.of("plc.d.1", "attaching"));
      fixture.settle();

      Map<String, String> labels = fixture.read(endpoint.id()).labels();
      assertThat(labels).containsEntry("plc.v", "v1");
      assertThat(labels.entrySet())
          .isSubsetOf(Map.of("plc.v", "v1", "plc.d.1", "attached").entrySet());
    }

    @Test
    void removeLabels_thenPut_setsThemAgain() {
      Endpoint endpoint = fixture.awaiting(Map.of("plc.up", "yes"));

      remove(endpoint, Map.of("plc.up", "yes"));
      put(endpoint, Map.of("plc.up", "again"));

      assertLabels(endpoint, Map.of("plc.up", "again"));
    }

    private void put(Endpoint endpoint, Map<String, String> labels) {
      fixture.patientlyRun(() -> driver.putLabels(network, List.of(endpoint.id()), labels));
    }

    private void remove(Endpoint endpoint, Map<String, String> labels) {
      fixture.patientlyRun(() -> driver.removeLabels(network, endpoint.id(), labels));
    }
  }

  /** Deleting endpoints. */
  @Nested
  class Delete {

    @Test
    void delete_ofAConnectedEndpoint_endsWithItGone() {
      Endpoint connected = fixture.connected();

      fixture.removeZonesFirst(connected.id());
      fixture.beginDelete(List.of(connected.id()));

      fixture.untilGone(connected.id());
    }

    @Test
    void delete_ofAnEndpointThatAwaitsItsOwner_endsWithItGone() {
      Endpoint waiting = fixture.awaiting();

      fixture.removeZonesFirst(waiting.id());
      fixture.beginDelete(List.of(waiting.id()));

      fixture.untilGone(waiting.id());
    }

    @Test
    void delete_ofARejectedEndpoint_endsWithItGone() {
      Endpoint waiting = fixture.awaiting();
      harness.reject(waiting.id());
      fixture.untilCut(waiting.id());

      fixture.removeZonesFirst(waiting.id());
      fixture.beginDelete(List.of(waiting.id()));

      fixture.untilGone(waiting.id());
    }

    @Test
    void delete_ofAnEndpointWhoseServiceIsGone_endsWithItGone() {
      Endpoint connected = fixture.connected();
      harness.deleteService(connected.serviceName());
      fixture.untilCut(connected.id());

      fixture.removeZonesFirst(connected.id());
      fixture.beginDelete(List.of(connected.id()));

      fixture.untilGone(connected.id());
    }

    @Test
    void delete_thatTheCloudTook_tellsNoFailure() {
      String id = fixture.awaiting().id();
      fixture.removeZonesFirst(id);
      fixture.settle();

      assertThat(driver.deleteEndpoints(network, List.of(id))).isEmpty();
    }

    @Test
    void delete_leavesOtherEndpointsAlone() {
      Endpoint connected = fixture.connected();
      Endpoint other = fixture.connected();

      fixture.removeZonesFirst(connected.id());
      fixture.beginDelete(List.of(connected.id()));
      fixture.untilGone(connected.id());

      assertThat(fixture.read(other.id()).link()).isEqualTo(LinkState.CONNECTED);
    }

    @Test
    void delete_ofAnEndpointThatDoesNotExist_isNotFoundForThatId() {
      String missing = unknown(fixture.awaiting().id());

      Map<String, RemoteException> failures = driver.deleteEndpoints(network, List.of(missing));

      assertFailed(failures, missing, ErrorKind.NOT_FOUND);
    }

    @Test
    void delete_ofAGoneEndpoint_isDoneOrNotFound() {
      String id = fixture.awaiting().id();
      fixture.removeZonesFirst(id);
      fixture.beginDelete(List.of(id));
      fixture.untilGone(id);
      fixture.settle();

      assertThat(driver.deleteEndpoints(network, List.of(id)).values())
          .extracting(RemoteException::kind)
          .isSubsetOf(ErrorKind.NOT_FOUND);
    }

    @Test
    void delete_ofSeveral_deletesEach() {
      assumeTrue(traits.idsPerDelete() > 1, "endpoints are deleted one by one");
      List<String> ids = fixture.several(2, Map.of()).stream().map(Endpoint::id).toList();
      ids.forEach(fixture::removeZonesFirst);

      assertThat(driver.deleteEndpoints(network, ids)).isEmpty();

      ids.forEach(fixture::untilGone);
    }

    @Test
    void delete_ofOneUnknownAmongKnown_deletesTheKnown() {
      assumeTrue(traits.idsPerDelete() > 1, "endpoints are deleted one by one");
      String known = fixture.awaiting().id();
      fixture.removeZonesFirst(known);
      String missing = unknown(known);

      Map<String, RemoteException> failures =
          driver.deleteEndpoints(network, List.of(missing, known));

      assertFailed(failures, missing, ErrorKind.NOT_FOUND);
      fixture.untilGone(known);
    }

    @Test
    void delete_withZonesLeft_isRefusedForThatId() {
      assumeTrue(traits.zonesRemovedFirst(), "zones go with the endpoint");
      String id = fixture.awaiting().id();

      Map<String, RemoteException> failures = driver.deleteEndpoints(network, List.of(id));

      assertFailed(failures, id, ErrorKind.NOT_EMPTY, ErrorKind.BUSY);
      assertThat(Fixture.isGoneOrGoing(driver.endpoint(network, id))).isFalse();
    }

    @Test
    void removeEndpointZone_removesThatZoneOnly() {
      assumeTrue(traits.zonesRemovedFirst(), "zones go with the endpoint");
      Endpoint connected = fixture.connected();
      List<Subnet> subnets = fixture.subnets();

      fixture.removeZone(connected.id(), subnets.get(1));

      assertThat(fixture.subnetsOf(fixture.zones(fixture.read(connected.id()))))
          .containsExactlyInAnyOrder(subnets.get(0), subnets.get(2));
    }

    @Test
    void removeEndpointZone_thatIsGone_isNotFound() {
      assumeTrue(traits.zonesRemovedFirst(), "zones go with the endpoint");
      Endpoint waiting = fixture.awaiting();
      Subnet subnet = fixture.subnets().get(0);
      fixture.removeZone(waiting.id(), subnet);

      assertFailsWith(
          () ->
              fixture.patientlyRun(
                  () -> driver.removeEndpointZone(network, waiting.id(), subnet.zoneId())),
          ErrorKind.NOT_FOUND);
    }

    @Test
    void removeEndpointZone_ofAnEndpointThatDoesNotExist_isNotFound() {
      assumeTrue(traits.zonesRemovedFirst(), "zones go with the endpoint");
      String missing = unknown(fixture.awaiting().id());
      String zoneId = fixture.subnets().get(0).zoneId();

      assertFailsWith(
          () -> driver.removeEndpointZone(network, missing, zoneId), ErrorKind.NOT_FOUND);
    }

    /** One deletion failed, and no other. */
    private void assertFailed(
        Map<String, RemoteException> failures, String endpointId, ErrorKind... kinds) {
      assertThat(failures).containsOnlyKeys(endpointId);
      assertFailsWith(() -> Fixture.orThrow(failures), kinds);
    }
  }
}
