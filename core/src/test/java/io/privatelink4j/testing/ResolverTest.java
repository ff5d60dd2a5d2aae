package io.privatelink4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.DnsSwitch;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointZone;
import io.privatelink4j.testing.Resolution.Status;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResolverTest {
  private static final String APEX = "x.example.com";

  @Nested
  class OnAws {
    private final Sim sim = Sim.aws();
    private final Endpoint endpoint = sim.connected();
    private final String regional = endpoint.dnsName().orElseThrow();
    private final String zonal = endpoint.zonalDnsNames().get("us-west-2b");

    private Resolution resolve(String name) {
      return sim.cloud.resolve(sim.network, name);
    }

    @Test
    void theRegionalNameLeadsToAllZonesAndAZonalOneToItsOwn() {
      Resolution all = resolve(regional);
      Resolution one = resolve(zonal.toUpperCase(Locale.ROOT) + ".");

      assertThat(all.status()).isEqualTo(Status.NOERROR);
      assertThat(all.zoneIds()).containsExactlyInAnyOrder("usw2-az1", "usw2-az2", "usw2-az3");
      assertThat(all.endpointId()).contains(endpoint.id());
      assertThat(all.privateZone()).isEmpty();
      assertThat(all.leadsToEndpoint()).isTrue();
      assertThat(one.zoneIds()).containsExactly("usw2-az1");
      assertThat(one.name()).isEqualTo(zonal);
    }

    @Test
    void aNameOfAnEndpointElsewhereResolvesButLeadsNowhere() {
      Resolution elsewhere = sim.cloud.resolve(sim.cloud.addNetwork(), regional);

      assertThat(elsewhere.status()).isEqualTo(Status.NOERROR);
      assertThat(elsewhere.zoneIds()).isEmpty();
      assertThat(elsewhere.leadsToEndpoint()).isFalse();
    }

    @Test
    void recordsLeadThroughTheZoneToTheEndpoint() {
      sim.zone(APEX, "*", regional, "*.usw2-az1", zonal);

      Resolution broker = resolve("B1.usw2-az1.x.example.com");
      Resolution other = resolve("b9.usw2-az2.x.example.com");

      assertThat(broker.chain()).containsExactly(zonal);
      assertThat(broker.zoneIds()).containsExactly("usw2-az1");
      assertThat(broker.privateZone()).contains(APEX);
      assertThat(other.chain()).containsExactly(regional);
      assertThat(other.zoneIds()).hasSize(3);
    }

    @Test
    void nothingResolvesBeforeTheRecordsAreInSync() {
      DnsZone zone = sim.driver.createZone(sim.network, APEX, "ref");
      sim.pass(10);
      sim.driver.putRecords(sim.network, zone, List.of(Sim.cname("*", regional)));

      assertThat(resolve("b.x.example.com").status()).isEqualTo(Status.NXDOMAIN);
      assertThat(resolve("b.x.example.com").privateZone()).contains(APEX);
      sim.pass(10);
      assertThat(resolve("b.x.example.com").leadsToEndpoint()).isTrue();
    }

    @Test
    void aZoneThatIsJustCreatedHidesNothingYet() {
      DnsZone zone = sim.driver.createZone(sim.network, APEX, "ref");

      assertThat(resolve(APEX).privateZone()).isEmpty();
      sim.pass(10);
      assertThat(resolve(APEX).privateZone()).contains(zone.name());
    }

    @Test
    void theMostSpecificZoneHasTheLastWord() {
      sim.cloud.addStrangersZone(sim.network, "example.com");
      sim.zone(APEX, "a", regional);
      sim.zone("sub." + APEX, "a", zonal);

      assertThat(resolve("a.x.example.com").zoneIds()).hasSize(3);
      assertThat(resolve("a.sub.x.example.com").zoneIds()).hasSize(1);
      Resolution hidden = resolve("b.sub.x.example.com");
      assertThat(hidden.status()).isEqualTo(Status.NXDOMAIN);
      assertThat(hidden.privateZone()).contains("sub." + APEX);
      assertThat(resolve("www.example.com").privateZone()).contains("example.com");
      assertThat(resolve("notx.example.org").privateZone()).isEmpty();
    }

    @Test
    void aZoneOfAParentOfTheEndpointsNameHidesIt() {
      sim.cloud.addStrangersZone(sim.network, "vpce.amazonaws.com");

      assertThat(resolve(regional).status()).isEqualTo(Status.NXDOMAIN);
    }

    @Test
    void aZoneAnswersInItsOwnNetworkOnly() {
      sim.zone(APEX, "*", regional);
      ClusterNetwork other = sim.cloud.addNetwork();

      assertThat(sim.cloud.resolve(other, "b.x.example.com").status()).isEqualTo(Status.NXDOMAIN);
      assertThat(sim.cloud.resolve(other, "b.x.example.com").privateZone()).isEmpty();
    }

    @Test
    void aChainOfCnamesIsFollowedAndALoopIsNot() {
      sim.zone(APEX, "a", "b." + APEX, "b", regional, "l1", "l2." + APEX, "l2", "l1." + APEX);

      assertThat(resolve("a.x.example.com").chain()).containsExactly("b." + APEX, regional);
      assertThat(resolve("a.x.example.com").leadsToEndpoint()).isTrue();
      assertThat(resolve("l1.x.example.com").status()).isEqualTo(Status.SERVFAIL);
    }

    @Test
    void aDanglingCnameIsNxdomain() {
      sim.zone(APEX, "a", "gone.example.org");

      Resolution dangling = resolve("a.x.example.com");

      assertThat(dangling.status()).isEqualTo(Status.NXDOMAIN);
      assertThat(dangling.chain()).containsExactly("gone.example.org");
    }

    @Test
    void theSwitchesOfTheVpcCount() {
      sim.zone(APEX, "*", regional);

      sim.cloud.switchDns(sim.network, DnsSwitch.HOST_NAMES, false);
      assertThat(resolve("b.x.example.com").status()).isEqualTo(Status.NXDOMAIN);
      assertThat(resolve("b.x.example.com").privateZone()).isEmpty();
      assertThat(resolve(regional).status()).isEqualTo(Status.NOERROR);
      sim.cloud.switchDns(sim.network, DnsSwitch.RESOLVER, false);
      assertThat(resolve(regional).status()).isEqualTo(Status.SERVFAIL);
    }

    @Test
    void onlyAnEndpointThatCarriesTrafficHasAnAddress() {
      sim.cloud.modify(endpoint.id());
      assertThat(resolve(regional).leadsToEndpoint()).isTrue();

      sim.service.reject(endpoint.id());
      assertThat(resolve(regional).status()).isEqualTo(Status.NXDOMAIN);
      String waiting = sim.create().dnsName().orElseThrow();
      assertThat(resolve(waiting).status()).isEqualTo(Status.NXDOMAIN);
    }

    @Test
    void aNetworkOfNobodyIsRefused() {
      ClusterNetwork unknown =
          ClusterNetwork.builder()
              .cloud(CloudProvider.AWS)
              .region("us-west-2")
              .vpcId("vpc-0")
              .addSubnetIds("subnet-0")
              .build();

      assertThatThrownBy(() -> sim.cloud.resolve(unknown, APEX))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("vpc-0");
    }
  }

  /** RFC 4592, section 2.2.1, as far as CNAME records go. */
  @Nested
  class Wildcards {
    private final Sim sim = Sim.aws();

    @ParameterizedTest
    @CsvSource({
      // the apex exists without any record of its own, and no wildcard is for it
      "x.example.com, NODATA,",
      // the wildcard stands for one label and for many
      "b1.x.example.com, NXDOMAIN, star.target",
      "b1.rack.x.example.com, NXDOMAIN, star.target",
      // an own record wins
      "www.x.example.com, NXDOMAIN, www.target",
      // nothing is synthesised below a name that exists: its closest encloser is www
      "a.www.x.example.com, NXDOMAIN,",
      // the closer wildcard wins, at any depth
      "b1.usw2-az1.x.example.com, NXDOMAIN, az1.target",
      "a.b1.usw2-az1.x.example.com, NXDOMAIN, az1.target",
      // *.usw2-az1 makes usw2-az1 exist: an empty non-terminal, which * does not cover
      "usw2-az1.x.example.com, NODATA,",
      // usw2-az2 does not exist at all, so * covers it and all below
      "usw2-az2.x.example.com, NXDOMAIN, star.target",
      "b1.usw2-az2.x.example.com, NXDOMAIN, star.target",
      // deep.er exists only because of host.deep.er; * does not reach below deep
      "deep.er.x.example.com, NODATA,",
      "er.x.example.com, NODATA,",
      "other.er.x.example.com, NXDOMAIN,",
      "host.deep.er.x.example.com, NXDOMAIN, host.target",
      // asked for literally, the wildcard is a name like any other
      "*.x.example.com, NXDOMAIN, star.target",
      // and nothing lies below it
      "a.*.x.example.com, NXDOMAIN,",
    })
    void followTheRfc(String name, Status status, String target) {
      sim.zone(
          APEX,
          "*",
          "star.target",
          "www",
          "www.target",
          "*.usw2-az1",
          "az1.target",
          "host.deep.er",
          "host.target");

      Resolution answer = sim.cloud.resolve(sim.network, name);

      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.chain()).isEqualTo(target == null ? List.of() : List.of(target));
    }

    @Test
    void withoutOneAnUnknownNameDoesNotExist() {
      sim.zone(APEX, "www", "www.target");

      assertThat(sim.cloud.resolve(sim.network, "b1.x.example.com").status())
          .isEqualTo(Status.NXDOMAIN);
    }
  }

  @Nested
  class OnAlibabaCloud {

    @Test
    void endpointAndZoneDomainsLeadToTheirZones() {
      Sim sim = Sim.alicloud();
      Endpoint endpoint = sim.connected();
      List<EndpointZone> zones = sim.driver.endpointZones(sim.network, endpoint.id());
      sim.zone(
          APEX,
          "*",
          endpoint.dnsName().orElseThrow(),
          "*.ap-southeast-1b",
          zones.get(1).dnsName().orElseThrow());

      assertThat(sim.cloud.resolve(sim.network, "b1.x.example.com").zoneIds()).hasSize(3);
      assertThat(sim.cloud.resolve(sim.network, "b2.ap-southeast-1b.x.example.com").zoneIds())
          .isEqualTo(Set.of("ap-southeast-1b"));
      sim.driver.removeEndpointZone(sim.network, endpoint.id(), "ap-southeast-1a");
      sim.pass(8);
      assertThat(sim.cloud.resolve(sim.network, "b1.x.example.com").zoneIds()).hasSize(2);
    }

    @Test
    void aBindingTakesEffectAfterItsLagAndEndsSo() {
      Sim sim = Sim.alicloud();
      DnsZone zone = sim.driver.createZone(sim.network, APEX, "ignored");
      sim.driver.bindZone(sim.network, zone.id(), Set.of(Sim.bound(sim.network)));

      assertThat(sim.cloud.resolve(sim.network, APEX).privateZone()).isEmpty();
      sim.pass(3);
      assertThat(sim.cloud.resolve(sim.network, APEX).privateZone()).contains(APEX);
      sim.driver.bindZone(sim.network, zone.id(), Set.of());
      assertThat(sim.cloud.resolve(sim.network, APEX).privateZone()).contains(APEX);
      sim.pass(3);
      assertThat(sim.cloud.resolve(sim.network, APEX).privateZone()).isEmpty();
    }

    @Test
    void aLockedOrCutEndpointHasNoAddress() {
      Sim sim = Sim.alicloud();
      Endpoint endpoint = sim.connected();
      String name = endpoint.dnsName().orElseThrow();
      assertThat(sim.cloud.resolve(sim.network, name).leadsToEndpoint()).isTrue();

      sim.cloud.lockBilling(endpoint.id());
      assertThat(sim.cloud.resolve(sim.network, name).status()).isEqualTo(Status.NXDOMAIN);
      sim.cloud.unlockBilling(endpoint.id());
      sim.cloud.deleteEndpointOutOfBand(endpoint.id());
      assertThat(sim.cloud.resolve(sim.network, name).status()).isEqualTo(Status.NXDOMAIN);
    }

    @Test
    void wildcardsStandForOneLabelIfSoAssumed() {
      Sim sim = Sim.alicloud(Assumption.WILDCARD_ONE_LABEL);
      sim.zone(APEX, "*", "star.target", "*.az", "az.target");

      assertThat(sim.cloud.resolve(sim.network, "b.x.example.com").chain())
          .containsExactly("star.target");
      assertThat(sim.cloud.resolve(sim.network, "b.az.x.example.com").chain())
          .containsExactly("az.target");
      assertThat(sim.cloud.resolve(sim.network, "a.b.x.example.com").status())
          .isEqualTo(Status.NXDOMAIN);
    }

    @Test
    void wildcardsReachThroughEmptyNamesIfSoAssumed() {
      Sim sim = Sim.alicloud(Assumption.WILDCARD_REACHES_THROUGH);
      sim.zone(APEX, "*", "star.target", "*.az", "az.target", "a.b", "ab.target");

      assertThat(sim.cloud.resolve(sim.network, "az.x.example.com").chain())
          .containsExactly("star.target");
      assertThat(sim.cloud.resolve(sim.network, "c.az.x.example.com").chain())
          .containsExactly("az.target");
      assertThat(sim.cloud.resolve(sim.network, "c.b.x.example.com").chain())
          .containsExactly("star.target");
      sim.cloud.removeRecordOutOfBand(sim.cloud.zones().get(0).id(), "*");
      assertThat(sim.cloud.resolve(sim.network, "b.x.example.com").status())
          .isEqualTo(Status.NODATA);
    }
  }
}
