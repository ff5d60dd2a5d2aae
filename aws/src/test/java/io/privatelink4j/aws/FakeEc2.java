package io.privatelink4j.aws;

import static io.privatelink4j.aws.FakeError.bad;
import static io.privatelink4j.aws.FakeError.check;

import io.privatelink4j.testing.Assumption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** EC2, as far as the driver needs it; strict. */
final class FakeEc2 {
  private static final int VPC_LIMIT = 50;
  private static final Pattern ENDPOINT_ID = Pattern.compile("vpce-[0-9a-f]{8,17}");

  private final FakeWorld world;
  private final NavigableMap<String, FakeEndpoint> endpoints = new TreeMap<>();
  private final Map<String, Use> tokens = new HashMap<>();

  FakeEc2(FakeWorld world) {
    this.world = world;
  }

  String answer(FakeRequest request) {
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
      default -> throw bad("InvalidAction", "The action " + request.action() + " is not valid");
    }
    return xml.close(request.action() + "Response").toString();
  }

  private void subnets(FakeRequest request, Xml xml) {
    request.allowOnly("SubnetId.N", "NextToken");
    NavigableMap<String, FakeWorld.FakeSubnet> found = new TreeMap<>();
    for (String id : request.requiredList("SubnetId")) {
      found.put(id, subnet(id, request.region()));
    }
    var page =
        world.page(found, "subnets", request.optional("NextToken"), 1_000, "InvalidNextToken");
    xml.open("subnetSet");
    for (FakeWorld.FakeSubnet subnet : page.items()) {
      long used = endpoints.values().stream().filter(each -> each.subnets.contains(subnet)).count();
      xml.open("item")
          .text("subnetId", subnet.id())
          .text("vpcId", subnet.vpcId())
          .text("availabilityZone", subnet.zoneName())
          .text("availabilityZoneId", subnet.zoneId())
          .text("ownerId", FakeWorld.ACCOUNT)
          .text("state", "available")
          .text("availableIpAddressCount", String.valueOf(4_000 - used))
          .close("item");
    }
    xml.close("subnetSet");
    page.next().ifPresent(next -> xml.text("nextToken", next));
  }

  private FakeWorld.FakeSubnet subnet(String id, String region) {
    return world.vpcs.values().stream()
        .filter(vpc -> vpc.region().equals(region))
        .flatMap(vpc -> vpc.subnets().stream())
        .filter(subnet -> subnet.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> bad("InvalidSubnetID.NotFound", "The subnet ID '" + id + "' does not exist"));
  }

  private FakeWorld.Service visible(FakeRequest request, String name, Optional<String> region) {
    return world
        .visible(name, region.orElse(request.region()))
        .orElseThrow(
            () ->
                bad(
                    "InvalidServiceName",
                    "The Vpc Endpoint Service '" + name + "' does not exist"));
  }

  private void services(FakeRequest request, Xml xml) {
    request.allowOnly("ServiceName.N", "ServiceRegion.N");
    List<String> regions = request.list("ServiceRegion");
    xml.open("serviceDetailSet");
    for (String name : request.requiredList("ServiceName")) {
      FakeWorld.Service service = visible(request, name, regions.stream().findFirst());
      boolean here = service.region.equals(request.region());
      List<String> ids = here ? service.zoneIds : List.of();
      xml.open("item")
          .text("serviceName", service.name)
          .text("serviceId", service.id)
          .text("serviceRegion", service.region)
          .text("owner", FakeWorld.STRANGER)
          .items("availabilityZoneSet", ids.stream().map(this::zoneName).toList());
      if (world.holds(Assumption.SERVICE_ZONE_IDS_TOLD)) {
        xml.items("availabilityZoneIdSet", ids);
      }
      xml.text("acceptanceRequired", String.valueOf(service.acceptance)).close("item");
    }
    xml.close("serviceDetailSet");
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
    String vpc =
        world.vpc(request.required("VpcId"), request.region(), "InvalidVpcID.NotFound").id();
    String attribute = request.required("Attribute");
    check(
        Set.of("enableDnsSupport", "enableDnsHostnames").contains(attribute),
        "InvalidParameterValue",
        "No attribute " + attribute);
    xml.text("vpcId", vpc).open(attribute).text("value", "true").close(attribute);
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
    String token = request.required("ClientToken");
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
                  tokens.put(token, new Use(request.parameters(), made, world.now()));
                  return made;
                });
    write(endpoint, xml, "vpcEndpoint");
    xml.text("clientToken", token);
  }

  private Optional<FakeEndpoint> recall(String token, FakeRequest request) {
    Use use = tokens.get(token);
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
    check(
        request.required("VpcEndpointType").equals("Interface")
            && request.required("PrivateDnsEnabled").equals("false"),
        "InvalidParameter",
        "This fake makes interface endpoints without private DNS.");
    FakeWorld.Vpc vpc =
        world.vpc(request.required("VpcId"), request.region(), "InvalidVpcID.NotFound");
    List<String> groups = request.list("SecurityGroupId");
    for (String group : groups) {
      check(
          group.equals(vpc.securityGroup()),
          "InvalidGroup.NotFound",
          "The security group '" + group + "' does not exist");
    }
    Map<String, String> tags = specifiedTags(request);
    checkTags(tags, tags);
    FakeWorld.Service service =
        visible(request, request.required("ServiceName"), request.optional("ServiceRegion"));
    List<FakeWorld.FakeSubnet> subnets = new ArrayList<>();
    Set<String> zones = new HashSet<>();
    for (String id : request.requiredList("SubnetId")) {
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
      subnets.add(subnet);
    }
    long present =
        endpoints.values().stream()
            .filter(each -> each.vpc.id().equals(vpc.id()) && !each.gone())
            .count();
    check(present < VPC_LIMIT, "VpcEndpointLimitExceeded", "The VPC has its endpoints.");
    return new FakeEndpoint(
        world,
        vpc,
        service,
        subnets,
        groups.isEmpty() ? List.of(vpc.securityGroup()) : groups,
        tags);
  }

  private static Map<String, String> specifiedTags(FakeRequest request) {
    if (request.optional("TagSpecification.1.ResourceType").isEmpty()) {
      return Map.of();
    }
    check(
        request.required("TagSpecification.1.ResourceType").equals("vpc-endpoint"),
        "InvalidParameterValue",
        "Tags are for the vpc-endpoint.");
    return tags(request, "TagSpecification.1.Tag");
  }

  private static Map<String, String> tags(FakeRequest request, String prefix) {
    Map<String, String> tags = new TreeMap<>();
    for (int i = 1; request.parameters().containsKey(prefix + "." + i + ".Key"); i++) {
      tags.put(
          request.required(prefix + "." + i + ".Key"),
          request.parameters().getOrDefault(prefix + "." + i + ".Value", ""));
    }
    check(!tags.isEmpty(), "MissingParameter", "The request must contain " + prefix);
    return tags;
  }

  private static void checkTags(Map<String, String> fresh, Map<String, String> all) {
    fresh.forEach(
        (key, value) -> {
          check(
              key.length() <= 127 && !key.toLowerCase(Locale.ROOT).startsWith("aws:"),
              "InvalidTagKey.Malformed",
              "The tag key is not valid: " + key);
          check(value.length() <= 256, "InvalidParameterValue", "Tag value exceeds 256.");
        });
    check(all.size() <= 50, "TagLimitExceeded", "A resource has at most 50 tags.");
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
      checkIds(ids, 1_000);
      for (FakeEndpoint endpoint : ids.stream().map(id -> seen(id, request.region())).toList()) {
        write(endpoint, xml, "item");
      }
    }
    xml.close("vpcEndpointSet");
    next.ifPresent(token -> xml.text("nextToken", token));
  }

  /** What a read by id sees. */
  private FakeEndpoint seen(String id, String region) {
    FakeEndpoint endpoint = find(id, region).orElseThrow(() -> missing(id));
    if (world.now() - endpoint.createdAt < world.nanos(Assumption.Question.FRESH_ENDPOINT)) {
      throw missing(id);
    }
    return endpoint;
  }

  private Optional<FakeEndpoint> find(String id, String region) {
    return Optional.ofNullable(endpoints.get(id))
        .filter(endpoint -> !endpoint.gone() && endpoint.vpc.region().equals(region));
  }

  private static FakeError missing(String id) {
    return bad("InvalidVpcEndpointId.NotFound", "The Vpc Endpoint Id '" + id + "' does not exist");
  }

  private static void checkIds(List<String> ids, int most) {
    check(ids.size() <= most, "InvalidParameterValue", "At most " + most + " ids.");
    for (String id : ids) {
      check(
          ENDPOINT_ID.matcher(id).matches(),
          "InvalidVpcEndpointId.Malformed",
          "The Vpc Endpoint Id '" + id + "' is malformed");
    }
  }

  /** Lists are older than reads by id. */
  private Optional<String> list(FakeRequest request, Xml xml) {
    long at = world.now() - world.nanos(Assumption.Question.FILTER_LAG);
    long tagsAt = Math.min(at, world.now() - world.nanos(Assumption.Question.LABEL_LAG));
    Predicate<FakeEndpoint> wanted =
        filter(request, tagsAt)
            .and(each -> each.createdAt <= at && each.vpc.region().equals(request.region()));
    NavigableMap<String, FakeEndpoint> found = new TreeMap<>();
    endpoints.values().stream().filter(wanted).forEach(each -> found.put(each.id, each));
    Map<String, String> question = new TreeMap<>(request.parameters());
    question.remove("NextToken");
    int size = Math.min(1_000, Integer.parseInt(request.optional("MaxResults").orElse("1000")));
    var page =
        world.page(
            found, question.toString(), request.optional("NextToken"), size, "InvalidNextToken");
    page.items().forEach(endpoint -> endpoint.write(xml, "item", at, tagsAt));
    return page.next();
  }

  private static Predicate<FakeEndpoint> filter(FakeRequest request, long tagsAt) {
    Predicate<FakeEndpoint> wanted = each -> true;
    int number = 1;
    for (; request.optional("Filter." + number + ".Name").isPresent(); number++) {
      String name = request.required("Filter." + number + ".Name");
      List<String> values = request.requiredList("Filter." + number + ".Value");
      check(
          number <= 50 && values.size() <= 200 && values.stream().allMatch(v -> v.length() <= 255),
          "FilterLimitExceeded",
          "The request has too many filters or values.");
      Predicate<String> any =
          values.stream().map(FakeEc2::wildcard).reduce(Predicate::or).orElseThrow();
      if (name.startsWith("tag:")) {
        String key = name.substring(4);
        wanted =
            wanted.and(
                each -> {
                  String value = each.tags.at(tagsAt).get(key);
                  return value != null && any.test(value);
                });
      } else if (name.equals("vpc-endpoint-id")) {
        wanted = wanted.and(each -> any.test(each.id));
      } else if (name.equals("service-name")) {
        wanted = wanted.and(each -> any.test(each.service.name));
      } else {
        throw bad("InvalidFilter", "The filter '" + name + "' is invalid");
      }
    }
    return wanted;
  }

  /** {@code *} and {@code ?} are patterns. */
  private static Predicate<String> wildcard(String value) {
    StringBuilder pattern = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      pattern.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(pattern.toString(), Pattern.DOTALL).asMatchPredicate();
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
    checkIds(ids, 1_000);
    return ids.stream()
        .map(id -> find(id, request.region()).orElseThrow(() -> missing(id)))
        .toList();
  }

  private void createTags(FakeRequest request, Xml xml) {
    request.allowOnly("ResourceId.N", "Tag.N.Key", "Tag.N.Value");
    Map<String, String> fresh = tags(request, "Tag");
    Map<FakeEndpoint, Map<String, String>> results = new HashMap<>();
    for (FakeEndpoint endpoint : tagged(request)) {
      Map<String, String> result = new TreeMap<>(endpoint.tags.last());
      result.putAll(fresh);
      checkTags(fresh, result);
      results.put(endpoint, result);
    }
    results.forEach((endpoint, result) -> endpoint.tags.set(world.now(), result));
    xml.text("return", "true");
  }

  /** A tag goes only if its value is the given one. */
  private void deleteTags(FakeRequest request, Xml xml) {
    request.allowOnly("ResourceId.N", "Tag.N.Key", "Tag.N.Value");
    Map<String, String> given = tags(request, "Tag");
    for (FakeEndpoint endpoint : tagged(request)) {
      Map<String, String> result = new TreeMap<>(endpoint.tags.last());
      given.forEach(result::remove);
      endpoint.tags.set(world.now(), result);
    }
    xml.text("return", "true");
  }

  // The hands of others

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
