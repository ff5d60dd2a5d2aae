package io.privatelink4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.ListRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How many remote calls each operation of a warm client makes, and which, in order. Warm: it has
 * read the network's subnets and DNS, and the cluster's connections, in the last minutes.
 */
class CallBudgetTest {
  private static final int ZONES = 3;

  /** Each action once, or as often as {@code "3 x Action"} says. */
  private static List<String> calls(String... actions) {
    List<String> all = new ArrayList<>();
    for (String action : actions) {
      String[] parts = action.split(" x ", 2);
      if (parts.length == 1) {
        all.add(action);
      } else {
        all.addAll(Collections.nCopies(Integer.parseInt(parts[0]), parts[1]));
      }
    }
    return all;
  }

  private static Setup warm(CloudProvider flavour) {
    Setup setup = new Setup(flavour);
    setup.links.zones(Setup.CLUSTER);
    setup.links.check(Setup.CLUSTER, setup.service.type());
    setup.cloud.calls().clear();
    return setup;
  }

  private static List<String> made(Setup setup) {
    List<String> actions = setup.cloud.calls().actions();
    setup.cloud.calls().clear();
    return actions;
  }

  private static boolean aws(Setup setup) {
    return setup.cloud.cloud() == CloudProvider.AWS;
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void building_makesNoCall(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      assertThat(made(setup)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void zones_takesNoCall_andAtFirstOneForSubnets(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      setup.links.zones(Setup.CLUSTER);
      assertThat(made(setup))
          .isEqualTo(
              aws(setup)
                  ? calls("DescribeSubnets")
                  : calls("DescribeVSwitches", "GetCallerIdentity"));

      setup.links.zones(Setup.CLUSTER);
      assertThat(made(setup)).isEmpty();

      setup.time.advance(Duration.ofMinutes(6));
      setup.links.zones(Setup.CLUSTER);
      assertThat(made(setup))
          .as("subnets are kept for minutes, the account for good")
          .isEqualTo(aws(setup) ? calls("DescribeSubnets") : calls("DescribeVSwitches"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void check_takesOneCall(CloudProvider flavour) {
    try (Setup setup = warm(flavour)) {
      setup.links.check(Setup.CLUSTER, setup.service.type());

      assertThat(made(setup))
          .isEqualTo(
              aws(setup)
                  ? calls("DescribeVpcEndpointServices")
                  : calls("ListVpcEndpointServicesByEndUser"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void create_takesTwoCalls(CloudProvider flavour) {
    try (Setup setup = warm(flavour)) {
      setup.create();

      assertThat(made(setup))
          .isEqualTo(
              aws(setup)
                  ? calls("DescribeVpcEndpointServices", "CreateVpcEndpoint")
                  : calls("ListVpcEndpointServicesByEndUser", "CreateVpcEndpoint"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void create_withTheCallersRequestId_takesThreeCalls_andRepeatedTwoReads(CloudProvider flavour) {
    try (Setup setup = warm(flavour)) {
      CreateConnectionRequest request = setup.request().requestId("op-1").build();

      setup.links.create(request);
      assertThat(made(setup))
          .isEqualTo(
              aws(setup)
                  ? calls(
                      "DescribeVpcEndpoints", "DescribeVpcEndpointServices", "CreateVpcEndpoint")
                  : calls(
                      "ListVpcEndpoints", "ListVpcEndpointServicesByEndUser", "CreateVpcEndpoint"));

      setup.links.create(request);
      assertThat(made(setup))
          .isEqualTo(
              aws(setup) ? calls("2 x DescribeVpcEndpoints") : calls("2 x ListVpcEndpoints"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void get_takesOneCall_andOneForZonesWhereTheyAreApart(CloudProvider flavour) {
    try (Setup setup = warm(flavour)) {
      PrivateLinkConnection link = setup.create();
      setup.settle();
      setup.cloud.calls().clear();

      setup.links.get(link);

      assertThat(made(setup))
          .isEqualTo(
              aws(setup)
                  ? calls("DescribeVpcEndpoints")
                  : calls("ListVpcEndpoints", "ListVpcEndpointZones"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void list_takesOneCallPerPageOfTheCloud(CloudProvider flavour) {
    try (Setup setup = warm(flavour)) {
      for (int i = 0; i < 5; i++) {
        setup.create();
      }
      setup.settle();
      String action = aws(setup) ? "DescribeVpcEndpoints" : "ListVpcEndpoints";
      setup.cloud.calls().clear();

      setup.links.list(ListRequest.of(Setup.CLUSTER));
      assertThat(made(setup)).isEqualTo(calls(action));

      setup.links.list(ListRequest.of(Setup.CLUSTER).withPageSize(1));
      assertThat(made(setup)).as("our pages are not the cloud's").isEqualTo(calls(action));

      setup.cloud.limitPages(2);
      setup.links.list(ListRequest.of(Setup.CLUSTER));
      assertThat(made(setup)).isEqualTo(calls("3 x " + action));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void planDomain_readsTheConnectionOnly_andWritesNothing(CloudProvider flavour) {
    try (Setup setup = warm(flavour)) {
      PrivateLinkConnection link = setup.active();
      setup.cloud.calls().clear();

      setup.links.planDomain(link, DomainRequest.managed());
      assertThat(made(setup))
          .as("the network's DNS is looked at every few minutes")
          .isEqualTo(
              aws(setup)
                  ? calls(
                      "DescribeVpcEndpoints", "2 x DescribeVpcAttribute", "ListHostedZonesByVPC")
                  : calls("ListVpcEndpoints", "ListVpcEndpointZones", "DescribeZones"));

      setup.links.planDomain(link, DomainRequest.managed());
      assertThat(made(setup))
          .isEqualTo(
              aws(setup)
                  ? calls("DescribeVpcEndpoints")
                  : calls("ListVpcEndpoints", "ListVpcEndpointZones"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void attachAndDetach_stayInTheirBudgets(CloudProvider flavour) {
    try (Setup setup = warm(flavour)) {
      PrivateLinkConnection link = setup.active();
      setup.links.planDomain(link, DomainRequest.managed());
      setup.cloud.calls().clear();

      DomainAttachment domain = setup.links.attachDomain(link, DomainRequest.managed());
      assertThat(made(setup))
          .as("AWS: six calls, and two looks whether the records are served")
          .isEqualTo(
              aws(setup)
                  ? calls(
                      "DescribeVpcEndpoints",
                      "CreateTags",
                      "CreateHostedZone",
                      "ChangeResourceRecordSets",
                      "2 x GetChange",
                      "DescribeVpcEndpoints",
                      "CreateTags")
                  : calls(
                      "ListVpcEndpoints",
                      "ListVpcEndpointZones",
                      "TagResources",
                      "DescribeZones",
                      "AddZone",
                      (1 + ZONES) + " x AddZoneRecord",
                      "BindZoneVpc",
                      "3 x DescribeZoneInfo",
                      "ListVpcEndpoints",
                      "TagResources",
                      "UntagResources"));

      setup.links.attachDomain(link, DomainRequest.managed());
      assertThat(made(setup))
          .as("attaching what is attached reads only")
          .isEqualTo(
              aws(setup)
                  ? calls("DescribeVpcEndpoints", "GetHostedZone")
                  : calls("ListVpcEndpoints", "ListVpcEndpointZones", "DescribeZoneInfo"));

      // Of a young one nobody knows who else has just attached it: it is read once more.
      setup.time.advance(Duration.ofMinutes(1));
      setup.links.detachDomain(link, domain.id());
      assertThat(made(setup))
          .as("AWS: five calls")
          .isEqualTo(
              aws(setup)
                  ? calls(
                      "DescribeVpcEndpoints",
                      "CreateTags",
                      "ChangeResourceRecordSets",
                      "DeleteHostedZone",
                      "DeleteTags")
                  : calls(
                      "ListVpcEndpoints",
                      "ListVpcEndpointZones",
                      "TagResources",
                      "DescribeZoneInfo",
                      "BindZoneVpc",
                      "2 x DescribeZoneInfo",
                      "DeleteZone",
                      "UntagResources"));
    }
  }

  /** On Alibaba Cloud zones go first, one after the other, each watched until it is gone. */
  private static List<String> takeDownOnAlibabaCloud() {
    List<String> all = new ArrayList<>(calls("ListVpcEndpointZones"));
    for (int zone = 0; zone < ZONES; zone++) {
      all.addAll(calls("RemoveZoneFromVpcEndpoint", "3 x ListVpcEndpointZones"));
    }
    all.add("DeleteVpcEndpoint");
    return all;
  }

  private static List<String> and(List<String> first, List<String> then) {
    List<String> all = new ArrayList<>(first);
    all.addAll(then);
    return all;
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void delete_ofWhatThisClientMade_takesThreeCalls(CloudProvider flavour) {
    try (Setup setup = warm(flavour)) {
      PrivateLinkConnection link = setup.create();
      setup.settle();
      setup.cloud.calls().clear();

      setup.links.delete(link);

      assertThat(made(setup))
          .isEqualTo(
              aws(setup)
                  ? calls("CreateTags", "DescribeVpcEndpoints", "DeleteVpcEndpoints")
                  : and(calls("TagResources", "ListVpcEndpoints"), takeDownOnAlibabaCloud()));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void delete_ofWhatOthersMayHaveMadeTwice_looksFirst(CloudProvider flavour) {
    try (Setup setup = warm(flavour)) {
      PrivateLinkConnection link = setup.links.create(setup.request().requestId("op-1").build());
      setup.settle();
      setup.cloud.calls().clear();

      setup.links.delete(link);

      assertThat(made(setup))
          .isEqualTo(
              aws(setup)
                  ? calls(
                      "DescribeVpcEndpoints",
                      "CreateTags",
                      "DescribeVpcEndpoints",
                      "DeleteVpcEndpoints")
                  : and(
                      calls("ListVpcEndpoints", "TagResources", "ListVpcEndpoints"),
                      takeDownOnAlibabaCloud()));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void delete_withADomain_takesTheDetachOnTop(CloudProvider flavour) {
    try (Setup setup = warm(flavour)) {
      PrivateLinkConnection link = setup.active();
      setup.links.attachDomain(link, DomainRequest.managed());
      setup.settle();
      setup.cloud.calls().clear();

      setup.links.delete(link);

      assertThat(made(setup))
          .isEqualTo(
              aws(setup)
                  ? calls(
                      "CreateTags",
                      "DescribeVpcEndpoints",
                      "ChangeResourceRecordSets",
                      "DeleteHostedZone",
                      "DeleteVpcEndpoints")
                  : and(
                      calls(
                          "TagResources",
                          "ListVpcEndpoints",
                          "DescribeZones",
                          "DescribeZoneInfo",
                          "BindZoneVpc",
                          "2 x DescribeZoneInfo",
                          "DeleteZone"),
                      takeDownOnAlibabaCloud()));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void wait_takesOneCallPerPoll_andOneToRememberThatTheLinkWasUp(CloudProvider flavour) {
    try (Setup setup = warm(flavour)) {
      PrivateLinkConnection link = setup.create();
      setup.settle();
      setup.service.acceptAll();
      setup.settle();
      setup.cloud.calls().clear();

      setup.links.awaitActive(link, Duration.ofMinutes(1));

      assertThat(made(setup))
          .isEqualTo(
              aws(setup)
                  ? calls("DescribeVpcEndpoints", "CreateTags")
                  : calls(
                      "ListVpcEndpoints",
                      "TagResources",
                      "ListVpcEndpoints",
                      "ListVpcEndpointZones"));
    }
  }
}
