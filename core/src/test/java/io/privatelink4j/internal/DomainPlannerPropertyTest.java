package io.privatelink4j.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.exception.InvalidRequestException;
import io.privatelink4j.model.AlicloudEndpointService;
import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.DnsRecord;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.DomainType;
import io.privatelink4j.model.ZoneCoverage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DomainPlannerPropertyTest {
  private static final Set<String> SUFFIXES =
      Set.of("aws.tidbcloud.com", "alicloud.tidbcloud.com", "aws.confluent.cloud");

  private final DomainPlanner planner = new DomainPlanner(Map.of());

  @Property
  void anyPlan_isAZoneBelowASuffixAndNeverAParent(@ForAll("inputs") DomainPlanner.Input in) {
    DomainPlan plan = planner.plan(in);

    String suffix =
        SUFFIXES.stream().filter(s -> plan.apex().endsWith("." + s)).findFirst().orElseThrow();
    String unique = plan.apex().substring(0, plan.apex().length() - suffix.length() - 1);
    assertThat(unique).isEqualTo(plan.uniqueName());
    assertThat(unique.split("\\.", -1))
        .hasSize(plan.type() == DomainType.CONFLUENT ? 2 : 1)
        .doesNotContain("");
  }

  @Property
  void anyPlan_hasWildcardHostsOnlyEachOnce(@ForAll("inputs") DomainPlanner.Input in) {
    DomainPlan plan = planner.plan(in);

    assertThat(plan.records()).extracting(DnsRecord::host).doesNotHaveDuplicates().contains("*");
    assertThat(plan.records())
        .allSatisfy(
            r -> {
              assertThat(r.host()).matches("\\*(\\.[a-z0-9-]+)?");
              assertThat(r.name()).isEqualTo(r.host() + "." + plan.apex());
            });
  }

  @Property
  void anyPlan_coversExactlyTheNetworksZonesAndCallsZonalWhatHasARecord(
      @ForAll("inputs") DomainPlanner.Input in) {
    DomainPlan plan = planner.plan(in);

    assertThat(plan.coverage().keySet()).isEqualTo(Set.copyOf(in.networkZoneIds()));
    plan.coverage()
        .forEach(
            (zone, coverage) ->
                assertThat(coverage == ZoneCoverage.ZONAL)
                    .isEqualTo(
                        plan.records().stream().anyMatch(r -> r.host().equals("*." + zone))));
  }

  @Property
  void anyPlan_isTheSameEachTimeAndRebuildsFromItsUniqueName(
      @ForAll("inputs") DomainPlanner.Input in) {
    DomainPlan plan = planner.plan(in);

    assertThat(planner.plan(in)).isEqualTo(plan);
    assertThat(planner.apex(plan.type(), in.type().cloud(), plan.uniqueName()))
        .isEqualTo(plan.apex());
  }

  @Property
  void anyPlanBeforeTheEndpointIsNamed_hasTheNamesOfTheOneAfter(
      @ForAll("inputs") DomainPlanner.Input in) {
    DomainPlanner.Input before =
        new DomainPlanner.Input(
            in.connectionId(),
            in.type(),
            in.serviceRegion(),
            in.request(),
            in.networkZoneIds(),
            in.endpointZoneIds(),
            Optional.empty(),
            Map.of());

    assertThat(planner.plan(before).records())
        .extracting(DnsRecord::name)
        .isEqualTo(planner.plan(in).records().stream().map(DnsRecord::name).toList());
  }

  @Property
  void anyManagedApex_tellsItsOwner(@ForAll("inputs") DomainPlanner.Input in) {
    DomainPlan plan = planner.plan(in);

    assertThat(planner.managedOwner(in.type().cloud(), plan.apex()))
        .isEqualTo(
            plan.type() == DomainType.CONFLUENT
                ? Optional.empty()
                : Optional.of(in.connectionId()));
  }

  @Property
  void anyText_isAGoodNameOrRefusedInOneShortLine(@ForAll String text, @ForAll boolean confluent) {
    DomainRequest request = confluent ? DomainRequest.confluent(text) : DomainRequest.managed(text);
    DomainPlanner.Input in =
        new DomainPlanner.Input(
            "plc-k7pqm2x4abcdefghijklmnopqr",
            AwsEndpointService.of("x"),
            "us-east-1",
            request,
            List.of(),
            Set.of(),
            Optional.empty(),
            Map.of());
    try {
      assertThat(planner.plan(in).uniqueName()).isEqualTo(text);
    } catch (InvalidRequestException e) {
      assertThat(e.getMessage())
          .hasSizeLessThan(8000)
          .matches(m -> m.chars().noneMatch(c -> c < ' ' || c == 0x7f), "no control characters");
    }
  }

  @Provide
  Arbitrary<DomainPlanner.Input> inputs() {
    Arbitrary<String> id = Arbitraries.strings().withChars("abcxyz234567").ofLength(26);
    Arbitrary<Set<String>> zones =
        Arbitraries.of("use1-az1", "use1-az2", "use1-az3", "ap-southeast-1a", "ap-southeast-1b")
            .set();
    return Combinators.combine(
            id,
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(1, 99),
            zones,
            zones,
            Arbitraries.of(true, false))
        .as(
            (unique, kind, ordinal, network, endpoint, named) -> {
              ConnectionType type =
                  kind == 2 ? AlicloudEndpointService.of("x") : AwsEndpointService.of("x");
              DomainRequest request =
                  kind == 1
                      ? DomainRequest.confluent("domnprzqrog.us-east-1")
                      : ordinal == 1
                          ? DomainRequest.managed()
                          : DomainRequest.managed(unique + "-" + ordinal);
              return new DomainPlanner.Input(
                  "plc-" + unique,
                  type,
                  type.cloud() == CloudProvider.AWS ? "us-east-1" : "ap-southeast-1",
                  request,
                  List.copyOf(network),
                  endpoint,
                  named ? Optional.of("vpce-0f.example") : Optional.empty(),
                  named
                      ? endpoint.stream().collect(Collectors.toMap(z -> z, z -> z + ".example"))
                      : Map.of());
            });
  }
}
