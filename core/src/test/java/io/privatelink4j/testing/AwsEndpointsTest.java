package io.privatelink4j.testing;

import static io.privatelink4j.testing.Sim.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.privatelink4j.model.Acceptance;
import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.DnsSwitch;
import io.privatelink4j.spi.DriverTraits;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AwsEndpointsTest {
  private final Sim sim = Sim.aws();

  @Nested
  class Traits {

    @Test
    void areThoseOfTheDocumentation() {
      DriverTraits traits = sim.driver.traits();

      assertThat(traits.idsPerRead()).isEqualTo(1_000);
      assertThat(traits.idsPerFilter()).isEqualTo(200);
      assertThat(traits.endpointsPerPage()).isEqualTo(1_000);
      assertThat(traits.idsPerLabelCall()).isEqualTo(1_000);
      assertThat(traits.idsPerDelete()).isEqualTo(25);
      assertThat(traits.labelsPerEndpoint()).isEqualTo(50);
      assertThat(traits.recordsPerCall()).isEqualTo(500);
      assertThat(traits.accountFromSubnets()).isTrue();
      assertThat(traits.zonesInEndpoint()).isTrue();
      assertThat(traits.zonesRemovedFirst()).isFalse();
      assertThat(traits.zoneBoundAtCreation()).isTrue();
      assertThat(traits.dnsSwitches()).containsExactlyInAnyOrder(DnsSwitch.values());
    }

    @Test
    void actionsHaveTheirPermissionsAndBudgets() {
      DriverTraits traits = sim.driver.traits();

      assertThat(traits.action(Operation.CREATE_ENDPOINT).permission())
          .isEqualTo("ec2:CreateVpcEndpoint");
      assertThat(traits.action(Operation.CREATE_ENDPOINT).family().capacity()).isEqualTo(4);
      assertThat(traits.action(Operation.CREATE_ENDPOINT).family().perSecond()).isEqualTo(0.3);
      assertThat(traits.action(Operation.DELETE_ENDPOINTS).family())
          .isNotEqualTo(traits.action(Operation.CREATE_ENDPOINT).family());
      assertThat(traits.action(Operation.CREATE_ZONE).family())
          .isEqualTo(traits.action(Operation.READ_CHANGE).family())
          .satisfies(family -> assertThat(family.global()).isTrue());
      assertThat(traits.actions()).doesNotContainKeys(Operation.READ_ACCOUNT, Operation.BIND_ZONE);
    }

    @Test
    void callsThatAwsDoesNotHaveAreNotSupported() {
      assertThatThrownBy(() -> sim.driver.account(sim.network))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("READ_ACCOUNT");
      assertThatThrownBy(() -> sim.driver.endpointZones(sim.network, "vpce-0"))
          .isInstanceOf(UnsupportedOperationException.class);
      assertThatThrownBy(() -> sim.driver.removeEndpointZone(sim.network, "vpce-0", "usw2-az1"))
          .isInstanceOf(UnsupportedOperationException.class);
      assertThatThrownBy(() -> sim.driver.bindZone(sim.network, "Z0", Set.of()))
          .isInstanceOf(UnsupportedOperationException.class);
      assertThat(sim.cloud.calls().size()).isZero();
    }

    @Test
    void theScopeTellsAccountAndRegion() {
      ClusterNetwork same = sim.cloud.addNetwork();
      ClusterNetwork other = sim.cloud.addNetworkIn("eu-central-1");

      assertThat(sim.driver.scope(sim.network))
          .isEqualTo("aws/111122223333/us-west-2")
          .isEqualTo(sim.driver.scope(same));
      assertThat(sim.driver.scope(other)).isEqualTo("aws/111122223333/eu-central-1");
    }
  }

  @Nested
  class Subnets {

    @Test
    void tellAccountZoneIdsAndNamesThatAreNotInTheSameOrder() {
      List<Subnet> subnets = sim.subnets(sim.network);

      assertThat(subnets)
          .extracting(Subnet::zoneId, Subnet::zoneName)
          .containsExactlyInAnyOrder(
              tuple("usw2-az1", "us-west-2b"),
              tuple("usw2-az2", "us-west-2c"),
              tuple("usw2-az3", "us-west-2a"));
      assertThat(subnets)
          .allSatisfy(
              subnet -> {
                assertThat(subnet.ownerAccount()).isEqualTo("111122223333");
                assertThat(subnet.vpcId()).isEqualTo(sim.network.vpcId());
                assertThat(subnet.freeAddresses()).hasValue(4_091);
              });
    }

    @Test
    void anUnknownOneFailsTheCall() {
      sim.cloud.removeSubnet(sim.network.subnetIds().get(1));

      assertFails(
          ErrorKind.BAD_NETWORK,
          "InvalidSubnetID.NotFound",
          () -> sim.driver.subnets(sim.network, Optional.empty()));
    }

    @Test
    void oneOfAnotherRegionIsUnknown() {
      ClusterNetwork elsewhere = sim.cloud.addNetworkIn("eu-central-1");
      ClusterNetwork mixed =
          ClusterNetwork.builder()
              .cloud(CloudProvider.AWS)
              .region("us-west-2")
              .vpcId(sim.network.vpcId())
              .subnetIds(elsewhere.subnetIds())
              .build();

      assertFails(
          ErrorKind.BAD_NETWORK,
          "InvalidSubnetID.NotFound",
          () -> sim.driver.subnets(mixed, Optional.empty()));
    }

    @Test
    void anAddressIsTakenPerEndpointAndComesBackWhenItIsDeleted() {
      String id = sim.create().id();
      assertThat(sim.subnets(sim.network)).allMatch(s -> s.freeAddresses().orElse(0) == 4_090);

      sim.driver.deleteEndpoints(sim.network, List.of(id));
      assertThat(sim.subnets(sim.network)).allMatch(s -> s.freeAddresses().orElse(0) == 4_090);
      sim.pass(15);

      assertThat(sim.subnets(sim.network)).allMatch(s -> s.freeAddresses().orElse(0) == 4_091);
    }
  }

  @Nested
  class Services {

    @Test
    void areDescribedToThoseWhoAreAllowed() {
      OwnedService service = sim.cloud.publish("usw2-az1", "usw2-az3");
      assertThat(sim.driver.service(sim.network, service.type())).isEmpty();

      service.allow("arn:aws:iam::111122223333:root");

      ServiceDescription seen = sim.driver.service(sim.network, service.type()).orElseThrow();
      assertThat(seen.serviceName()).isEqualTo(service.name());
      assertThat(seen.zoneIds()).containsExactlyInAnyOrder("usw2-az1", "usw2-az3");
      assertThat(seen.zoneNames()).containsExactlyInAnyOrder("us-west-2b", "us-west-2a");
      assertThat(seen.acceptance()).isEqualTo(Acceptance.REQUIRED);
      assertThat(service.name())
          .matches("com\\.amazonaws\\.vpce\\.us-west-2\\.vpce-svc-[0-9a-f]{17}");

      service.disallow("arn:aws:iam::111122223333:root");
      assertThat(sim.driver.service(sim.network, service.type())).isEmpty();
    }

    @Test
    void aRoleSeesWhatItsAccountOrItselfMaySee() {
      String role = "arn:aws:iam::111122223333:role/tenant-7";
      ClusterNetwork asRole =
          ClusterNetwork.builder()
              .cloud(CloudProvider.AWS)
              .region(sim.network.region())
              .vpcId(sim.network.vpcId())
              .subnetIds(sim.network.subnetIds())
              .principal(role)
              .build();
      OwnedService forRole = sim.cloud.publish().allow(role);
      OwnedService forAll = sim.cloud.publish().allow("*");

      assertThat(sim.driver.service(asRole, forRole.type())).isPresent();
      assertThat(sim.driver.service(sim.network, forRole.type())).isEmpty();
      assertThat(sim.driver.service(asRole, sim.service.type())).isPresent();
      assertThat(sim.driver.service(sim.network, forAll.type())).isPresent();
    }

    @Test
    void ofAnotherRegionAreSeenOnlyWhereTheyAreOffered() {
      OwnedService far = sim.cloud.publishIn("eu-central-1").allow(sim.cloud.accountId());
      AwsEndpointService named = AwsEndpointService.of(far.name(), "eu-central-1");
      assertThat(far.region()).isEqualTo("eu-central-1");
      assertThat(sim.driver.service(sim.network, far.type())).isEmpty();
      assertThat(sim.driver.service(sim.network, named)).isEmpty();

      far.offerTo("us-west-2");

      assertThat(sim.driver.service(sim.network, far.type())).isEmpty();
      ServiceDescription seen = sim.driver.service(sim.network, named).orElseThrow();
      assertThat(seen.zoneIds()).isEmpty();
      assertThat(seen.zoneNames()).isEmpty();
      Endpoint endpoint =
          sim.driver.createEndpoint(
              sim.network, sim.spec(sim.network, named, Map.of(), sim.token()));
      assertThat(endpoint.serviceRegion()).contains("eu-central-1");
      assertThat(endpoint.dnsName().orElseThrow()).endsWith(".eu-central-1.vpce.amazonaws.com");
    }

    @Test
    void tellZoneNamesOnlyIfSoAssumed() {
      Sim named = Sim.aws(Assumption.SERVICE_ZONE_IDS_EMPTY);

      ServiceDescription seen =
          named.driver.service(named.network, named.service.type()).orElseThrow();

      assertThat(seen.zoneIds()).isEmpty();
      assertThat(seen.zoneNames()).hasSize(3);
    }

    @Test
    void ofAnotherCloudOrWithAnotherNameAreNotThere() {
      assertThat(sim.driver.service(sim.network, Sim.alicloud().service.type())).isEmpty();
      assertThat(sim.driver.service(sim.network, AwsEndpointService.of("nonsense"))).isEmpty();
    }
  }

  @Nested
  class Creation {

    @Test
    void givesAnEndpointWithLabelsNamesAndSubnets() {
      Endpoint endpoint = sim.create();

      assertThat(endpoint.id()).matches("vpce-[0-9a-f]{17}");
      assertThat(endpoint.rawStatus()).isEqualTo("pendingAcceptance");
      assertThat(endpoint.link()).isEqualTo(LinkState.AWAITING_OWNER);
      assertThat(endpoint.labels()).containsExactly(entry("plc.id", "one"));
      assertThat(endpoint.vpcId()).isEqualTo(sim.network.vpcId());
      assertThat(endpoint.serviceRegion()).isEmpty();
      assertThat(endpoint.createTime()).isEqualTo("2026-01-01T00:00:00Z");
      assertThat(endpoint.zones())
          .extracting(zone -> zone.subnetId().orElseThrow())
          .containsExactlyInAnyOrderElementsOf(sim.network.subnetIds());
      assertThat(endpoint.zones()).extracting(EndpointZone::link).containsOnly(LinkState.UNKNOWN);
      assertThat(sim.read(endpoint.id())).isEqualTo(endpoint);
    }

    @Test
    void zonalNamesAreTheRegionalOneWithTheZoneNameInIt() {
      Endpoint endpoint = sim.create();
      String regional = endpoint.dnsName().orElseThrow();
      String serviceId = sim.service.name().substring(sim.service.name().lastIndexOf('.') + 1);

      assertThat(regional)
          .matches(
              endpoint.id()
                  + "-[0-9a-f]{8}\\."
                  + serviceId
                  + "\\.us-west-2\\.vpce\\.amazonaws\\.com");
      int dot = regional.indexOf('.');
      assertThat(endpoint.zonalDnsNames())
          .containsOnlyKeys("us-west-2a", "us-west-2b", "us-west-2c")
          .containsEntry(
              "us-west-2a", regional.substring(0, dot) + "-us-west-2a" + regional.substring(dot));
    }

    @Test
    void ofAServiceThatIsNotVisibleFails() {
      sim.service.disallow(sim.cloud.accountId());

      assertFails(ErrorKind.SERVICE_NOT_USABLE, "InvalidServiceName", sim::create)
          .hasMessageContaining("does not exist");
      assertThat(sim.cloud.endpoints()).isEmpty();
    }

    @Test
    void inASubnetWhoseZoneTheServiceLacksFails() {
      OwnedService narrow = sim.cloud.publish("usw2-az1").allow("*");

      assertFails(
              ErrorKind.ZONE_NOT_SERVED,
              "InvalidParameter",
              () ->
                  sim.driver.createEndpoint(
                      sim.network, sim.spec(sim.network, narrow.type(), Map.of(), sim.token())))
          .hasMessageContaining("does not support the availability zone of the subnet: subnet-");
    }

    @Test
    void inTwoSubnetsOfOneZoneFails() {
      ClusterNetwork twice = sim.cloud.addNetwork("usw2-az1", "usw2-az1");

      assertFails(
              ErrorKind.BAD_NETWORK,
              "DuplicateSubnetsInSameZone",
              () ->
                  sim.driver.createEndpoint(
                      twice, sim.spec(twice, sim.service.type(), Map.of(), sim.token())))
          .hasMessageContaining("Found another VPC endpoint subnet in the availability zone");
    }

    @Test
    void needsAFreeAddressInEachSubnet() {
      sim.cloud.setFreeAddresses(sim.network.subnetIds().get(2), 0);

      assertFails(ErrorKind.BAD_NETWORK, "InsufficientFreeAddressesInSubnet", sim::create);
    }

    @Test
    void refusesAVpcSubnetOrSecurityGroupThatIsNotThere() {
      EndpointSpec spec = sim.spec();
      ClusterNetwork noVpc = like("vpc-0000", sim.network.subnetIds(), "sg-1");
      ClusterNetwork noGroup = like(sim.network.vpcId(), sim.network.subnetIds(), "sg-unknown");

      assertFails(
          ErrorKind.BAD_NETWORK,
          "InvalidVpcID.NotFound",
          () -> sim.driver.createEndpoint(noVpc, spec));
      assertFails(
          ErrorKind.BAD_NETWORK,
          "InvalidSecurityGroupID.NotFound",
          () -> sim.driver.createEndpoint(noGroup, spec));
      ClusterNetwork other = sim.cloud.addNetwork();
      assertFails(
          ErrorKind.BAD_NETWORK,
          "InvalidSubnetID.NotFound",
          () -> sim.driver.createEndpoint(other, spec));
    }

    private ClusterNetwork like(String vpcId, List<String> subnets, String group) {
      return ClusterNetwork.builder()
          .cloud(CloudProvider.AWS)
          .region("us-west-2")
          .vpcId(vpcId)
          .subnetIds(subnets)
          .addSecurityGroupIds(group)
          .build();
    }

    @Test
    void needsASubnet() {
      EndpointSpec none =
          new EndpointSpec("plc", sim.service.type(), List.of(), new TreeMap<>(), "token");

      assertFails(
          ErrorKind.INVALID,
          "MissingParameter",
          () -> sim.driver.createEndpoint(sim.network, none));
    }

    @Test
    void stopsAtTheQuotaOfTheVpcAndGoesOnAfterADeletion() {
      Sim small = new Sim(InMemoryCloud.builder(CloudProvider.AWS).endpointsPerVpc(2).build());
      String first = small.create().id();
      small.create();

      assertFails(ErrorKind.QUOTA, "VpcEndpointLimitExceeded", small::create);
      small.driver.deleteEndpoints(small.network, List.of(first));

      assertThat(small.create().id()).isNotEqualTo(first);
    }

    @Test
    void holdsFiftyEndpointsPerVpcByDefault() {
      for (int i = 0; i < 50; i++) {
        sim.create();
      }

      assertFails(ErrorKind.QUOTA, "VpcEndpointLimitExceeded", sim::create);
    }
  }

  @Nested
  class Tokens {
    private final EndpointSpec spec = sim.spec();

    @Test
    void givesTheSameEndpointForTheSameRequest() {
      String first = sim.driver.createEndpoint(sim.network, spec).id();
      sim.cloud.setFreeAddresses(sim.network.subnetIds().get(0), 0);

      assertThat(sim.driver.createEndpoint(sim.network, spec).id()).isEqualTo(first);
      assertThat(sim.cloud.endpoints()).hasSize(1);
    }

    @Test
    void refusesTheTokenWithOtherParameters() {
      sim.driver.createEndpoint(sim.network, spec);

      assertFails(
          ErrorKind.TOKEN_MISMATCH,
          "IdempotentParameterMismatch",
          () ->
              sim.driver.createEndpoint(
                  sim.network, sim.spec(Map.of("plc.id", "two"), spec.clientToken())));
    }

    @Test
    void areRememberedForTenMinutes() {
      String first = sim.driver.createEndpoint(sim.network, spec).id();

      sim.pass(599);
      assertThat(sim.driver.createEndpoint(sim.network, spec).id()).isEqualTo(first);
      sim.pass(1);

      assertThat(sim.driver.createEndpoint(sim.network, spec).id()).isNotEqualTo(first);
    }

    @Test
    void areNotRememberedOrForEverIfSoAssumed() {
      Sim none = Sim.aws(Assumption.TOKEN_MEMORY_NONE);
      EndpointSpec once = none.spec();
      assertThat(none.driver.createEndpoint(none.network, once).id())
          .isNotEqualTo(none.driver.createEndpoint(none.network, once).id());

      Sim ever = Sim.aws(Assumption.TOKEN_MEMORY_FOREVER);
      EndpointSpec again = ever.spec();
      String first = ever.driver.createEndpoint(ever.network, again).id();
      ever.pass(86_400 * 365);
      assertThat(ever.driver.createEndpoint(ever.network, again).id()).isEqualTo(first);
    }

    @Test
    void ofADeletedEndpointReturnIt() {
      Endpoint first = sim.driver.createEndpoint(sim.network, spec);
      sim.driver.deleteEndpoints(sim.network, List.of(first.id()));

      Endpoint again = sim.driver.createEndpoint(sim.network, spec);

      assertThat(again.id()).isEqualTo(first.id());
      assertThat(again.resource()).isEqualTo(ResourceState.DELETING);
      sim.pass(100);
      assertThat(sim.driver.createEndpoint(sim.network, spec).resource())
          .isEqualTo(ResourceState.DELETED);
    }

    @Test
    void ofADeletedEndpointCreateAnewIfSoAssumed() {
      Sim anew = Sim.aws(Assumption.TOKEN_OF_DELETED_CREATES_ANEW);
      EndpointSpec again = anew.spec();
      Endpoint first = anew.driver.createEndpoint(anew.network, again);
      assertThat(anew.driver.createEndpoint(anew.network, again).id()).isEqualTo(first.id());

      anew.driver.deleteEndpoints(anew.network, List.of(first.id()));

      assertThat(anew.driver.createEndpoint(anew.network, again).id()).isNotEqualTo(first.id());
    }

    @Test
    void areAtMost64AsciiCharacters() {
      for (String bad : List.of("", "x".repeat(65), "with space", "t\u00f6ken")) {
        assertFails(
            ErrorKind.INVALID,
            "InvalidParameterValue",
            () -> sim.driver.createEndpoint(sim.network, sim.spec(Map.of(), bad)));
      }
      sim.driver.createEndpoint(sim.network, sim.spec(Map.of(), "x".repeat(64)));
    }
  }

  @Nested
  class States {

    @Test
    void goFromPendingAcceptanceOverPendingToAvailable() {
      String id = sim.create().id();
      assertThat(sim.service.waiting()).containsExactly(id);
      assertThat(sim.service.connections()).containsExactly(entry(id, "pendingAcceptance"));
      sim.pass(86_400);
      assertThat(sim.raw(id)).isEqualTo("pendingAcceptance");

      sim.service.accept(id);

      assertThat(sim.raw(id)).isEqualTo("pending");
      assertThat(sim.read(id).resource()).isEqualTo(ResourceState.CREATING);
      assertThat(sim.read(id).link()).isEqualTo(LinkState.CONNECTING);
      sim.pass(19);
      assertThat(sim.raw(id)).isEqualTo("pending");
      sim.pass(1);
      assertThat(sim.raw(id)).isEqualTo("available");
      assertThat(sim.read(id).resource()).isEqualTo(ResourceState.READY);
      assertThat(sim.read(id).link()).isEqualTo(LinkState.CONNECTED);
      assertThat(sim.service.waiting()).isEmpty();
    }

    @Test
    void beginWithPendingIfTheServiceAcceptsByItself() {
      sim.service.acceptAutomatically();

      String id = sim.create().id();

      assertThat(sim.raw(id)).isEqualTo("pending");
      sim.pass(20);
      assertThat(sim.raw(id)).isEqualTo("available");
      sim.service.requireAcceptance();
      assertThat(sim.create().rawStatus()).isEqualTo("pendingAcceptance");
    }

    @Test
    void goThroughPartialIfSoAssumed() {
      Sim partial = Sim.aws(Assumption.PARTIAL_WHILE_BUILDING);
      String id = partial.create().id();
      partial.service.acceptAll();

      assertThat(partial.raw(id)).isEqualTo("pending");
      partial.pass(10);
      assertThat(partial.raw(id)).isEqualTo("partial");
      assertThat(partial.read(id).resource()).isEqualTo(ResourceState.PARTIAL);
      partial.pass(10);
      assertThat(partial.raw(id)).isEqualTo("available");
    }

    @Test
    void rejectionIsPossibleBeforeAndAfterAvailable() {
      String waiting = sim.create().id();
      String available = sim.connected().id();

      sim.service.reject(waiting);
      sim.service.reject(available);

      assertThat(sim.raw(waiting)).isEqualTo("rejected");
      assertThat(sim.read(available).link()).isEqualTo(LinkState.REJECTED);
      assertThatThrownBy(() -> sim.service.reject(waiting))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("it is rejected");
      assertThatThrownBy(() -> sim.service.accept(waiting))
          .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aRejectedOneCanBeAcceptedIfSoAssumed() {
      Sim reversible = Sim.aws(Assumption.REJECTION_REVERSIBLE);
      String id = reversible.create().id();
      reversible.service.reject(id);

      reversible.service.accept(id);
      reversible.pass(20);

      assertThat(reversible.raw(id)).isEqualTo("available");
      assertThatThrownBy(() -> reversible.service.accept(id))
          .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aRequestExpiresOnlyWhileItWaits() {
      String id = sim.create().id();

      sim.service.expire(id);

      assertThat(sim.raw(id)).isEqualTo("expired");
      assertThat(sim.read(id).link()).isEqualTo(LinkState.EXPIRED);
      assertThatThrownBy(() -> sim.service.expire(id)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aFailedOneSaysWhy() {
      String id = sim.create().id();

      sim.service.fail(id, "no capacity");

      assertThat(sim.read(id).resource()).isEqualTo(ResourceState.FAILED);
      assertThat(sim.read(id).failure()).contains("no capacity");
      sim.driver.deleteEndpoints(sim.network, List.of(id));
      assertThatThrownBy(() -> sim.service.fail(id, "again"))
          .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aDeletedServiceIsSeenAsRejected() {
      String waiting = sim.create().id();
      String expired = sim.create().id();
      sim.service.expire(expired);
      String available = sim.connected().id();

      sim.service.delete();

      assertThat(sim.raw(waiting)).isEqualTo("rejected");
      assertThat(sim.raw(available)).isEqualTo("rejected");
      assertThat(sim.raw(expired)).isEqualTo("expired");
      assertThat(sim.driver.service(sim.network, sim.service.type())).isEmpty();
      assertFails(ErrorKind.SERVICE_NOT_USABLE, "InvalidServiceName", sim::create);
    }

    @Test
    void aModifiedOneIsPendingForAWhile() {
      String id = sim.connected().id();

      sim.cloud.modify(id);

      assertThat(sim.raw(id)).isEqualTo("pending");
      sim.pass(20);
      assertThat(sim.raw(id)).isEqualTo("available");
      sim.cloud.partial(id);
      assertThat(sim.raw(id)).isEqualTo("partial");
      sim.cloud.modify(id);
      sim.pass(20);
      assertThat(sim.raw(id)).isEqualTo("available");
    }

    @Test
    void onlyAWorkingOneIsModifiedOrBroken() {
      String id = sim.create().id();

      assertThatThrownBy(() -> sim.cloud.modify(id)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> sim.cloud.partial(id)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void ownersActOnEndpointsOfTheirServiceOnly() {
      String id = sim.create().id();
      OwnedService other = sim.cloud.publish();

      assertThatThrownBy(() -> other.accept(id))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("leads to");
      assertThat(other.connections()).isEmpty();
      assertThat(sim.cloud.serviceOf(id).name()).isEqualTo(sim.service.name());
    }
  }

  @Nested
  class Reads {

    @Test
    void byIdOfNobodyIsEmptyAndOfAMalformedIdRefused() {
      assertThat(sim.driver.endpoint(sim.network, "vpce-0123456789abcdef0")).isEmpty();
      assertFails(
          ErrorKind.INVALID,
          "InvalidVpcEndpointId.Malformed",
          () -> sim.driver.endpoint(sim.network, "ep-123"));
    }

    @Test
    void ofManyFailAsAWholeIfOneIsGone() {
      String first = sim.create().id();
      String second = sim.create().id();
      assertThat(sim.driver.endpointsById(sim.network, List.of(first, second)))
          .extracting(Endpoint::id)
          .containsExactlyInAnyOrder(first, second);

      sim.cloud.vanish(first);

      assertFails(
              ErrorKind.NOT_FOUND,
              "InvalidVpcEndpointId.NotFound",
              () -> sim.driver.endpointsById(sim.network, List.of(first, second)))
          .hasMessageContaining(first);
      assertThat(sim.list(EndpointFilter.ids(List.of(first, second)))).containsExactly(second);
    }

    @Test
    void takeAThousandIdsButNotNoneAndNotMore() {
      List<String> thousand = IntStream.range(0, 1_000).mapToObj("vpce-%017x"::formatted).toList();

      assertFails(
          ErrorKind.NOT_FOUND,
          "InvalidVpcEndpointId.NotFound",
          () -> sim.driver.endpointsById(sim.network, thousand));
      List<String> more = IntStream.range(0, 1_001).mapToObj("vpce-%017x"::formatted).toList();
      assertFails(
          ErrorKind.INVALID,
          "InvalidParameterValue",
          () -> sim.driver.endpointsById(sim.network, more));
      assertFails(
          ErrorKind.INVALID,
          "MissingParameter",
          () -> sim.driver.endpointsById(sim.network, List.of()));
    }

    @Test
    void ofAnotherRegionSeeNothing() {
      String id = sim.create().id();
      ClusterNetwork far = sim.cloud.addNetworkIn("eu-central-1");

      assertThat(sim.driver.endpoint(far, id)).isEmpty();
      assertThat(
              sim.driver
                  .endpoints(far, EndpointFilter.label("plc.id", "one"), Optional.empty())
                  .items())
          .isEmpty();
      assertThat(sim.driver.deleteEndpoints(far, List.of(id))).containsOnlyKeys(id);
    }

    @Test
    void ofOtherNetworksInTheScopeSeeEverything() {
      String id = sim.create().id();
      ClusterNetwork near = sim.cloud.addNetwork();

      assertThat(sim.driver.endpoint(near, id)).isPresent();
      assertThat(
              sim.driver
                  .endpoints(near, EndpointFilter.label("plc.id", "one"), Optional.empty())
                  .items())
          .hasSize(1);
    }
  }

  @Nested
  class Lists {

    @Test
    void filterValuesAreWildcards() {
      String one = labelled("a.b");
      String two = labelled("axb");
      String star = labelled("a*b");

      assertThat(byLabel("a?b")).containsExactlyInAnyOrder(one, two, star);
      assertThat(byLabel("a.b")).containsExactly(one);
      assertThat(byLabel("a*")).hasSize(3);
      assertThat(byLabel("a\\*b")).containsExactly(star);
      assertThat(byLabel("A.B")).isEmpty();
      assertThat(byLabel("a.b\\")).isEmpty();
    }

    private String labelled(String value) {
      return sim.driver.createEndpoint(sim.network, sim.spec(Map.of("k", value), sim.token())).id();
    }

    private List<String> byLabel(String value) {
      return sim.list(EndpointFilter.label("k", value));
    }

    @Test
    void everythingGivenMustHold() {
      String one = sim.create().id();
      OwnedService other = sim.cloud.publish().allow("*");
      String two =
          sim.driver
              .createEndpoint(
                  sim.network,
                  sim.spec(sim.network, other.type(), Map.of("plc.id", "one"), sim.token()))
              .id();

      assertThat(sim.list(EndpointFilter.label("plc.id", "one"))).hasSize(2);
      assertThat(sim.list(EndpointFilter.service(other.name()))).containsExactly(two);
      assertThat(
              sim.list(
                  new EndpointFilter(
                      Map.of("plc.id", "one"), List.of(one), Optional.of(other.name()))))
          .isEmpty();
      assertThat(sim.list(EndpointFilter.label("unknown", "one"))).isEmpty();
    }

    @Test
    void comeInPagesWhoseTokensFitTheSameQuestionOnly() {
      for (int i = 0; i < 5; i++) {
        sim.create();
      }
      sim.cloud.limitPages(2);
      EndpointFilter filter = EndpointFilter.label("plc.id", "one");
      Page<Endpoint> first = sim.driver.endpoints(sim.network, filter, Optional.empty());

      assertThat(first.items()).hasSize(2);
      assertThat(sim.list(filter)).hasSize(5).doesNotHaveDuplicates();
      assertFails(
          ErrorKind.INVALID,
          "InvalidNextToken",
          () ->
              sim.driver.endpoints(
                  sim.network, EndpointFilter.label("plc.id", "two"), first.nextToken()));
      for (String forged : List.of("", "nonsense", "!!", "MTIz", "L3Zw")) {
        assertFails(
            ErrorKind.INVALID,
            "InvalidNextToken",
            () -> sim.driver.endpoints(sim.network, filter, Optional.of(forged)));
      }
    }

    @Test
    void haveLimitsForFilters() {
      List<String> ids = IntStream.range(0, 201).mapToObj("vpce-%017x"::formatted).toList();
      Map<String, String> many =
          IntStream.range(0, 50).boxed().collect(Collectors.toMap(i -> "k" + i, i -> "v"));

      for (EndpointFilter filter :
          List.of(
              EndpointFilter.ids(ids),
              EndpointFilter.label("k", "v".repeat(256)),
              EndpointFilter.label("k".repeat(256), "v"),
              new EndpointFilter(many, List.of(), Optional.empty()))) {
        assertFails(
            ErrorKind.INVALID,
            "FilterLimitExceeded",
            () -> sim.driver.endpoints(sim.network, filter, Optional.empty()));
      }
    }
  }

  @Nested
  class Labels {
    private final String id = sim.create().id();

    @Test
    void areSetLeavingOthersAlone() {
      sim.driver.putLabels(sim.network, List.of(id), Map.of("a", "1", "plc.id", "two"));

      assertThat(sim.read(id).labels()).containsOnly(entry("a", "1"), entry("plc.id", "two"));
    }

    @Test
    void areRemovedOnlyWithTheirValue() {
      sim.driver.removeLabels(sim.network, id, Map.of("plc.id", "other", "unknown", "x"));
      assertThat(sim.read(id).labels()).containsOnly(entry("plc.id", "one"));

      sim.driver.removeLabels(sim.network, id, Map.of("plc.id", "one"));

      assertThat(sim.read(id).labels()).isEmpty();
    }

    @Test
    void haveLimits() {
      assertBad("InvalidTagKey.Malformed", Map.of("k".repeat(128), "v"));
      assertBad("InvalidTagKey.Malformed", Map.of("", "v"));
      assertBad("InvalidTagKey.Malformed", Map.of("AWS:mine", "v"));
      assertBad("InvalidParameterValue", Map.of("k", "v".repeat(257)));
      sim.driver.putLabels(
          sim.network, List.of(id), Map.of("k".repeat(127), "v".repeat(256), "v", "aws:fine"));
    }

    private void assertBad(String code, Map<String, String> labels) {
      assertFails(
          ErrorKind.INVALID, code, () -> sim.driver.putLabels(sim.network, List.of(id), labels));
      assertFails(
          ErrorKind.INVALID,
          code,
          () -> sim.driver.createEndpoint(sim.network, sim.spec(labels, sim.token())));
    }

    @Test
    void areFiftyAtMostAndAllOrNothing() {
      String other = sim.create().id();
      Map<String, String> many = new HashMap<>();
      IntStream.range(0, 49).forEach(i -> many.put("k" + i, "v"));
      sim.driver.putLabels(sim.network, List.of(id), many);

      assertFails(
          ErrorKind.QUOTA,
          "TagLimitExceeded",
          () -> sim.driver.putLabels(sim.network, List.of(other, id), Map.of("one", "more")));
      assertThat(sim.read(other).labels()).containsOnlyKeys("plc.id");
    }

    @Test
    void ofNobodyCannotBeSetOrRemoved() {
      String nobody = "vpce-0123456789abcdef0";

      assertFails(
          ErrorKind.NOT_FOUND,
          "InvalidVpcEndpointId.NotFound",
          () -> sim.driver.putLabels(sim.network, List.of(id, nobody), Map.of("a", "1")));
      assertFails(
          ErrorKind.NOT_FOUND,
          "InvalidVpcEndpointId.NotFound",
          () -> sim.driver.removeLabels(sim.network, nobody, Map.of("a", "1")));
      assertThat(sim.read(id).labels()).doesNotContainKey("a");
    }
  }

  @Nested
  class Deletion {

    @Test
    void goesOverDeletingAndDeletedToGone() {
      String id = sim.create().id();

      assertThat(sim.driver.deleteEndpoints(sim.network, List.of(id))).isEmpty();

      assertThat(sim.raw(id)).isEqualTo("deleting");
      assertThat(sim.cloud.leftovers()).isEmpty();
      assertThat(sim.cloud.endpoints()).hasSize(1);
      sim.pass(15);
      assertThat(sim.raw(id)).isEqualTo("deleted");
      assertThat(sim.cloud.endpoints()).isEmpty();
      assertThat(sim.list(EndpointFilter.label("plc.id", "one"))).containsExactly(id);
      sim.pass(60);
      assertThat(sim.driver.endpoint(sim.network, id)).isEmpty();
      assertThat(sim.list(EndpointFilter.label("plc.id", "one"))).isEmpty();
    }

    @Test
    void tellsPerEndpointWhatFailed() {
      String id = sim.create().id();
      String nobody = "vpce-0123456789abcdef0";

      Map<String, RemoteException> failures =
          sim.driver.deleteEndpoints(sim.network, List.of(nobody, id));

      assertThat(failures).containsOnlyKeys(nobody);
      assertThat(failures.get(nobody).kind()).isEqualTo(ErrorKind.NOT_FOUND);
      assertThat(failures.get(nobody).code()).isEqualTo("InvalidVpcEndpoint.NotFound");
      assertThat(sim.raw(id)).isEqualTo("deleting");
    }

    @Test
    void ofADeletingOneIsNoErrorAndOfADeletedOneIs() {
      String id = sim.create().id();
      sim.driver.deleteEndpoints(sim.network, List.of(id));
      assertThat(sim.driver.deleteEndpoints(sim.network, List.of(id))).isEmpty();

      sim.pass(15);

      assertThat(sim.driver.deleteEndpoints(sim.network, List.of(id))).containsOnlyKeys(id);
    }

    @Test
    void takesTwentyFiveAtOnce() {
      List<String> many = IntStream.range(0, 26).mapToObj("vpce-%017x"::formatted).toList();

      assertFails(
          ErrorKind.INVALID,
          "InvalidParameterValue",
          () -> sim.driver.deleteEndpoints(sim.network, many));
    }

    @Test
    void staysListedForAsLongAsAssumed() {
      Sim none = Sim.aws(Assumption.DELETED_LISTED_0S);
      String id = none.create().id();
      none.driver.deleteEndpoints(none.network, List.of(id));
      none.pass(15);
      assertThat(none.driver.endpoint(none.network, id)).isEmpty();

      Sim hour = Sim.aws(Assumption.DELETED_LISTED_1H);
      String other = hour.create().id();
      hour.driver.deleteEndpoints(hour.network, List.of(other));
      hour.pass(3_600);
      assertThat(hour.raw(other)).isEqualTo("deleted");
    }

    @Test
    void outOfBandLooksTheSame() {
      String id = sim.create().id();

      sim.cloud.deleteEndpointOutOfBand(id);

      assertThat(sim.raw(id)).isEqualTo("deleting");
      assertThat(sim.service.connections()).isEmpty();
    }
  }

  @Test
  void dnsSwitchesAreReadOneByOne() {
    sim.cloud.switchDns(sim.network, DnsSwitch.HOST_NAMES, false);

    assertThat(sim.driver.dnsSwitch(sim.network, DnsSwitch.RESOLVER)).isTrue();
    assertThat(sim.driver.dnsSwitch(sim.network, DnsSwitch.HOST_NAMES)).isFalse();
    sim.cloud.switchDns(sim.network, DnsSwitch.HOST_NAMES, true);
    assertThat(sim.driver.dnsSwitch(sim.network, DnsSwitch.HOST_NAMES)).isTrue();
  }

  @Test
  void thereIsNoBillingLock() {
    String id = sim.create().id();

    assertThatThrownBy(() -> sim.cloud.lockBilling(id))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> sim.cloud.openProduct(false))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
