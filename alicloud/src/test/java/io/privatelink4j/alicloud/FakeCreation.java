package io.privatelink4j.alicloud;

import static io.privatelink4j.alicloud.FakeError.bad;
import static io.privatelink4j.alicloud.FakeError.check;

import io.privatelink4j.testing.Assumption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** CreateVpcEndpoint, with all that it checks. */
final class FakeCreation {
  static final int ZONES = 10;
  private static final int SECURITY_GROUPS = 10;
  private static final Pattern NAME =
      Pattern.compile("\\p{IsAlphabetic}[\\p{IsAlphabetic}0-9_-]{1,127}");

  private final FakeWorld world;
  private final NavigableMap<String, FakeEndpoint> endpoints;

  FakeCreation(FakeWorld world, NavigableMap<String, FakeEndpoint> endpoints) {
    this.world = world;
    this.endpoints = endpoints;
  }

  FakeTokens.Made create(FakeRequest request) {
    check(world.opened, "NeedOpenProduct", "The product is not activated.");
    check(world.linkedRole, "CheckServiceLinkRoleError", "The ServiceLink role check error.");
    Map<String, String> tags = FakeTags.given(request, world);
    request.parameter("EndpointName").ifPresent(FakeCreation::checkName);
    request.parameter("EndpointDescription").ifPresent(FakeCreation::checkDescription);
    String type = request.parameter("EndpointType").orElse("Interface");
    check(
        Set.of("Interface", "Reverse", "GatewayLoadBalancer").contains(type),
        "IllegalParam.EndpointType",
        "The param of EndpointType is illegal.");
    FakeWorld.Vpc vpc =
        world
            .vpc(request.required("VpcId"), request.region())
            .orElseThrow(() -> bad("VpcNotFound", "The specified VPC does not exist."));
    List<String> groups = request.list("SecurityGroupId");
    checkGroups(groups, vpc);
    FakeWorld.Service service = service(request);
    check(
        type.equals("Interface"),
        "Mismatch.EndpointType",
        "The EndpointType is mismatched for " + type + " and Interface.");
    List<FakeWorld.VSwitch> switches = chosen(request, vpc, service);
    long present = endpoints.values().stream().filter(each -> each.vpc.equals(vpc)).count();
    check(
        present < world.endpointsPerVpc,
        "QuotaExceeded.totalEpPerVpc",
        "The quota of totalEpPerVpc is exceeded, usage "
            + present
            + "/"
            + world.endpointsPerVpc
            + ".");
    check(
        world.holds(Assumption.DUPLICATE_ENDPOINT_ALLOWED) || !leads(vpc, service),
        "EndpointDuplicated",
        "The endpoint of the service already exists and cannot be created again.");
    FakePrivateLink.checkDryRun(request);
    FakeEndpoint made = new FakeEndpoint(world, vpc, service, switches, tags);
    made.name = request.parameter("EndpointName");
    made.description = request.parameter("EndpointDescription");
    groups.forEach(group -> made.groups.put(group, world.now()));
    endpoints.put(made.id, made);
    return new FakeTokens.Made(() -> made.view(world.now()), made::deletionBegun);
  }

  static void checkName(String name) {
    check(
        NAME.matcher(name).matches(),
        "IllegalParamFormat.EndpointName",
        "The param format of EndpointName is illegal.");
  }

  static void checkDescription(String text) {
    check(
        text.length() >= 2
            && text.length() <= 256
            && !text.startsWith("http://")
            && !text.startsWith("https://"),
        "IllegalParamFormat.EndpointDescription",
        "The param format of EndpointDescription is illegal.");
  }

  static void checkGroups(List<String> groups, FakeWorld.Vpc vpc) {
    check(
        !groups.isEmpty(),
        "EndpointMustContainSecurityGroup",
        "The specified endpoint must have at least one security group.");
    check(
        groups.size() <= SECURITY_GROUPS,
        "IllegalParam.SecurityGroupId",
        "The param of SecurityGroupId is illegal.");
    Set<String> types = new HashSet<>();
    for (String group : groups) {
      check(
          vpc.groups().containsKey(group),
          "SecurityGroupNotFound",
          "The specified security group does not exist.");
      types.add(vpc.groups().get(group));
    }
    check(
        types.size() == 1,
        "SecurityGroupTypeOnlySingleTypeSupporteded",
        "The specified security group only support one type.");
  }

  private FakeWorld.Service service(FakeRequest request) {
    Optional<String> name = request.parameter("ServiceName");
    Optional<String> id = request.parameter("ServiceId");
    check(
        name.isPresent() || id.isPresent(),
        "MissingParam.ServiceId",
        "The param of ServiceId is missing.");
    FakeWorld.Service service =
        world.services.values().stream()
            .filter(each -> each.region.equals(request.region()))
            .filter(each -> name.map(each.name::equals).orElse(true))
            .filter(each -> id.map(each.id::equals).orElse(true))
            .findFirst()
            .orElseThrow(
                () -> bad("EndpointServiceNotFound", "The specified Service does not exist."));
    check(!service.deleted, "EndpointServiceDeleted", "The specified Service is already deleted.");
    check(
        service.allowed,
        "EndpointServiceNotAuthorized",
        "The specified endpoint service is not authorized to user.");
    return service;
  }

  private List<FakeWorld.VSwitch> chosen(
      FakeRequest request, FakeWorld.Vpc vpc, FakeWorld.Service service) {
    List<Map<String, String>> asked = request.elements("Zone");
    check(
        asked.size() <= ZONES,
        "QuotaExceeded.epZonePerEndpoint",
        "The quota of epZonePerEndpoint is exceeded, usage " + asked.size() + "/" + ZONES + ".");
    List<FakeWorld.VSwitch> switches = new ArrayList<>();
    Set<String> zones = new TreeSet<>();
    for (Map<String, String> each : asked) {
      FakeWorld.VSwitch vSwitch =
          usable(
              vpc,
              service,
              each.getOrDefault("VSwitchId", ""),
              Optional.ofNullable(each.get("ZoneId")),
              zones);
      zones.add(vSwitch.zoneId());
      switches.add(vSwitch);
    }
    return switches;
  }

  /** The vSwitch, if an endpoint of the service can stand in it besides those zones. */
  FakeWorld.VSwitch usable(
      FakeWorld.Vpc vpc,
      FakeWorld.Service service,
      String vSwitchId,
      Optional<String> zoneId,
      Collection<String> taken) {
    FakeWorld.VSwitch vSwitch = vpc.switches().get(vSwitchId);
    check(
        vSwitch != null && zoneId.map(vSwitch.zoneId()::equals).orElse(true),
        "VSwitchNotFound",
        "The specified VSwitch does not exist.");
    check(
        !taken.contains(vSwitch.zoneId()),
        "EndpointZoneDuplicated",
        "The zone is duplicated for the Endpoint.");
    check(
        service.zoneIds.contains(vSwitch.zoneId()),
        "EndpointServiceNotSupportedZone",
        "The specified endpoint service does not support the zone.");
    check(
        !world.busySwitches.contains(vSwitch.id()),
        "VSwitchStatusNotAllowed",
        "The specified vswitch status is not Available.");
    check(
        free(vSwitch) > 0,
        "ResourceNotEnough.VSwitchIp",
        "The specified resource of VSwitchIp is not enough.");
    return vSwitch;
  }

  long free(FakeWorld.VSwitch vSwitch) {
    return vSwitch.addresses()
        - endpoints.values().stream().filter(each -> each.stands(vSwitch)).count();
  }

  private boolean leads(FakeWorld.Vpc vpc, FakeWorld.Service service) {
    return endpoints.values().stream()
        .anyMatch(each -> each.vpc.equals(vpc) && each.service == service && !each.gone());
  }
}
