package io.privatelink4j.testing;

import static io.privatelink4j.testing.Sim.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.privatelink4j.model.Acceptance;
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
import io.privatelink4j.spi.RemoteException;
import io.privatelink4j.spi.ResourceState;
import io.privatelink4j.spi.Subnet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AlicloudEndpointsTest {
  private final Sim sim = Sim.alicloud();

  @Nested
  class Traits {

    @Test
    void areThoseOfTheDocumentation() {
      DriverTraits traits = sim.driver.traits();

      assertThat(traits.idsPerRead()).isEqualTo(1);
      assertThat(traits.idsPerFilter()).isEqualTo(1);
      assertThat(traits.endpointsPerPage()).isEqualTo(1_000);
      assertThat(traits.idsPerLabelCall()).isEqualTo(50);
      assertThat(traits.idsPerDelete()).isEqualTo(1);
      assertThat(traits.labelsPerEndpoint()).isEqualTo(20);
      assertThat(traits.recordsPerCall()).isEqualTo(1);
      assertThat(traits.accountFromSubnets()).isFalse();
      assertThat(traits.zonesInEndpoint()).isFalse();
      assertThat(traits.zonesRemovedFirst()).isTrue();
      assertThat(traits.zoneBoundAtCreation()).isFalse();
      assertThat(traits.dnsSwitches()).isEmpty();
      assertThat(traits.action(Operation.BIND_ZONE).permission()).isEqualTo("pvtz:BindZoneVpc");
      assertThat(traits.action(Operation.READ_ACCOUNT).name()).isEqualTo("GetCallerIdentity");
      assertThat(traits.actions()).doesNotContainKey(Operation.READ_DNS_SWITCH);
    }

    @Test
    void callsThatAlibabaCloudDoesNotHaveAreNotSupported() {
      assertThatThrownBy(() -> sim.driver.dnsSwitch(sim.network, DnsSwitch.RESOLVER))
          .isInstanceOf(UnsupportedOperationException.class);
      assertThatThrownBy(() -> sim.driver.changeDone(sim.network, "C1"))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("Alibaba Cloud");
      assertThatThrownBy(() -> sim.cloud.switchDns(sim.network, DnsSwitch.RESOLVER, false))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theAccountIsReadAndTheScopeHasIt() {
      assertThat(sim.driver.account(sim.network)).isEqualTo("1234567890123456");
      assertThat(sim.driver.scope(sim.network))
          .isEqualTo("alicloud/1234567890123456/ap-southeast-1");
    }
  }

  @Test
  void subnetsAreAllVSwitchesOfTheVpcInPages() {
    sim.cloud.limitPages(2);

    assertThat(sim.subnets(sim.network))
        .extracting(Subnet::zoneId)
        .containsExactlyInAnyOrder("ap-southeast-1a", "ap-southeast-1b", "ap-southeast-1c");
    assertThat(sim.subnets(sim.network))
        .allSatisfy(subnet -> assertThat(subnet.zoneName()).isEqualTo(subnet.zoneId()));
    ClusterNetwork unknown =
        ClusterNetwork.builder()
            .cloud(CloudProvider.ALICLOUD)
            .region("cn-hangzhou")
            .vpcId(sim.network.vpcId())
            .addSubnetIds("vsw-1")
            .build();
    assertFails(
        ErrorKind.BAD_NETWORK,
        "Forbidden.VpcNotFound",
        () -> sim.driver.subnets(unknown, Optional.empty()));
    assertFails(
        ErrorKind.INVALID,
        "InvalidParameter",
        () -> sim.driver.subnets(sim.network, Optional.of("7")));
  }

  @Nested
  class Services {

    @Test
    void areListedIfTheWhitelistHasUs() {
      OwnedService service = sim.cloud.publish("ap-southeast-1a");
      assertThat(sim.driver.service(sim.network, service.type())).isEmpty();

      service.allow("1234567890123456");

      assertThat(sim.driver.service(sim.network, service.type()).orElseThrow().zoneIds())
          .containsExactly("ap-southeast-1a");
      assertThat(service.name())
          .matches("com\\.aliyuncs\\.privatelink\\.ap-southeast-1\\.epsrv-[0-9a-z]{20}");
    }

    @Test
    void ofAnotherRegionAreNotListed() {
      OwnedService far = sim.cloud.publishIn("cn-hangzhou").allow("*");

      assertThat(sim.driver.service(sim.network, far.type())).isEmpty();
      assertFails(
          ErrorKind.SERVICE_NOT_USABLE,
          "EndpointServiceNotFound",
          () ->
              sim.driver.createEndpoint(
                  sim.network, sim.spec(sim.network, far.type(), Map.of(), sim.token())));
      assertThatThrownBy(() -> far.offerTo("ap-southeast-1"))
          .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void tellTheirAcceptanceUnlessAssumedOtherwise() {
      assertThat(acceptance(sim)).isEqualTo(Acceptance.REQUIRED);
      sim.service.acceptAutomatically();
      assertThat(acceptance(sim)).isEqualTo(Acceptance.AUTOMATIC);

      assertThat(acceptance(Sim.alicloud(Assumption.ACCEPTANCE_NOT_TOLD)))
          .isEqualTo(Acceptance.UNKNOWN);
    }

    private Acceptance acceptance(Sim where) {
      return where.driver.service(where.network, where.service.type()).orElseThrow().acceptance();
    }

    @Test
    void needTheProductToBeOpened() {
      sim.cloud.openProduct(false);

      assertFails(
          ErrorKind.PRODUCT_NOT_OPENED,
          "NeedOpenProduct",
          () -> sim.driver.service(sim.network, sim.service.type()));
      EndpointSpec spec = sim.spec();
      assertFails(
          ErrorKind.PRODUCT_NOT_OPENED,
          "NeedOpenProduct",
          () -> sim.driver.createEndpoint(sim.network, spec));
      sim.cloud.openProduct(true);
      assertThat(sim.driver.service(sim.network, sim.service.type())).isPresent();
    }
  }

  @Nested
  class Creation {

    @Test
    void givesAnEndpointInCreationWithItsName() {
      Endpoint endpoint = sim.create();

      assertThat(endpoint.id()).matches("ep-[0-9a-z]{20}");
      assertThat(endpoint.rawStatus()).isEqualTo("Creating/Disconnected");
      assertThat(endpoint.resource()).isEqualTo(ResourceState.CREATING);
      assertThat(endpoint.link()).isEqualTo(LinkState.DISCONNECTED);
      assertThat(endpoint.zones()).isEmpty();
      assertThat(endpoint.zonalDnsNames()).isEmpty();
      assertThat(endpoint.labels()).containsExactly(entry("plc.id", "one"));
      assertThat(endpoint.dnsName().orElseThrow())
          .startsWith(endpoint.id() + ".epsrv-")
          .endsWith(".ap-southeast-1.privatelink.aliyuncs.com");
    }

    @Test
    void zonesHaveDomainsOfTheirOwn() {
      Endpoint endpoint = sim.create();
      String rest = endpoint.dnsName().orElseThrow().substring(endpoint.id().length());

      List<EndpointZone> zones = sim.driver.endpointZones(sim.network, endpoint.id());

      assertThat(zones).hasSize(3);
      assertThat(zones.get(0).zoneId()).contains("ap-southeast-1a");
      assertThat(zones.get(0).subnetId()).isPresent();
      assertThat(zones.get(0).dnsName()).contains(endpoint.id() + "-ap-southeast-1a" + rest);
    }

    @Test
    void zoneDomainsHaveTheOlderFormIfSoAssumed() {
      Sim older = Sim.alicloud(Assumption.ZONE_DOMAIN_AT_REGION);
      String id = older.create().id();

      assertThat(older.driver.endpointZones(older.network, id).get(1).dnsName().orElseThrow())
          .startsWith(id + "-ap-southeast-1.epsrv-")
          .endsWith(".ap-southeast-1b.privatelink.aliyuncs.com");
    }

    @Test
    void needsASecurityGroup() {
      ClusterNetwork without =
          ClusterNetwork.builder()
              .cloud(CloudProvider.ALICLOUD)
              .region(sim.network.region())
              .vpcId(sim.network.vpcId())
              .subnetIds(sim.network.subnetIds())
              .build();

      assertFails(
          ErrorKind.BAD_NETWORK,
          "EndpointMustContainSecurityGroup",
          () -> sim.driver.createEndpoint(without, sim.spec()));
      assertFails(
          ErrorKind.BAD_NETWORK,
          "SecurityGroupNotFound",
          () -> sim.driver.createEndpoint(groups(without, "sg-unknown"), sim.spec()));
      assertFails(
          ErrorKind.INVALID,
          "IllegalParam.SecurityGroupId",
          () ->
              sim.driver.createEndpoint(
                  groups(
                      without,
                      IntStream.range(0, 11).mapToObj(i -> "sg-" + i).toArray(String[]::new)),
                  sim.spec()));
    }

    private ClusterNetwork groups(ClusterNetwork network, String... groups) {
      return ClusterNetwork.builder()
          .cloud(CloudProvider.ALICLOUD)
          .region(network.region())
          .vpcId(network.vpcId())
          .subnetIds(network.subnetIds())
          .addSecurityGroupIds(groups)
          .build();
    }

    @Test
    void tellsWhatIsWrongWithTheService() {
      OwnedService closed = sim.cloud.publish();
      OwnedService narrow = sim.cloud.publish("ap-southeast-1a").allow("*");
      OwnedService deleted = sim.cloud.publish().allow("*");
      deleted.delete();

      assertCreateFails(ErrorKind.SERVICE_NOT_USABLE, "EndpointServiceNotAuthorized", closed);
      assertCreateFails(ErrorKind.ZONE_NOT_SERVED, "EndpointServiceNotSupportedZone", narrow);
      assertCreateFails(ErrorKind.SERVICE_NOT_USABLE, "EndpointServiceDeleted", deleted);
    }

    private void assertCreateFails(ErrorKind kind, String code, OwnedService service) {
      assertFails(
          kind,
          code,
          () ->
              sim.driver.createEndpoint(
                  sim.network, sim.spec(sim.network, service.type(), Map.of(), sim.token())));
    }

    @Test
    void tellsWhatIsWrongWithTheNetwork() {
      EndpointSpec spec = sim.spec();
      ClusterNetwork twice = sim.cloud.addNetwork("ap-southeast-1a", "ap-southeast-1a");
      ClusterNetwork other = sim.cloud.addNetwork();
      sim.cloud.setFreeAddresses(other.subnetIds().get(0), 0);
      ClusterNetwork noVpc =
          ClusterNetwork.builder()
              .cloud(CloudProvider.ALICLOUD)
              .region("ap-southeast-1")
              .vpcId("vpc-unknown")
              .addSubnetIds("vsw-1")
              .addSecurityGroupIds("sg-1")
              .build();

      assertFails(
          ErrorKind.BAD_NETWORK,
          "EndpointZoneDuplicated",
          () ->
              sim.driver.createEndpoint(
                  twice, sim.spec(twice, sim.service.type(), Map.of(), sim.token())));
      assertFails(
          ErrorKind.BAD_NETWORK,
          "ResourceNotEnough.VSwitchIp",
          () ->
              sim.driver.createEndpoint(
                  other, sim.spec(other, sim.service.type(), Map.of(), sim.token())));
      assertFails(
          ErrorKind.BAD_NETWORK, "VSwitchNotFound", () -> sim.driver.createEndpoint(other, spec));
      assertFails(
          ErrorKind.BAD_NETWORK, "VpcNotFound", () -> sim.driver.createEndpoint(noVpc, spec));
    }

    @Test
    void tellsThatAVSwitchLiesInAnotherZone() {
      Subnet real = sim.subnets(sim.network).get(0);
      Subnet wrong =
          new Subnet(
              real.id(),
              real.vpcId(),
              "ap-southeast-1z",
              "ap-southeast-1z",
              "",
              OptionalInt.empty());

      assertFails(
          ErrorKind.BAD_NETWORK,
          "VSwitchNotFound",
          () -> sim.driver.createEndpoint(sim.network, with("plc-one", List.of(wrong))));
    }

    @Test
    void checksTheName() {
      for (String bad : List.of("", "x", "1abc", "a b", "x".repeat(129))) {
        assertFails(
            ErrorKind.INVALID,
            "IllegalParamFormat.EndpointName",
            () -> sim.driver.createEndpoint(sim.network, with(bad, sim.subnets(sim.network))));
      }
    }

    @Test
    void takesTenZonesAtMost() {
      List<Subnet> eleven =
          IntStream.range(0, 11)
              .mapToObj(
                  i -> new Subnet("vsw-" + i, "vpc", "z" + i, "z" + i, "", OptionalInt.empty()))
              .toList();

      assertFails(
          ErrorKind.INVALID,
          "IllegalParam.Zone",
          () -> sim.driver.createEndpoint(sim.network, with("plc-one", eleven)));
    }

    private EndpointSpec with(String name, List<Subnet> subnets) {
      return new EndpointSpec(name, sim.service.type(), subnets, new TreeMap<>(), sim.token());
    }

    @Test
    void stopsAtTheQuotaOfTheVpc() {
      Sim small = new Sim(InMemoryCloud.builder(CloudProvider.ALICLOUD).endpointsPerVpc(1).build());
      small.create();

      assertFails(ErrorKind.QUOTA, "QuotaExceeded.totalEpPerVpc", small::create);
    }

    @Test
    void ofASecondEndpointOfTheServiceFailsIfSoAssumed() {
      sim.create();
      sim.create();

      Sim strict = Sim.alicloud(Assumption.DUPLICATE_ENDPOINT_REFUSED);
      strict.create();
      assertFails(ErrorKind.ALREADY_EXISTS, "EndpointDuplicated", strict::create);
    }

    @Test
    void checksTheClientToken() {
      assertFails(
          ErrorKind.INVALID,
          "IllegalParamFormat.ClientToken",
          () -> sim.driver.createEndpoint(sim.network, sim.spec(Map.of(), "t".repeat(65))));
    }
  }

  @Nested
  class States {

    @Test
    void waitingForTheOwnerIsActiveAndDisconnectedWithZonesInWait() {
      String id = sim.create().id();
      assertThat(sim.zoneLinks(id)).containsExactly(LinkState.UNKNOWN);
      sim.pass(19);
      assertThat(sim.raw(id)).isEqualTo("Creating/Disconnected");

      sim.pass(1);

      assertThat(sim.raw(id)).isEqualTo("Active/Disconnected");
      assertThat(sim.read(id).resource()).isEqualTo(ResourceState.READY);
      assertThat(sim.zoneLinks(id)).containsExactly(LinkState.AWAITING_OWNER);
      assertThat(sim.service.waiting()).containsExactly(id);
    }

    @Test
    void acceptanceGoesOverConnectingToConnected() {
      String id = sim.create().id();
      sim.pass(20);

      sim.service.accept(id);

      assertThat(sim.raw(id)).isEqualTo("Active/Connecting");
      assertThat(sim.zoneLinks(id)).containsExactly(LinkState.CONNECTING);
      assertThatThrownBy(() -> sim.service.accept(id))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Connecting");
      sim.pass(5);
      assertThat(sim.raw(id)).isEqualTo("Active/Connected");
      assertThat(sim.zoneLinks(id)).containsExactly(LinkState.CONNECTED);
      assertThat(sim.service.connections()).containsExactly(entry(id, "Connected"));
    }

    @Test
    void anEarlyAcceptanceWaitsUntilTheEndpointIsBuilt() {
      String id = sim.create().id();

      sim.service.acceptAll();

      assertThat(sim.raw(id)).isEqualTo("Creating/Disconnected");
      assertThat(sim.service.waiting()).isEmpty();
      sim.pass(20);
      assertThat(sim.raw(id)).isEqualTo("Active/Connecting");
    }

    @Test
    void aServiceThatAcceptsByItselfConnectsAsSoonAsItIsBuilt() {
      sim.service.acceptAutomatically();

      String id = sim.create().id();

      assertThat(sim.raw(id)).isEqualTo("Creating/Disconnected");
      sim.pass(25);
      assertThat(sim.raw(id)).isEqualTo("Active/Connected");
    }

    @Test
    void theFreshConnectionIsPendingIfSoAssumed() {
      Sim pending = Sim.alicloud(Assumption.FRESH_CONNECTION_PENDING);
      String id = pending.create().id();

      assertThat(pending.raw(id)).isEqualTo("Creating/Pending");
      assertThat(pending.read(id).link()).isEqualTo(LinkState.UNKNOWN);
      pending.pass(20);
      assertThat(pending.raw(id)).isEqualTo("Active/Disconnected");
    }

    @Test
    void theEndpointIsPendingWhileItConnectsIfSoAssumed() {
      Sim pending = Sim.alicloud(Assumption.CONNECTING_IS_PENDING);
      String id = pending.create().id();
      pending.pass(20);
      pending.service.accept(id);

      assertThat(pending.raw(id)).isEqualTo("Pending/Connecting");
      assertThat(pending.read(id).resource()).isEqualTo(ResourceState.MODIFYING);
      pending.service.reject(id);
      assertThat(pending.raw(id)).isEqualTo("Active/Disconnecting");
      pending.pass(5);
      pending.service.accept(id);
      pending.pass(5);
      assertThat(pending.raw(id)).isEqualTo("Active/Connected");
    }

    @Test
    void rejectedAndNotYetAcceptedDifferInTheirZonesOnly() {
      String id = sim.create().id();
      sim.pass(20);

      sim.service.reject(id);

      assertThat(sim.raw(id)).isEqualTo("Active/Disconnected");
      assertThat(sim.zoneLinks(id)).containsExactly(LinkState.DISCONNECTED);
      assertThat(sim.service.waiting()).isEmpty();
      assertThatThrownBy(() -> sim.service.reject(id)).isInstanceOf(IllegalStateException.class);
      sim.service.accept(id);
      sim.pass(5);
      assertThat(sim.raw(id)).isEqualTo("Active/Connected");
    }

    @Test
    void cuttingGoesOverDisconnectingToDisconnected() {
      String id = sim.connected().id();

      sim.service.reject(id);

      assertThat(sim.raw(id)).isEqualTo("Active/Disconnecting");
      assertThat(sim.read(id).link()).isEqualTo(LinkState.DISCONNECTING);
      assertThat(sim.zoneLinks(id)).containsExactly(LinkState.DISCONNECTING);
      sim.pass(5);
      assertThat(sim.raw(id)).isEqualTo("Active/Disconnected");
    }

    @Test
    void aDeletedServiceIsTold() {
      String id = sim.connected().id();
      String deleted = sim.create().id();
      sim.cloud.deleteEndpointOutOfBand(deleted);

      sim.service.delete();

      assertThat(sim.raw(id)).isEqualTo("Active/ServiceDeleted");
      assertThat(sim.read(id).link()).isEqualTo(LinkState.SERVICE_DELETED);
      assertThat(sim.zoneLinks(id)).containsExactly(LinkState.DISCONNECTED);
      assertThat(sim.raw(deleted)).isEqualTo("Deleting/Deleting");
      assertThatThrownBy(() -> sim.service.accept(id)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theZonesOfADeletedServiceStayIfSoAssumed() {
      Sim unchanged = Sim.alicloud(Assumption.SERVICE_DELETED_ZONES_UNCHANGED);
      String id = unchanged.connected().id();

      unchanged.service.delete();

      assertThat(unchanged.zoneLinks(id)).containsExactly(LinkState.CONNECTED);
    }

    @Test
    void aModifiedOneIsPendingForAWhile() {
      String id = sim.connected().id();

      sim.cloud.modify(id);

      assertThat(sim.raw(id)).isEqualTo("Pending/Connected");
      assertThatThrownBy(() -> sim.cloud.modify(id)).isInstanceOf(IllegalStateException.class);
      sim.pass(20);
      assertThat(sim.raw(id)).isEqualTo("Active/Connected");
    }

    @Test
    void anOverdueBillLocks() {
      String id = sim.connected().id();

      sim.cloud.lockBilling(id);

      assertThat(sim.read(id).billingLocked()).isTrue();
      assertFails(
          ErrorKind.BILLING_LOCKED,
          "EndpointLocked",
          () -> sim.driver.removeEndpointZone(sim.network, id, "ap-southeast-1a"));
      sim.cloud.unlockBilling(id);
      assertThat(sim.read(id).billingLocked()).isFalse();
      sim.driver.removeEndpointZone(sim.network, id, "ap-southeast-1a");
    }

    @Test
    void whatTheCloudDoesNotKnowIsNotOffered() {
      String id = sim.create().id();

      assertThatThrownBy(() -> sim.service.expire(id))
          .isInstanceOf(UnsupportedOperationException.class);
      assertThatThrownBy(() -> sim.service.fail(id, "no"))
          .isInstanceOf(UnsupportedOperationException.class);
      assertThatThrownBy(() -> sim.cloud.partial(id))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Nested
  class Reads {

    @Test
    void ofNobodyAreEmptyOrFail() {
      assertThat(sim.driver.endpoint(sim.network, "ep-unknown")).isEmpty();
      assertFails(
          ErrorKind.NOT_FOUND,
          "EndpointNotFound",
          () -> sim.driver.endpointZones(sim.network, "ep-unknown"));
      assertFails(
          ErrorKind.NOT_FOUND,
          "EndpointNotFound",
          () -> sim.driver.endpointsById(sim.network, List.of("ep-unknown")));
    }

    @Test
    void takeOneIdAtATime() {
      String id = sim.create().id();

      assertThat(sim.driver.endpointsById(sim.network, List.of(id))).hasSize(1);
      assertFails(
          ErrorKind.INVALID,
          "IllegalParam.EndpointId",
          () -> sim.driver.endpointsById(sim.network, List.of(id, id)));
      assertFails(
          ErrorKind.INVALID,
          "IllegalParam.EndpointId",
          () -> sim.list(EndpointFilter.ids(List.of(id, "ep-2"))));
    }

    @Test
    void filterValuesAreExact() {
      String id = sim.create().id();

      assertThat(sim.list(EndpointFilter.label("plc.id", "one"))).containsExactly(id);
      assertThat(sim.list(EndpointFilter.label("plc.id", "o*"))).isEmpty();
      assertThat(sim.list(EndpointFilter.ids(List.of(id)))).containsExactly(id);
      Map<String, String> tooMany = new HashMap<>();
      IntStream.range(0, 21).forEach(i -> tooMany.put("k" + i, "v"));
      assertFails(
          ErrorKind.INVALID,
          "IllegalParam.Tag",
          () -> sim.list(new EndpointFilter(tooMany, List.of(), Optional.empty())));
    }

    @Test
    void aForgedPageTokenIsRefused() {
      assertFails(
          ErrorKind.INVALID,
          "IllegalParamFormat.NextToken",
          () ->
              sim.driver.endpoints(
                  sim.network, EndpointFilter.label("a", "b"), Optional.of("next")));
    }
  }

  @Nested
  class Labels {
    private final String id = sim.create().id();

    @Test
    void areSetOnSeveralEndpointsAndRemovedByKey() {
      String other = sim.create().id();

      sim.driver.putLabels(sim.network, List.of(id, other), Map.of("a", "1"));
      assertThat(sim.read(other).labels()).containsEntry("a", "1");
      sim.driver.removeLabels(sim.network, id, Map.of("a", "another value"));

      assertThat(sim.read(id).labels()).containsOnlyKeys("plc.id");
      assertThat(sim.read(other).labels()).containsOnlyKeys("plc.id", "a");
    }

    @Test
    void haveLimits() {
      for (String key : List.of("1a", "", "k".repeat(65), "a b", "aliyun.x", "ACS:x", "a/b")) {
        assertFails(
            ErrorKind.INVALID,
            "IllegalTagKeyParam",
            () -> sim.driver.putLabels(sim.network, List.of(id), Map.of(key, "v")));
      }
      for (String value : List.of("v".repeat(129), "a b", "a:b", "Aliyun")) {
        assertFails(
            ErrorKind.INVALID,
            "IllegalTagValueParam",
            () -> sim.driver.putLabels(sim.network, List.of(id), Map.of("k", value)));
      }
      sim.driver.putLabels(
          sim.network, List.of(id), Map.of("k".repeat(64), "9".repeat(128), "empty", ""));
    }

    @Test
    void valuesBeginWithALetterIfSoAssumed() {
      Sim strict = Sim.alicloud(Assumption.LABEL_VALUE_LETTER_FIRST);
      String endpoint = strict.create().id();

      assertFails(
          ErrorKind.INVALID,
          "IllegalTagValueParam",
          () -> strict.driver.putLabels(strict.network, List.of(endpoint), Map.of("k", "9")));
      strict.driver.putLabels(strict.network, List.of(endpoint), Map.of("k", "a9", "e", ""));
    }

    @Test
    void areTwentyAtMostOnFiftyEndpointsAtMost() {
      Map<String, String> many = new HashMap<>();
      IntStream.range(0, 20).forEach(i -> many.put("k" + i, "v"));

      assertFails(
          ErrorKind.QUOTA,
          "QuotaExceed.TagsPerResource",
          () -> sim.driver.putLabels(sim.network, List.of(id), many));
      List<String> ids = IntStream.range(0, 51).mapToObj(i -> "ep-" + i).toList();
      assertFails(
          ErrorKind.INVALID,
          "IllegalParam.ResourceId",
          () -> sim.driver.putLabels(sim.network, ids, Map.of("a", "1")));
      assertFails(
          ErrorKind.INVALID,
          "IllegalParam.ResourceId",
          () -> sim.driver.putLabels(sim.network, List.of(), Map.of("a", "1")));
    }

    @Test
    void ofNobodyCannotBeSetOrRemoved() {
      assertFails(
          ErrorKind.NOT_FOUND,
          "InvalidResourceId.NotFound",
          () -> sim.driver.putLabels(sim.network, List.of("ep-unknown"), Map.of("a", "1")));
      assertFails(
          ErrorKind.NOT_FOUND,
          "InvalidResourceId.NotFound",
          () -> sim.driver.removeLabels(sim.network, "ep-unknown", Map.of("a", "1")));
    }
  }

  @Nested
  class Deletion {

    @Test
    void needsTheZonesToBeRemovedOneAfterTheOther() {
      String id = sim.connected().id();
      assertDeleteFails(id, ErrorKind.NOT_EMPTY, "EndpointDependenceViolation");

      sim.driver.removeEndpointZone(sim.network, id, "ap-southeast-1a");

      assertThat(sim.raw(id)).isEqualTo("Pending/Connected");
      assertThat(sim.zoneLinks(id)).contains(LinkState.DISCONNECTING, LinkState.CONNECTED);
      assertFails(
          ErrorKind.BUSY,
          "ConcurrentCallNotSupported",
          () -> sim.driver.removeEndpointZone(sim.network, id, "ap-southeast-1b"));
      assertDeleteFails(id, ErrorKind.BUSY, "ConcurrentCallNotSupported");
      sim.pass(8);
      assertThat(sim.raw(id)).isEqualTo("Active/Connected");
      assertFails(
          ErrorKind.NOT_FOUND,
          "EndpointZoneNotFound",
          () -> sim.driver.removeEndpointZone(sim.network, id, "ap-southeast-1a"));
      sim.driver.removeEndpointZone(sim.network, id, "ap-southeast-1b");
      sim.pass(8);
      sim.driver.removeEndpointZone(sim.network, id, "ap-southeast-1c");
      sim.pass(8);
      assertThat(sim.driver.endpointZones(sim.network, id)).isEmpty();

      assertThat(sim.driver.deleteEndpoints(sim.network, List.of(id))).isEmpty();

      assertThat(sim.raw(id)).isEqualTo("Deleting/Deleting");
      assertDeleteFails(id, ErrorKind.BUSY, "EndpointOperationDenied");
      assertThat(sim.cloud.leftovers()).isEmpty();
      sim.pass(15);
      assertThat(sim.driver.endpoint(sim.network, id)).isEmpty();
      assertDeleteFails(id, ErrorKind.NOT_FOUND, "EndpointNotFound");
      assertThat(sim.subnets(sim.network)).allMatch(s -> s.freeAddresses().orElse(0) == 4_091);
    }

    private void assertDeleteFails(String id, ErrorKind kind, String code) {
      Map<String, RemoteException> failures = sim.driver.deleteEndpoints(sim.network, List.of(id));
      assertThat(failures).containsOnlyKeys(id);
      assertThat(failures.get(id).kind()).isEqualTo(kind);
      assertThat(failures.get(id).code()).isEqualTo(code);
    }

    @Test
    void isRefusedWhileTheEndpointIsInTransition() {
      String id = sim.create().id();
      assertDeleteFails(id, ErrorKind.BUSY, "EndpointOperationDenied");
      assertFails(
          ErrorKind.BUSY,
          "EndpointOperationDenied",
          () -> sim.driver.removeEndpointZone(sim.network, id, "ap-southeast-1a"));
      sim.pass(20);
      sim.service.accept(id);

      assertDeleteFails(id, ErrorKind.BUSY, "EndpointConnectionOperationDenied");
    }

    @Test
    void takesOneEndpointAtATime() {
      assertFails(
          ErrorKind.INVALID,
          "IllegalParam.EndpointId",
          () -> sim.driver.deleteEndpoints(sim.network, List.of("ep-1", "ep-2")));
    }

    @Test
    void ofAZoneOfNobodyFails() {
      assertFails(
          ErrorKind.NOT_FOUND,
          "EndpointNotFound",
          () -> sim.driver.removeEndpointZone(sim.network, "ep-unknown", "ap-southeast-1a"));
    }

    @Test
    void outOfBandTakesTheZonesAlong() {
      String id = sim.connected().id();

      sim.cloud.deleteEndpointOutOfBand(id);
      sim.cloud.deleteEndpointOutOfBand(id);

      assertThat(sim.raw(id)).isEqualTo("Deleting/Deleting");
      assertThat(sim.zoneLinks(id)).containsExactly(LinkState.DISCONNECTING);
      sim.pass(15);
      assertThat(sim.driver.endpoint(sim.network, id)).isEmpty();
      assertThat(sim.subnets(sim.network)).allMatch(s -> s.freeAddresses().orElse(0) == 4_091);
    }

    @Test
    void aSecondDeletionCallDuringAnUnseenOneIsRefused() {
      Sim late = Sim.alicloud(Assumption.DELETION_SEEN_AFTER_3S);
      String id = late.connected().id();
      late.cloud.deleteEndpointOutOfBand(id);

      assertThat(late.raw(id)).isEqualTo("Active/Connected");
      assertThat(late.driver.deleteEndpoints(late.network, List.of(id)).get(id).code())
          .isEqualTo("EndpointOperationDenied");
      late.pass(3);
      assertThat(late.raw(id)).isEqualTo("Deleting/Deleting");
    }
  }
}
