package io.privatelink4j.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.Zones;
import io.privatelink4j.spi.Subnet;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkViewTest {
  private static final String ACCOUNT = "123456789012";

  private static Subnet subnet(String id, String zoneId, String zoneName) {
    return new Subnet(id, "vpc-1", zoneId, zoneName, ACCOUNT, OptionalInt.of(250));
  }

  private static final Subnet A = subnet("subnet-a", "usw2-az2", "us-west-2a");
  private static final Subnet B = subnet("subnet-b", "usw2-az1", "us-west-2b");
  private static final Subnet C = subnet("subnet-c", "usw2-az2", "us-west-2a");

  private static NetworkView view(List<Subnet> seen, String... named) {
    return NetworkView.of(Fixtures.awsNetwork(named), ACCOUNT, seen);
  }

  private static ClusterNetwork network(CloudProvider cloud, String region) {
    return ClusterNetwork.builder()
        .cloud(cloud)
        .region(region)
        .vpcId("vpc-1")
        .addSubnetIds("subnet-a")
        .build();
  }

  @Test
  void of_keepsOnlyNamedSubnets_sortedById() {
    NetworkView view = view(List.of(C, B, A), "subnet-c", "subnet-a");

    assertThat(view.subnets()).containsExactly(A, C);
    assertThat(view.missing()).isEmpty();
  }

  @Test
  void of_tellsWhichNamedSubnetsAreMissing() {
    NetworkView view = view(List.of(A), "subnet-z", "subnet-a", "subnet-y");

    assertThat(view.subnets()).containsExactly(A);
    assertThat(view.missing()).containsExactly("subnet-y", "subnet-z");
  }

  @Test
  void of_aSubnetNamedTwice_takesItOnce() {
    assertThat(view(List.of(A), "subnet-a", "subnet-a").subnets()).containsExactly(A);
    assertThat(view(List.of(), "subnet-a", "subnet-a").missing()).containsExactly("subnet-a");
  }

  @Test
  void subnetsByZone_ofSeveralInOneZone_takesTheFirstById() {
    assertThat(view(List.of(C, B, A), "subnet-c", "subnet-b", "subnet-a").subnetsByZone())
        .containsExactly(
            org.assertj.core.api.Assertions.entry("usw2-az1", B),
            org.assertj.core.api.Assertions.entry("usw2-az2", A));
  }

  @Test
  void zoneIds_areSortedAndDistinct() {
    assertThat(view(List.of(A, B, C), "subnet-a", "subnet-b", "subnet-c").zoneIds())
        .containsExactly("usw2-az1", "usw2-az2");
  }

  @Test
  void zoneIdOfSubnet_knowsTheNetworksSubnetsOnly() {
    NetworkView view = view(List.of(A, B), "subnet-a");

    assertThat(view.zoneIdOfSubnet("subnet-a")).contains("usw2-az2");
    assertThat(view.zoneIdOfSubnet("subnet-b")).isEmpty();
  }

  @Test
  void zoneIdOfName_translatesTheNameInThisAccount() {
    NetworkView view = view(List.of(A, B), "subnet-a", "subnet-b");

    assertThat(view.zoneIdOfName("us-west-2a")).contains("usw2-az2");
    assertThat(view.zoneIdOfName("us-west-2b")).contains("usw2-az1");
    assertThat(view.zoneIdOfName("usw2-az1")).isEmpty();
    assertThat(view.zoneIdOfName("us-west-2c")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "us-west-2, arn:aws:iam::123456789012:root",
    "ap-southeast-1, arn:aws:iam::123456789012:root",
    "cn-north-1, arn:aws-cn:iam::123456789012:root",
    "cn-northwest-1, arn:aws-cn:iam::123456789012:root",
    "us-gov-west-1, arn:aws-us-gov:iam::123456789012:root"
  })
  void zones_onAws_nameTheAccountInItsPartition(String region, String principal) {
    Zones zones = NetworkView.of(network(CloudProvider.AWS, region), ACCOUNT, List.of(A)).zones();

    assertThat(zones).isEqualTo(new Zones(ACCOUNT, List.of(principal), List.of("usw2-az2")));
  }

  @Test
  void zones_withARole_nameTheRoleFirst() {
    ClusterNetwork network =
        ClusterNetwork.builder()
            .cloud(CloudProvider.AWS)
            .region("us-west-2")
            .vpcId("vpc-1")
            .addSubnetIds("subnet-a")
            .principal("arn:aws:iam::123456789012:role/tenant-7")
            .build();

    assertThat(NetworkView.of(network, ACCOUNT, List.of(A)).zones().principals())
        .containsExactly(
            "arn:aws:iam::123456789012:role/tenant-7", "arn:aws:iam::123456789012:root");
  }

  @Test
  void zones_onAlibabaCloud_nameTheAccountItself() {
    Subnet vSwitch =
        new Subnet(
            "subnet-a",
            "vpc-1",
            "cn-hangzhou-b",
            "cn-hangzhou-b",
            "1234567890123456",
            OptionalInt.empty());

    assertThat(
            NetworkView.of(
                    network(CloudProvider.ALICLOUD, "cn-hangzhou"),
                    "1234567890123456",
                    List.of(vSwitch))
                .zones())
        .isEqualTo(
            new Zones("1234567890123456", List.of("1234567890123456"), List.of("cn-hangzhou-b")));
  }
}
