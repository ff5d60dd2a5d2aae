package io.privatelink4j.aws;

import static io.privatelink4j.aws.FakeError.bad;
import static io.privatelink4j.aws.FakeError.check;

import io.privatelink4j.testing.Assumption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** EC2, as far as the driver needs it; strict. */
final class FakeEc2 {
  private static final int VPC_LIMIT = 50;
  private static final Set<String> ACTIONS =
      Set.of(
          "DescribeSubnets",
          "DescribeVpcEndpointServices",
          "DescribeVpcAttribute",
          "CreateVpcEndpoint",
          "DescribeVpcEndpoints",
          "DeleteVpcEndpoints",
          "CreateTags",
          "DeleteTags");

  private final FakeWorld world;
  private final NavigableMap<String, FakeEndpoint> endpoints = new TreeMap<>();
  private final Map<String, Use> tokens = new HashMap<>();

  FakeEc2(FakeWorld world) {
    this.world = world;
  }

  String answer(FakeRequest request) {
    check(
        ACTIONS.contains(request.action()),
        "InvalidAction",
        "The action " + request.action() + " is not valid");
    permit("ec2:" + request.action());
    if (request.optional("DryRun").orElse("false").equals("true")) {
      throw new FakeError(
          412, "DryRunOperation", "Request would have succeeded, but DryRun flag is set.");
    }
    Xml xml = new Xml().openEc2(request.action() + "Response");
    switch (request.action()) {
      case "DescribeSubnets" -> subnets(request, xml);
      case "DescribeVpcEndpointServices" -> services(request, xml);
      case "DescribeVpcAttribute" -> attribute(request, xml);
      case "CreateVpcEndpoint" -> create(request, xml);
      case "DescribeVpcEndpoints" -> describe(request, xml);
      case "DeleteVpcEndpoints" -> delete(request, xml);
      case "CreateTags" -> createTags(request, xml);
      case "DeleteTags" -> deleteTags(request, xml);
      default -> throw new IllegalStateException(request.action());
    }
    return xml.close(request.action() + "Response").toString();
  }

  private void permit(String permission) {
    if (world.denied.contains(permission)) {
      throw new FakeError(
          403, "UnauthorizedOperation", "You are not authorized to perform this operation.");
    }
  }

  private void subnets(FakeRequest request, Xml xml) {
    request.allowOnly("SubnetId.N", "Filter.N.Name", "Filter.N.Value.N", "MaxResults", "NextToken");
    List<String> ids = request.list("SubnetId");
    int size = request.pageSize("MaxResults", 5, 1_001, "InvalidParameterValue");
    check(
        size <= 1_000 || request.optional("MaxResults").isEmpty(),
        "InvalidParameterValue",
        "MaxResults has a value from 5 to 1000.");
    check(
        ids.isEmpty() || request.optional("MaxResults").isEmpty(),
        "InvalidParameterCombination",
        "The parameter subnetIds cannot be used with MaxResults.");
    Predicate<FakeWorld.FakeSubnet> wanted =
        FakeFilter.of(
            request,
            Map.of(
                "subnet-id", each -> List.of(each.id()),
                "vpc-id", each -> List.of(each.vpcId()),
                "availability-zone", each -> List.of(each.zoneName()),
                "availability-zone-id", each -> List.of(each.zoneId())),
            each -> Map.of());
    NavigableMap<String, FakeWorld.FakeSubnet> found = new TreeMap<>();
    ids.forEach(id -> found.put(id, subnet(id, request.region())));
    if (ids.isEmpty()) {
      world.vpcs.values().stream()
          .filter(vpc -> vpc.region().equals(request.region()))
          .flatMap(vpc -> vpc.subnets().stream())
          .forEach(subnet -> found.put(subnet.id(), subnet));
    }
    found.values().removeIf(wanted.negate());
    var page =
        world.page(found, "subnets", request.optional("NextToken"), size, "InvalidNextToken");
    xml.open("subnetSet");
    for (FakeWorld.FakeSubnet subnet : page.items()) {
      xml.open("item")
          .text("subnetId", subnet.id())
          .text("vpcId", subnet.vpcId())
          .text("availabilityZone", subnet.zoneName())
          .text("availabilityZoneId", subnet.zoneId())
          .text("ownerId", world.owner(subnet.vpcId()))
          .text("state", "available")
          .text("availableIpAddressCount", String.valueOf(free(subnet)))
          .close("item");
    }
    xml.close("subnetSet");
    page.next().ifPresent(next -> xml.text("nextToken", next));
  }

  private long free(FakeWorld.FakeSubnet subnet) {
    return subnet.addresses()
        - endpoints.values().stream()
            .filter(each -> each.vpc.id().equals(subnet.vpcId()))
            .filter(each -> each.subnets.contains(subnet) && each.present())
            .count();
  }

  private FakeWorld.FakeSubnet subnet(String id, String region) {
    checkForm("subnet", id, "InvalidSubnetID.Malformed");
    return world.vpcs.values().stream()
        .filter(vpc -> vpc.region().equals(region))
        .flatMap(vpc -> vpc.subnets().stream())
        .filter(subnet -> subnet.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> bad("InvalidSubnetID.NotFound", "The subnet ID '" + id + "' does not exist"));
  }

  private static void checkForm(String kind, String id, String code) {
    check(
        id.matches(kind + "-([0-9a-f]{8}|[0-9a-f]{17})"),
        code,
        "Invalid id: \"" + id + "\" (expecting \"" + kind + "-...\")");
  }

  private FakeWorld.Service visible(String name, List<String> regions) {
    return regions.stream()
        .flatMap(region -> world.visible(name, region).stream())
        .findFirst()
        .orElseThrow(
            () ->
                bad(
                    "InvalidServiceName",
                    "The Vpc Endpoint Service '" + name + "' does not exist"));
  }

  /** A name that is not there fails the call; a filter just lets nothing through. */
  private void services(FakeRequest request, Xml xml) {
    request.allowOnly(
        "ServiceName.N",
        "ServiceRegion.N",
        "Filter.N.Name",
        "Filter.N.Value.N",
        "MaxResults",
        "NextToken");
    List<String> given = request.list("ServiceRegion");
    List<String> regions = given.isEmpty() ? List.of(request.region()) : given;
    List<String> names = request.list("ServiceName");
    Predicate<FakeWorld.Service> wanted =
        FakeFilter.of(
            request,
            Map.of(
                "owner", each -> List.of(FakeWorld.STRANGER),
                "service-name", each -> List.of(each.name),
                "service-region", each -> List.of(each.region),
                "service-type", each -> List.of("Interface"),
                "supported-ip-address-types", each -> List.of("ipv4")),
            each -> Map.of());
    NavigableMap<String, FakeWorld.Service> found = new TreeMap<>();
    if (names.isEmpty()) {
      world.services.keySet().stream()
          .flatMap(name -> regions.stream().flatMap(each -> world.visible(name, each).stream()))
          .forEach(service -> found.put(service.name, service));
    } else {
      names.forEach(name -> found.put(name, visible(name, regions)));
    }
    found.values().removeIf(wanted.negate());
    var page = page(request, found, 1);
    xml.items("serviceNameSet", page.items().stream().map(service -> service.name).toList());
    xml.open("serviceDetailSet");
    page.items().forEach(service -> writeService(request, service, xml));
    xml.close("serviceDetailSet");
    page.next().ifPresent(next -> xml.text("nextToken", next));
  }

  /** Another region's zones are not told. */
  private void writeService(FakeRequest request, FakeWorld.Service service, Xml xml) {
    boolean here = service.region.equals(request.region());
    List<String> ids = here ? service.zoneIds : List.of();
    xml.open("item")
        .text("serviceName", service.name)
        .text("serviceId", service.id)
        .open("serviceType")
        .open("item")
        .text("serviceType", "Interface")
        .close("item")
        .close("serviceType")
        .text("serviceRegion", service.region)
        .text("owner", FakeWorld.STRANGER)
        .items("availabilityZoneSet", ids.stream().map(this::zoneName).toList());
    if (world.holds(Assumption.SERVICE_ZONE_IDS_TOLD)) {
      xml.items("availabilityZoneIdSet", ids);
    }
    service.privateName.ifPresent(name -> xml.text("privateDnsName", name));
    xml.text("acceptanceRequired", String.valueOf(service.acceptance))
        .items("supportedIpAddressTypeSet", List.of("ipv4"))
        .close("item");
  }

  private <T> FakeWorld.FakePage<T> page(
      FakeRequest request, NavigableMap<String, T> found, int least) {
    Map<String, String> question = new TreeMap<>(request.parameters());
    question.remove("NextToken");
    question.remove("MaxResults");
    return world.page(
        found,
        request.action() + question,
        request.optional("NextToken"),
        request.pageSize("MaxResults", least, 1_000, "InvalidParameterValue"),
        "InvalidNextToken");
  }

  private String zoneName(String zoneId) {
    return world.vpcs.values().stream()
        .flatMap(vpc -> vpc.subnets().stream())
        .filter(subnet -> subnet.zoneId().equals(zoneId))
        .map(FakeWorld.FakeSubnet::zoneName)
        .findFirst()
        .orElseThrow();
  }

  private void attribute(FakeRequest request, Xml xml) {
    request.allowOnly("VpcId", "Attribute");
    String vpc = vpc(request).id();
    String attribute = request.required("Attribute");
    check(
        Set.of("enableDnsSupport", "enableDnsHostnames").contains(attribute),
        "InvalidParameterValue",
        "No attribute " + attribute);
    xml.text("vpcId", vpc)
        .open(attribute)
        .text("value", String.valueOf(world.dns(vpc, attribute)))
        .close(attribute);
  }

  private FakeWorld.Vpc vpc(FakeRequest request) {
    String id = request.required("VpcId");
    checkForm("vpc", id, "InvalidVpcID.Malformed");
    return world.vpc(id, request.region(), "InvalidVpcID.NotFound");
  }

  private void create(FakeRequest request, Xml xml) {
    request.allowOnly(
        "VpcEndpointType",
        "VpcId",
        "ServiceName",
        "ServiceRegion",
        "SubnetId.N",
        "SecurityGroupId.N",
        "PrivateDnsEnabled",
        "ClientToken",
        "TagSpecification.N.ResourceType",
        "TagSpecification.N.Tag.N.Key",
        "TagSpecification.N.Tag.N.Value");
    // Without a token each call makes an endpoint.
    String token = request.optional("ClientToken").orElse("");
    check(
        token.length() <= 64 && token.chars().allMatch(c -> c > ' ' && c < 127),
        "InvalidParameterValue",
        "A client token has at most 64 ASCII characters.");
    FakeEndpoint endpoint =
        recall(token, request)
            .orElseGet(
                () -> {
                  FakeEndpoint made = make(request);
                  endpoints.put(made.id, made);
                  if (!token.isEmpty()) {
                    tokens.put(
                        request.region() + " " + token,
                        new Use(request.parameters(), made, world.now()));
                  }
                  return made;
                });
    write(endpoint, xml, "vpcEndpoint");
    if (!token.isEmpty()) {
      xml.text("clientToken", token);
    }
  }

  private Optional<FakeEndpoint> recall(String token, FakeRequest request) {
    Use use = tokens.get(request.region() + " " + token);
    boolean forgotten =
        use == null
            || world.now() - use.at >= world.nanos(Assumption.Question.TOKEN_MEMORY)
            || (use.endpoint.deletionBegun()
                && world.holds(Assumption.TOKEN_OF_DELETED_CREATES_ANEW));
    if (forgotten) {
      return Optional.empty();
    }
    check(
        use.parameters.equals(request.parameters()),
        "IdempotentParameterMismatch",
        "The client token was used with other parameters.");
    return Optional.of(use.endpoint);
  }

  private FakeEndpoint make(FakeRequest request) {
    FakeWorld.Vpc vpc = vpc(request);
    if (world.shared.contains(vpc.id())) {
      throw new FakeError(
          403, "UnauthorizedOperation", "This operation does not support shared VPCs.");
    }
    String type = request.optional("VpcEndpointType").orElse("Gateway");
    Optional<String> region = request.optional("ServiceRegion");
    Map<String, String> tags = FakeTags.specified(request);
    FakeTags.checkLimits(tags, tags);
    if (!tags.isEmpty()) {
      permit("ec2:CreateTags");
    }
    region.ifPresent(each -> permit("vpce:AllowMultiRegion"));
    FakeWorld.Service service =
        visible(request.required("ServiceName"), List.of(region.orElse(request.region())));
    check(
        type.equals("Interface"),
        "InvalidParameter",
        "Endpoint type (" + type + ") does not match available service types ([Interface]).");
    boolean privateDns = privateDns(request, vpc, service);
    List<String> groups = request.list("SecurityGroupId");
    groups.forEach(group -> checkGroup(group, vpc));
    List<FakeWorld.FakeSubnet> subnets = chosenSubnets(request, vpc, service);
    long present =
        endpoints.values().stream()
            .filter(each -> each.vpc.id().equals(vpc.id()) && each.present())
            .count();
    check(present < VPC_LIMIT, "VpcEndpointLimitExceeded", "The VPC has its endpoints.");
    return new FakeEndpoint(
        world,
        vpc,
        service,
        subnets,
        groups.isEmpty() ? List.of(vpc.defaultGroup()) : groups,
        privateDns,
        tags);
  }

  /** What is meant where the parameter is left out is not documented: this fails most loudly. */
  private boolean privateDns(FakeRequest request, FakeWorld.Vpc vpc, FakeWorld.Service service) {
    String value = request.optional("PrivateDnsEnabled").orElse("true");
    check(
        Set.of("true", "false").contains(value),
        "InvalidParameterValue",
        "PrivateDnsEnabled is no " + value);
    if (value.equals("false")) {
      return false;
    }
    check(
        service.privateName.isPresent(),
        "InvalidParameter",
        "Private DNS can't be enabled because the service "
            + service.name
            + " does not provide a private DNS name.");
    check(
        world.dns(vpc.id(), "enableDnsSupport") && world.dns(vpc.id(), "enableDnsHostnames"),
        "InvalidParameter",
        "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames of the VPC.");
    check(
        !service.acceptance,
        "InvalidParameter",
        "Private DNS can be enabled only once the endpoint is available.");
    return true;
  }

  private void checkGroup(String group, FakeWorld.Vpc vpc) {
    checkForm("sg", group, "InvalidSecurityGroupId.Malformed");
    check(
        world.vpcs.values().stream().anyMatch(each -> hasGroup(each, group)),
        "InvalidGroup.NotFound",
        "The security group '" + group + "' does not exist");
    check(
        hasGroup(vpc, group),
        "InvalidParameter",
        "The security group " + group + " does not belong to " + vpc.id());
  }

  private static boolean hasGroup(FakeWorld.Vpc vpc, String group) {
    return vpc.securityGroup().equals(group) || vpc.defaultGroup().equals(group);
  }

  private List<FakeWorld.FakeSubnet> chosenSubnets(
      FakeRequest request, FakeWorld.Vpc vpc, FakeWorld.Service service) {
    List<FakeWorld.FakeSubnet> subnets = new ArrayList<>();
    Set<String> zones = new HashSet<>();
    for (String id : request.list("SubnetId")) {
      FakeWorld.FakeSubnet subnet = subnet(id, request.region());
      check(
          vpc.subnets().contains(subnet),
          "InvalidSubnetID.NotFound",
          "The subnet ID '" + id + "' does not exist in " + vpc.id());
      check(
          zones.add(subnet.zoneId()),
          "DuplicateSubnetsInSameZone",
          "Found another VPC endpoint subnet in the availability zone of " + id);
      check(
          !service.region.equals(request.region()) || service.zoneIds.contains(subnet.zoneId()),
          "InvalidParameter",
          "The VPC endpoint service "
              + service.name
              + " does not support the availability zone of the subnet: "
              + id
              + ".");
      check(
          free(subnet) > 0,
          "InsufficientFreeAddressesInSubnet",
          "Not enough free addresses in subnet " + id);
      subnets.add(subnet);
    }
    return subnets;
  }

  private void write(FakeEndpoint endpoint, Xml xml, String element) {
    long now = world.now();
    endpoint.write(xml, element, now, now - world.nanos(Assumption.Question.LABEL_LAG));
  }

  private void describe(FakeRequest request, Xml xml) {
    request.allowOnly(
        "VpcEndpointId.N", "Filter.N.Name", "Filter.N.Value.N", "MaxResults", "NextToken");
    endpoints.values().removeIf(FakeEndpoint::gone);
    xml.open("vpcEndpointSet");
    List<String> ids = request.list("VpcEndpointId");
    Optional<String> next = Optional.empty();
    if (ids.isEmpty()) {
      next = list(request, xml);
    } else {
      byId(ids, request, xml);
    }
    xml.close("vpcEndpointSet");
    next.ifPresent(token -> xml.text("nextToken", token));
  }

  /** The order of the answer is not the request's. */
  private void byId(List<String> ids, FakeRequest request, Xml xml) {
    check(
        request.optional("MaxResults").isEmpty() && request.optional("NextToken").isEmpty(),
        "InvalidParameterCombination",
        "The parameter vpcEndpointIds cannot be used with pages.");
    checkIds(ids, 1_000);
    long now = world.now();
    Predicate<FakeEndpoint> wanted =
        filter(request, now, now - world.nanos(Assumption.Question.LABEL_LAG));
    NavigableMap<String, FakeEndpoint> found = new TreeMap<>();
    ids.forEach(id -> found.put(id, seen(id, request.region())));
    found.values().stream().filter(wanted).forEach(each -> write(each, xml, "item"));
  }

  private FakeEndpoint seen(String id, String region) {
    return find(id, region).orElseThrow(() -> missing(id));
  }

  /** What a call that names the id sees: a write may miss a new endpoint as well as a read. */
  private Optional<FakeEndpoint> find(String id, String region) {
    long hidden = world.nanos(Assumption.Question.FRESH_ENDPOINT);
    return Optional.ofNullable(endpoints.get(id))
        .filter(endpoint -> !endpoint.gone() && endpoint.vpc.region().equals(region))
        .filter(endpoint -> world.now() - endpoint.createdAt >= hidden);
  }

  private static FakeError missing(String id) {
    return bad("InvalidVpcEndpointId.NotFound", "The Vpc Endpoint Id '" + id + "' does not exist");
  }

  private static void checkIds(List<String> ids, int most) {
    check(ids.size() <= most, "InvalidParameterValue", "At most " + most + " ids.");
    for (String id : ids) {
      checkForm("vpce", id, "InvalidVpcEndpointId.Malformed");
    }
  }

  /** Lists are older than reads by id. */
  private Optional<String> list(FakeRequest request, Xml xml) {
    long at = world.now() - world.nanos(Assumption.Question.FILTER_LAG);
    long tagsAt = Math.min(at, world.now() - world.nanos(Assumption.Question.LABEL_LAG));
    Predicate<FakeEndpoint> wanted =
        filter(request, at, tagsAt)
            .and(each -> each.createdAt <= at && each.vpc.region().equals(request.region()));
    NavigableMap<String, FakeEndpoint> found = new TreeMap<>();
    endpoints.values().stream().filter(wanted).forEach(each -> found.put(each.id, each));
    var page = page(request, found, 1);
    page.items().forEach(endpoint -> endpoint.write(xml, "item", at, tagsAt));
    return page.next();
  }

  private static Predicate<FakeEndpoint> filter(FakeRequest request, long at, long tagsAt) {
    return FakeFilter.of(
        request,
        Map.of(
            "ip-address-type", each -> List.of("ipv4"),
            "service-name", each -> List.of(each.service.name),
            "service-region", each -> List.of(each.service.region),
            "vpc-id", each -> List.of(each.vpc.id()),
            "vpc-endpoint-id", each -> List.of(each.id),
            "vpc-endpoint-state", each -> List.of(each.state(at)),
            "vpc-endpoint-type", each -> List.of("Interface")),
        each -> each.tags.at(tagsAt));
  }

  /** Always a success as a whole; the code of the items has no Id in it. */
  private void delete(FakeRequest request, Xml xml) {
    request.allowOnly("VpcEndpointId.N");
    List<String> ids = request.requiredList("VpcEndpointId");
    checkIds(ids, 25);
    xml.open("unsuccessful");
    for (String id : ids) {
      Optional<FakeEndpoint> endpoint =
          find(id, request.region()).filter(each -> !each.state(world.now()).equals("deleted"));
      if (endpoint.isPresent()) {
        endpoint.get().delete();
      } else {
        xml.open("item")
            .text("resourceId", id)
            .open("error")
            .text("code", "InvalidVpcEndpoint.NotFound")
            .text("message", "The Vpc Endpoint '" + id + "' does not exist")
            .close("error")
            .close("item");
      }
    }
    xml.close("unsuccessful");
  }

  private List<FakeEndpoint> tagged(FakeRequest request) {
    List<String> ids = request.requiredList("ResourceId");
    check(ids.size() <= 1_000, "InvalidParameterValue", "At most 1000 resources.");
    ids.forEach(id -> checkForm("vpce", id, "InvalidID"));
    return ids.stream().map(id -> seen(id, request.region())).toList();
  }

  private void createTags(FakeRequest request, Xml xml) {
    request.allowOnly("ResourceId.N", "Tag.N.Key", "Tag.N.Value");
    Map<String, String> fresh = FakeTags.required(request, "Tag");
    Map<FakeEndpoint, Map<String, String>> results = new HashMap<>();
    for (FakeEndpoint endpoint : tagged(request)) {
      Map<String, String> result = new TreeMap<>(endpoint.tags.last());
      result.putAll(fresh);
      FakeTags.checkLimits(fresh, result);
      results.put(endpoint, result);
    }
    results.forEach((endpoint, result) -> endpoint.tags.set(world.now(), result));
    xml.text("return", "true");
  }

  /** A tag with a value goes only if it has that one; no tag at all means every tag. */
  private void deleteTags(FakeRequest request, Xml xml) {
    request.allowOnly("ResourceId.N", "Tag.N.Key", "Tag.N.Value");
    Map<String, Optional<String>> given = FakeTags.given(request, "Tag");
    for (FakeEndpoint endpoint : tagged(request)) {
      Map<String, String> result = new TreeMap<>(endpoint.tags.last());
      given.forEach(
          (key, value) ->
              value.ifPresentOrElse(each -> result.remove(key, each), () -> result.remove(key)));
      endpoint.tags.set(world.now(), given.isEmpty() ? Map.of() : result);
    }
    xml.text("return", "true");
  }

  // The hands of others

  List<FakeEndpoint> endpoints() {
    return List.copyOf(endpoints.values());
  }

  /** Endpoints that nobody has deleted. */
  long endpointCount() {
    return endpoints.values().stream().filter(each -> !each.deletionBegun()).count();
  }

  FakeEndpoint endpoint(String id) {
    FakeEndpoint endpoint = endpoints.get(id);
    if (endpoint == null) {
      throw new IllegalArgumentException("no endpoint " + id);
    }
    return endpoint;
  }

  void serviceDeleted(FakeWorld.Service service) {
    endpoints.values().stream()
        .filter(endpoint -> endpoint.service == service)
        .forEach(FakeEndpoint::serviceDeleted);
  }

  private record Use(Map<String, String> parameters, FakeEndpoint endpoint, long at) {}
}
