package io.privatelink4j;

import static io.privatelink4j.Looking.QUIET;
import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ReconcileReport;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What cannot be judged for sure is reported and left: a zone that works is never removed. */
class RepairSafetyTest {

  private static String elsewhere(CloudProvider flavour) {
    return flavour == CloudProvider.AWS ? "eu-west-1" : "cn-hangzhou";
  }

  // --- one account, several credentials ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void zoneThatIsListedWithTwoCredentials_isNoSpareOfItself(CloudProvider flavour) {
    for (boolean sameRegion : new boolean[] {true, false}) {
      try (Setup setup = new Setup(flavour)) {
        Disorder.attached(setup);
        ClusterNetwork second =
            sameRegion ? setup.cloud.addNetwork() : setup.cloud.addNetworkIn(elsewhere(flavour));
        setup.directory.put(Setup.CLUSTER, List.of(setup.network, second));
        PrivateLinkClient client = setup.client(new CredentialsPerNetwork(setup.cloud));

        ReconcileReport report = client.reconcile(Setup.CLUSTER);
        setup.time.advance(QUIET);
        client.repair(report);

        assertThat(report.isClean()).isTrue();
        Disorder.ZONE_DELETED_BY_HAND.assertMended(setup);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void connectionThatIsListedWithTwoCredentials_isOne(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.attached(setup);
      setup.directory.put(Setup.CLUSTER, List.of(setup.network, setup.cloud.addNetwork()));

      PrivateLinkClient client = setup.client(new CredentialsPerNetwork(setup.cloud));

      assertThat(client.listAll(Setup.CLUSTER).toList()).hasSize(1);
    }
  }
}
