package io.privatelink4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.Domain;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.DomainState;
import io.privatelink4j.model.ListRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.ReasonCode;
import io.privatelink4j.model.ServiceCheck;
import io.privatelink4j.model.Zones;
import io.privatelink4j.testing.Assumption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole life of a connection, on both clouds, in every single position of every assumption. */
class LifeCycleTest {

  static Stream<Arguments> worlds() {
    return Stream.of(CloudProvider.AWS, CloudProvider.ALICLOUD)
        .flatMap(
            cloud ->
                Stream.concat(
                    Stream.of(Arguments.of(cloud, List.of())),
                    Assumption.positions(cloud).stream()
                        .map(position -> Arguments.of(cloud, List.of(position)))));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("worlds")
  void connection_livesFromZonesToDeletion_andLeavesNothing(
      CloudProvider flavour, List<Assumption> assumptions) {
    try (Setup setup = new Setup(flavour, assumptions.toArray(new Assumption[0]))) {
      PrivateLinkClient links = setup.links;

      Zones zones = links.zones(Setup.CLUSTER);
      assertThat(zones.accountId()).isEqualTo(setup.cloud.accountId());
      assertThat(zones.zoneIds()).containsExactly(setup.zoneIds());

      ServiceCheck check = links.check(Setup.CLUSTER, setup.service.type());
      assertThat(check.errors()).isEmpty();
      assertThat(check.commonZoneIds()).containsExactly(setup.zoneIds());

      PrivateLinkConnection link =
          links.create(setup.request().type(check.type()).requestId("op-1").build());
      assertThat(link.state()).isIn(ConnectionState.CREATING, ConnectionState.PENDING_ACCEPTANCE);
      PrivateLinkConnection again =
          links.create(setup.request().type(check.type()).requestId("op-1").build());
      assertThat(again.endpointId()).isEqualTo(link.endpointId());

      setup.settle();
      PrivateLinkConnection pending = links.get(link);
      assertThat(pending.state()).isEqualTo(ConnectionState.PENDING_ACCEPTANCE);
      assertThat(pending.reason().orElseThrow().code()).isEqualTo(ReasonCode.AWAITING_OWNER);
      assertThat(pending.ownerInstructions().orElseThrow())
          .contains(link.endpointId(), setup.cloud.accountId());

      DomainPlan before = links.planDomain(link, DomainRequest.managed());
      setup.service.accept(link.endpointId());
      PrivateLinkConnection active = links.awaitActive(link, Duration.ofMinutes(30));
      assertThat(active.state()).isEqualTo(ConnectionState.ACTIVE);
      assertThat(active.zoneIds()).containsExactly(setup.zoneIds());
      assertThat(active.zonalHostNames()).containsOnlyKeys(setup.zoneIds());
      assertThat(active.address(9092).getPort()).isEqualTo(9092);

      DomainAttachment domain = links.attachDomain(link, DomainRequest.managed());
      assertThat(domain.state()).isEqualTo(DomainState.ATTACHED);
      assertThat(domain.apex()).isEqualTo(before.apex());
      setup.settle();
      for (String zone : setup.zoneIds()) {
        assertThat(setup.cloud.resolve(setup.network, "b1." + zone + "." + domain.apex()).zoneIds())
            .isEqualTo(Set.of(zone));
      }
      assertThat(links.get(link).domains())
          .singleElement()
          .extracting(DomainAttachment::id, DomainAttachment::state)
          .containsExactly(domain.id(), DomainState.ATTACHED);
      assertThat(links.list(ListRequest.of(Setup.CLUSTER)).connections())
          .extracting(PrivateLinkConnection::id)
          .containsExactly(link.id());

      DomainAttachment detached = links.detachDomain(link, domain.id());
      assertThat(detached.id()).isEqualTo(domain.id());
      assertThat(detached.domains())
          .containsExactlyElementsOf(
              domain.domains().stream()
                  .map(each -> new Domain(each.name(), DomainState.DETACHING, Optional.empty()))
                  .toList());
      assertThat(setup.cloud.zones()).isEmpty();
      assertThat(links.get(link).domains()).isEmpty();

      assertThat(links.delete(link).state()).isEqualTo(ConnectionState.DELETING);
      links.awaitDeleted(link, Duration.ofMinutes(30));
      assertThat(setup.cloud.leftovers()).isEmpty();
      setup.settle();
      assertThat(links.list(ListRequest.of(Setup.CLUSTER)).connections()).isEmpty();
    }
  }
}
