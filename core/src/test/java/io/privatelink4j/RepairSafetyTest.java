package io.privatelink4j;

import static io.privatelink4j.Looking.QUIET;
import static io.privatelink4j.Looking.look;
import static io.privatelink4j.Looking.untouched;
import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.DriftCode;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.ReconcileReport;
import io.privatelink4j.model.Remedy;
import io.privatelink4j.model.Repair;
import io.privatelink4j.model.RepairReport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What cannot be judged for sure is reported and left: a zone that works is never removed. */
class RepairSafetyTest {
  private static final DomainRequest MANAGED = DomainRequest.managed();

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

  // --- zones without label ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void zoneWhoseRecordsWereNotRead_isLeft(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour, b -> b.maxConnectionsPerCluster(14))) {
      List<DomainAttachment> all = new ArrayList<>();
      for (int i = 1; i <= 14; i++) {
        PrivateLinkConnection link = setup.active();
        String first = link.id().substring("plc-".length());
        all.add(setup.links.attachDomain(link, MANAGED));
        for (int j = 2; j <= 8; j++) {
          all.add(setup.links.attachDomain(link, DomainRequest.managed(first + "-" + j)));
        }
      }
      DomainAttachment last =
          Collections.max(all, Comparator.comparing(DomainAttachment::connectionId));
      loseLabel(setup, last);

      Repair left = unlabelled(repairLater(setup, setup.client()));

      assertThat(left.outcome()).isEqualTo(Repair.Outcome.LEFT);
      assertThat(left.drift().remedy()).isEqualTo(Remedy.NONE);
      assertThat(setup.cloud.zones()).hasSize(all.size());
    }
  }

  private static void loseLabel(Setup setup, DomainAttachment domain) {
    String label = "plc.d." + domain.id();
    setup.cloud.endpoints().stream()
        .filter(endpoint -> endpoint.labels().containsKey(label))
        .forEach(endpoint -> setup.cloud.removeLabel(endpoint.id(), label));
    setup.settle();
  }

  private static RepairReport repairLater(Setup setup, PrivateLinkClient client) {
    ReconcileReport earlier = client.reconcile(Setup.CLUSTER);
    setup.time.advance(QUIET);
    return client.repair(earlier);
  }

  private static Repair unlabelled(RepairReport report) {
    List<Repair> repairs =
        report.repairs().stream()
            .filter(each -> each.drift().code() == DriftCode.ZONE_WITHOUT_ENTRY)
            .toList();
    assertThat(repairs).hasSize(1);
    return repairs.get(0);
  }

  @ParameterizedTest
  @EnumSource(names = "AWS")
  void zoneWithASuffixThatIsNotConfigured_isLeft(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.LABEL_REMOVED_BY_HAND.make(setup);
      PrivateLinkClient newer = setup.client(b -> b.managedSuffix(flavour, "plc.tidbcloud.com"));

      Repair left = unlabelled(repairLater(setup, newer));

      assertThat(left.outcome()).isEqualTo(Repair.Outcome.LEFT);
      assertThat(left.message()).contains("suffix");
      assertThat(setup.cloud.zones()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void remedyThatTheEarlierReportHasNot_isNotTaken(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.LABEL_REMOVED_BY_HAND.make(setup);
      ReconcileReport earlier = look(setup);
      setup.time.advance(QUIET);
      setup
          .cloud
          .records(Disorder.zone(setup))
          .forEach(r -> setup.cloud.removeRecordOutOfBand(Disorder.zone(setup), r.host()));

      Repair left = unlabelled(setup.client().repair(earlier));

      assertThat(left.outcome()).isEqualTo(Repair.Outcome.LEFT);
      assertThat(left.drift().remedy()).isEqualTo(Remedy.REMOVE);
      assertThat(setup.cloud.zones()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void zoneThatServesInPart_isLeft(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.LABEL_REMOVED_BY_HAND.make(setup);
      setup.cloud.removeRecordOutOfBand(Disorder.zone(setup), "*." + setup.zoneIds()[2]);

      Repair left = untouched(setup);

      assertThat(left.drift().code()).isEqualTo(DriftCode.ZONE_WITHOUT_ENTRY);
      assertThat(left.message()).contains("in part");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void zoneThatSomebodyLeadElsewhere_isLeft(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.LABEL_REMOVED_BY_HAND.make(setup);
      setup.cloud.editRecordOutOfBand(Disorder.zone(setup), "*", "elsewhere.example.com");

      assertThat(untouched(setup).message()).contains("in part");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void zoneOfADuplicatesLabel_isNoStray(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      DomainAttachment domain = Disorder.attached(setup);
      String main = Disorder.endpoint(setup);
      setup.cloud.duplicateOutOfBand(main);
      setup.settle();
      setup.service.acceptAll();
      setup.settle();
      setup.cloud.removeLabel(main, "plc.d." + domain.id());
      setup
          .cloud
          .records(Disorder.zone(setup))
          .forEach(r -> setup.cloud.removeRecordOutOfBand(Disorder.zone(setup), r.host()));
      setup.settle();

      assertThat(untouched(setup).drift().code()).isEqualTo(DriftCode.DUPLICATE_ENDPOINT);
    }
  }
}
