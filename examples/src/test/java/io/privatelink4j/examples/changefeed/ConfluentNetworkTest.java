package io.privatelink4j.examples.changefeed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.privatelink4j.model.DomainType;
import io.privatelink4j.model.DomainUse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfluentNetworkTest {
  private static final ConfluentNetwork NETWORK = new ConfluentNetwork("domnprzqrog", "us-east-1");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*.domnprzqrog.us-east-1.aws.confluent.cloud",
        "domnprzqrog.us-east-1.aws.confluent.cloud",
        " Domnprzqrog.US-EAST-1.aws.confluent.cloud ",
        "*.use1-az1.domnprzqrog.us-east-1.aws.confluent.cloud",
        "lkc-2v531.domnprzqrog.us-east-1.aws.confluent.cloud:9092",
        "lkc-2v531-domnprzqrog.us-east-1.aws.glb.confluent.cloud:9092"
      })
  void of_findsTheNetwork(String name) {
    assertThat(ConfluentNetwork.of(name)).isEqualTo(NETWORK);
    assertThat(ConfluentNetwork.of(name).uniqueName()).isEqualTo("domnprzqrog.us-east-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "domnprzqrog.us-east-1",
        "pkc-2v531.us-east-1.aws.confluent.cloud:9092", // a public cluster
        "*.us-east-1.aws.private.confluent.cloud", // an attachment shared by the region
        "*.domnprzqrog.eastus2.azure.confluent.cloud",
        "domnprzqrog.us-east-1.aws.confluent.cloud.example.com",
        "*.domnprzqrog.us-east-1.aws.confluent.cloud:port"
      })
  void of_whatIsNoNetwork_saysWhatToTake(String name) {
    assertThatThrownBy(() -> ConfluentNetwork.of(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("take the DNS subdomain");
  }

  @Test
  void owners_allowOnlyWhoHasShownIt() {
    ConfluentOwners owners = new ConfluentOwners();
    owners.prove("c1", NETWORK);

    assertThat(owners.decide(use("c1", DomainType.CONFLUENT)).allowed()).isTrue();
    assertThat(owners.decide(use("c2", DomainType.CONFLUENT)).denial())
        .hasValueSatisfying(why -> assertThat(why).contains("c2", "domnprzqrog"));
    assertThat(owners.decide(use("c2", DomainType.TIDBCLOUD_MANAGED)).allowed()).isTrue();
  }

  private static DomainUse use(String clusterId, DomainType type) {
    return new DomainUse(
        clusterId,
        "plc-1",
        type,
        "domnprzqrog.us-east-1",
        "domnprzqrog.us-east-1.aws.confluent.cloud");
  }
}
