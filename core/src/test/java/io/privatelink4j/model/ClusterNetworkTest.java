package io.privatelink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterNetworkTest {
  private static ClusterNetwork.Builder network() {
    return ClusterNetwork.builder()
        .cloud(CloudProvider.AWS)
        .region("us-west-2")
        .vpcId("vpc-1")
        .addSubnetIds("subnet-1");
  }

  @Test
  void build_withTheLeast_hasDefaults() {
    ClusterNetwork network = network().build();

    assertThat(network.cloud()).isEqualTo(CloudProvider.AWS);
    assertThat(network.region()).isEqualTo("us-west-2");
    assertThat(network.vpcId()).isEqualTo("vpc-1");
    assertThat(network.subnetIds()).containsExactly("subnet-1");
    assertThat(network.securityGroupIds()).isEmpty();
    assertThat(network.shared()).isTrue();
    assertThat(network.principal()).isEmpty();
  }

  @Test
  void build_withEverything_keepsIt() {
    ClusterNetwork network =
        network()
            .addSubnetIds("subnet-2", "subnet-3")
            .addSecurityGroupIds("sg-1", "sg-2")
            .shared(false)
            .principal("arn:aws:iam::1:role/r")
            .build();

    assertThat(network.subnetIds()).containsExactly("subnet-1", "subnet-2", "subnet-3");
    assertThat(network.securityGroupIds()).containsExactly("sg-1", "sg-2");
    assertThat(network.shared()).isFalse();
    assertThat(network.principal()).contains("arn:aws:iam::1:role/r");
  }

  @Test
  void build_ofSubnets_replacesThoseBefore() {
    assertThat(network().subnetIds(List.of("subnet-9")).build().subnetIds())
        .containsExactly("subnet-9");
  }

  @Test
  void build_onAnUnknownCloud_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network().cloud(CloudProvider.UNKNOWN).build())
        .withMessage("cloud must be AWS or ALICLOUD");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t"})
  void build_withABlankRegion_isRefused(String blank) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network().region(blank).build())
        .withMessage("region must not be blank");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t"})
  void build_withABlankVpc_isRefused(String blank) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network().vpcId(blank).build())
        .withMessage("vpcId must not be blank");
  }

  @Test
  void build_withoutSubnet_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network().subnetIds(List.of()).build())
        .withMessage("subnetIds must name at least one subnet");
  }

  @Test
  void build_withoutARequiredValue_saysWhichIsMissing() {
    assertThatIllegalStateException()
        .isThrownBy(() -> ClusterNetwork.builder().build())
        .withMessageContaining("cloud")
        .withMessageContaining("region")
        .withMessageContaining("vpcId");
  }

  @Test
  void builder_withANull_isRefused() {
    assertThatNullPointerException().isThrownBy(() -> network().region(null));
    assertThatNullPointerException().isThrownBy(() -> network().addSubnetIds((String) null));
    assertThatNullPointerException().isThrownBy(() -> network().principal(null));
  }

  @Test
  void build_copiesItsLists() {
    List<String> ids = new ArrayList<>(List.of("subnet-1"));
    ClusterNetwork network = network().subnetIds(ids).build();
    ids.clear();

    assertThat(network.subnetIds()).containsExactly("subnet-1");
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> network.subnetIds().add("subnet-2"));
  }

  @Test
  void build_ofEqualValues_isEqual() {
    assertThat(network().build()).isEqualTo(network().build()).hasSameHashCodeAs(network().build());
    assertThat(network().build()).isNotEqualTo(network().vpcId("vpc-2").build());
  }
}
