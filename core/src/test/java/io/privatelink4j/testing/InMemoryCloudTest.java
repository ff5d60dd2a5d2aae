package io.privatelink4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.DriverContext;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointFilter;
import io.privatelink4j.spi.EndpointSpec;
import io.privatelink4j.spi.EndpointZone;
import io.privatelink4j.spi.LinkState;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.Subnet;
import io.privatelink4j.spi.SystemTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class InMemoryCloudTest {

  @Nested
  class Building {

    @Test
    void hasDefaults() {
      InMemoryCloud aws = InMemoryCloud.aws();
      InMemoryCloud alicloud = InMemoryCloud.alicloud();

      assertThat(aws.cloud()).isEqualTo(CloudProvider.AWS);
      assertThat(aws.region()).isEqualTo("us-west-2");
      assertThat(aws.accountId()).isEqualTo(InMemoryCloud.AWS_ACCOUNT);
      assertThat(alicloud.cloud()).isEqualTo(CloudProvider.ALICLOUD);
      assertThat(alicloud.region()).isEqualTo("ap-southeast-1");
      assertThat(alicloud.accountId()).isEqualTo(InMemoryCloud.ALICLOUD_ACCOUNT);
      assertThat(aws.time()).isSameAs(aws.manualTime());
    }

    @Test
    void refusesNonsense() {
      assertThatThrownBy(() -> InMemoryCloud.builder(CloudProvider.UNKNOWN))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> InMemoryCloud.builder(CloudProvider.AWS).endpointsPerVpc(0))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> InMemoryCloud.builder(CloudProvider.AWS).region(" "))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> InMemoryCloud.aws().limitPages(0))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(
              () ->
                  new Latencies(
                      Duration.ZERO,
                      Duration.ZERO,
                      Duration.ofSeconds(-1),
                      Duration.ZERO,
                      Duration.ZERO))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("zoneRemoval");
    }

    @Test
    void refusesAClientOnAnotherClock() {
      InMemoryCloud cloud = InMemoryCloud.aws();

      assertThatThrownBy(() -> cloud.open(new DriverContext(new ManualTime())))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(".time(cloud.time())");
    }

    @Test
    void runsInRealTimeToo() {
      try (SystemTime time = new SystemTime()) {
        Sim sim =
            new Sim(
                InMemoryCloud.builder(CloudProvider.AWS)
                    .time(time)
                    .latencies(Latencies.none())
                    .build());
        String id = sim.create().id();
        sim.service.acceptAll();

        assertThat(sim.raw(id)).isEqualTo("available");
        assertThat(sim.cloud.open(new DriverContext(new ManualTime()))).isNotNull();
        assertThatThrownBy(sim.cloud::manualTime)
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("SystemTime");
      }
    }

    @Test
    void theSameSeedGivesTheSameIds() {
      assertThat(InMemoryCloud.aws().network()).isEqualTo(InMemoryCloud.aws().network());
      assertThat(InMemoryCloud.builder(CloudProvider.AWS).seed(2).build().network())
          .isNotEqualTo(InMemoryCloud.aws().network());
    }

    @ParameterizedTest
    @EnumSource(
        value = CloudProvider.class,
        names = {"AWS", "ALICLOUD"})
    void latenciesOfZeroMakeEverythingHappenAtOnce(CloudProvider provider) {
      Sim sim = new Sim(InMemoryCloud.builder(provider).latencies(Latencies.none()).build());
      sim.service.acceptAutomatically();

      String id = sim.create().id();

      assertThat(sim.read(id).link()).isEqualTo(LinkState.CONNECTED);
      sim.cloud.deleteEndpointOutOfBand(id);
      assertThat(sim.cloud.endpoints()).isEmpty();
    }

    @Test
    void latenciesCanBeAllTheSame() {
      Duration second = Duration.ofSeconds(1);

      assertThat(Latencies.all(second))
          .isEqualTo(new Latencies(second, second, second, second, second));
    }
  }

  @Nested
  class Networks {

    @Test
    void haveOneSubnetPerZoneAndASecurityGroup() {
      InMemoryCloud cloud = InMemoryCloud.aws();

      ClusterNetwork network = cloud.addNetwork("usw2-az4", "usw2-az2");

      assertThat(network.subnetIds()).hasSize(2).allMatch(id -> id.startsWith("subnet-"));
      assertThat(network.securityGroupIds()).hasSize(1);
      assertThat(network.region()).isEqualTo("us-west-2");
      assertThat(network.principal()).isEmpty();
      assertThat(cloud.network()).isSameAs(cloud.network()).isNotEqualTo(network);
    }

    @ParameterizedTest
    @CsvSource({
      "AWS, us-east-1, use1-az1, us-east-1b",
      "AWS, eu-central-1, euc1-az1, eu-central-1b",
      "AWS, ap-northeast-3, apne3-az1, ap-northeast-3b",
      "AWS, ap-southeast-2, apse2-az1, ap-southeast-2b",
      "AWS, us-gov-west-1, usgw1-az1, us-gov-west-1b",
      "ALICLOUD, ap-southeast-1, ap-southeast-1a, ap-southeast-1a",
      "ALICLOUD, cn-hangzhou, cn-hangzhou-a, cn-hangzhou-a",
    })
    void zoneIdsFollowTheRegion(CloudProvider provider, String region, String id, String name) {
      Sim sim = new Sim(InMemoryCloud.builder(provider).region(region).build());

      assertThat(sim.subnets(sim.network)).hasSize(3);
      assertThat(sim.subnets(sim.network))
          .filteredOn(subnet -> subnet.zoneId().equals(id))
          .extracting(Subnet::zoneName)
          .containsExactly(name);
    }

    @Test
    void noZonesNameIsAtItsIdsPlace() {
      Sim sim = new Sim(InMemoryCloud.aws());
      ClusterNetwork six =
          sim.cloud.addNetwork(
              "usw2-az1", "usw2-az2", "usw2-az3", "usw2-az4", "usw2-az5", "usw2-az6");

      assertThat(sim.subnets(six))
          .allSatisfy(
              subnet -> {
                int id = subnet.zoneId().charAt(subnet.zoneId().length() - 1) - '1';
                int name = subnet.zoneName().charAt(subnet.zoneName().length() - 1) - 'a';
                assertThat(id).isNotEqualTo(name);
              })
          .extracting(Subnet::zoneName)
          .doesNotHaveDuplicates();
    }

    @Test
    void zonesOfOtherRegionsAndNamesInsteadOfIdsAreRefused() {
      InMemoryCloud aws = InMemoryCloud.aws();
      InMemoryCloud alicloud = InMemoryCloud.alicloud();

      assertThatThrownBy(() -> aws.addNetwork("use1-az1"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("use1-az1 is no zone id of us-west-2, such as usw2-az1");
      assertThatThrownBy(() -> aws.publish("us-west-2a"))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> alicloud.addNetwork("cn-hangzhou-a"))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ofNobodyCannotBeChanged() {
      InMemoryCloud cloud = InMemoryCloud.aws();

      assertThatThrownBy(() -> cloud.setFreeAddresses("subnet-0", 1))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> cloud.removeSubnet("subnet-0"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  class Services {

    @Test
    void canBeFoundAgain() {
      InMemoryCloud cloud = InMemoryCloud.aws();
      OwnedService service = cloud.publish();

      assertThat(cloud.service(service.name()).type()).isEqualTo(service.type());
      assertThatThrownBy(() -> cloud.service("nobody"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("nobody");
      assertThatThrownBy(() -> cloud.serviceOf("vpce-0"))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takePrincipalsOfTheirCloudOnly() {
      OwnedService aws = InMemoryCloud.aws().publish();
      OwnedService alicloud = InMemoryCloud.alicloud().publish();

      aws.allow("arn:aws:iam::111122223333:user/me").allow("arn:aws-cn:iam::111122223333:root");
      for (String bad : List.of("", "me", "1234567890123456", "arn:aws:iam::1:root")) {
        assertThatThrownBy(() -> aws.allow(bad)).isInstanceOf(IllegalArgumentException.class);
      }
      assertThatThrownBy(() -> alicloud.allow("111122223333"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  class Views {

    @Test
    void tellWhatIsLeft() {
      Sim sim = Sim.aws();
      Endpoint endpoint = sim.connected();
      DnsZone zone = sim.zone("x.example.com", "*", "target.example.com");
      sim.cloud.addStrangersZone(sim.network, "strange.example.com");
      String foreign = sim.cloud.addForeignZone(sim.network, "foreign.example.com");

      assertThat(sim.cloud.leftovers())
          .containsExactlyInAnyOrder(
              "endpoint " + endpoint.id() + " available",
              "zone " + zone.id() + " x.example.com",
              "zone " + foreign + " foreign.example.com");
      assertThat(sim.cloud.zones())
          .extracting(DnsZone::id)
          .containsExactlyInAnyOrder(zone.id(), foreign);
      assertThat(sim.cloud.zones()).allMatch(each -> each.reference().isPresent());
    }

    @Test
    void haveTheZonesOfEndpointsOnBothClouds() {
      for (Sim sim : List.of(Sim.aws(), Sim.alicloud())) {
        sim.connected();

        assertThat(sim.cloud.endpoints())
            .singleElement()
            .satisfies(each -> assertThat(each.zones()).hasSize(3));
      }
      Sim alicloud = Sim.alicloud();
      alicloud.connected();
      assertThat(alicloud.cloud.endpoints().get(0).zones())
          .extracting(EndpointZone::link)
          .containsOnly(LinkState.CONNECTED);
    }

    @Test
    void haveLabelsEditedByOthers() {
      Sim sim = Sim.aws();
      String id = sim.create().id();

      sim.cloud.editLabel(id, "new", "1");
      sim.cloud.removeLabel(id, "plc.id");

      assertThat(sim.cloud.endpoints().get(0).labels()).isEqualTo(Map.of("new", "1"));
      assertThatThrownBy(() -> sim.cloud.editLabel("vpce-0", "a", "b"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("vpce-0");
    }
  }

  @Test
  void aForeignEndpointHasNoneOfOurLabelsAndNeedsNoPermission() {
    Sim sim = Sim.aws();
    OwnedService narrow = sim.cloud.publish("usw2-az2");

    String id = sim.cloud.addForeignEndpoint(sim.network, narrow);

    assertThat(sim.read(id).labels()).isEqualTo(Map.of("Name", "somebody-elses"));
    assertThat(sim.read(id).zones()).hasSize(1);
    assertThat(narrow.waiting()).containsExactly(id);
    OwnedService elsewhere = InMemoryCloud.builder(CloudProvider.AWS).seed(9).build().publish();
    assertThatThrownBy(() -> sim.cloud.addForeignEndpoint(sim.network, elsewhere))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = CloudProvider.class,
      names = {"AWS", "ALICLOUD"})
  void aVanishedEndpointIsGoneAtOnce(CloudProvider provider) {
    Sim sim = new Sim(InMemoryCloud.builder(provider).build());
    String id = sim.connected().id();

    sim.cloud.vanish(id);

    assertThat(sim.driver.endpoint(sim.network, id)).isEmpty();
    assertThat(sim.cloud.endpoints()).isEmpty();
    assertThat(sim.list(EndpointFilter.label("plc.id", "one"))).isEmpty();
    assertThatThrownBy(() -> sim.cloud.vanish(id)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void driversShareTheCloudAndClosingOneChangesNothing() {
    Sim sim = Sim.aws();
    String id = sim.create().id();
    PrivateLinkDriver other = sim.cloud.open();

    sim.driver.close();

    assertThat(other.endpoint(sim.network, id)).isPresent();
    assertThat(other.traits()).isEqualTo(sim.cloud.traits());
    other.close();
  }

  @Test
  void callsOfManyThreadsAreCarriedOutOneAfterTheOther() throws InterruptedException {
    Sim sim = new Sim(InMemoryCloud.builder(CloudProvider.AWS).endpointsPerVpc(1_000).build());
    Set<String> ids = ConcurrentHashMap.newKeySet();
    List<Thread> threads = new ArrayList<>();
    List<Subnet> subnets = sim.subnets(sim.network);
    sim.cloud.calls().clear();
    for (int t = 0; t < 8; t++) {
      int thread = t;
      threads.add(
          new Thread(
              () -> {
                for (int i = 0; i < 50; i++) {
                  ids.add(
                      sim.driver
                          .createEndpoint(
                              sim.network,
                              new EndpointSpec(
                                  "plc",
                                  sim.service.type(),
                                  subnets,
                                  new TreeMap<>(),
                                  "t" + thread + "-" + i))
                          .id());
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(ids).hasSize(400);
    assertThat(sim.cloud.calls().size()).isEqualTo(400);
    assertThat(sim.subnets(sim.network)).allMatch(s -> s.freeAddresses().orElse(0) == 3_691);
  }
}
