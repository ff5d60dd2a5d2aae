package io.privatelink4j.alicloud;

import static io.privatelink4j.alicloud.FakeError.bad;
import static io.privatelink4j.alicloud.FakeError.check;

import io.privatelink4j.testing.Assumption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** PrivateLink, as far as one who connects to other people's services needs it; strict. */
final class FakePrivateLink {
  private static final int PAGE = 1_000;

  private final FakeWorld world;
  private final NavigableMap<String, FakeEndpoint> endpoints = new TreeMap<>();
  private final FakeCreation creation;

  FakePrivateLink(FakeWorld world) {
    this.world = world;
    creation = new FakeCreation(world, endpoints);
  }

  Map<String, Object> answer(FakeRequest request) {
    endpoints.values().removeIf(FakeEndpoint::gone);
    return switch (request.action()) {
      case "CheckProductOpen" -> answerWith("Success", world.opened);
      case "OpenPrivateLinkService" -> open();
      case "DescribeZones" -> supportedZones(request);
      case "ListVpcEndpointServicesByEndUser" -> services(request);
      case "CreateVpcEndpoint" -> world.tokens.make(request, () -> creation.create(request));
      case "GetVpcEndpointAttribute" -> read(request);
      case "ListVpcEndpoints" -> list(request);
      case "ListVpcEndpointZones" -> zones(request);
      case "ListVpcEndpointSecurityGroups" -> groups(request);
      case "UpdateVpcEndpointAttribute" -> world.tokens.once(request, () -> update(request));
      case "AddZoneToVpcEndpoint" -> world.tokens.once(request, () -> addZone(request));
      case "RemoveZoneFromVpcEndpoint" -> world.tokens.once(request, () -> removeZone(request));
      case "AttachSecurityGroupToVpcEndpoint" -> world.tokens.once(request, () -> attach(request));
      case "DetachSecurityGroupFromVpcEndpoint" ->
          world.tokens.once(request, () -> detach(request));
      case "DeleteVpcEndpoint" -> world.tokens.once(request, () -> delete(request));
      case "TagResources" -> world.tokens.once(request, () -> tag(request));
      case "UntagResources" -> world.tokens.once(request, () -> untag(request));
      case "ListTagResources" -> tags(request);
      default -> throw new IllegalStateException("not simulated: " + request.action());
    };
  }

  static Map<String, Object> answerWith(String name, Object value) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put(name, value);
    return answer;
  }

  private Map<String, Object> open() {
    world.opened = true;
    return answerWith("OrderId", "3245000001");
  }

  private Map<String, Object> supportedZones(FakeRequest request) {
    List<Object> zones =
        world.vpcs.values().stream()
            .filter(vpc -> vpc.region().equals(request.region()))
            .flatMap(vpc -> vpc.switches().values().stream())
            .map(FakeWorld.VSwitch::zoneId)
            .distinct()
            .sorted()
            .<Object>map(zone -> Map.of("ZoneId", zone, "LocalName", "Zone " + zone))
            .toList();
    return answerWith("Zones", Map.of("Zone", zones));
  }

  // Services

  /** Who is not on the whitelist does not see that there is a service. */
  private Map<String, Object> services(FakeRequest request) {
    checkOpened();
    NavigableMap<String, FakeWorld.Service> found = new TreeMap<>();
    world.services.values().stream()
        .filter(service -> service.allowed && !service.deleted)
        .filter(service -> service.region.equals(request.region()))
        .filter(service -> given(request, "ServiceName", service.name))
        .filter(service -> given(request, "ServiceId", service.id))
        .filter(service -> given(request, "ServiceType", "Interface"))
        .forEach(service -> found.put(service.name, service));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("TotalCount", String.valueOf(found.size()));
    world.pages.byToken(answer, "Services", request, found, PAGE, this::view);
    return answer;
  }

  private static boolean given(FakeRequest request, String parameter, String value) {
    return request.parameter(parameter).map(value::equals).orElse(true);
  }

  private Object view(FakeWorld.Service service) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("ServiceId", service.id);
    view.put("ServiceName", service.name);
    view.put("ServiceDomain", service.id + "." + service.region + ".privatelink.aliyuncs.com");
    view.put("ServiceType", "Interface");
    view.put("ServiceResourceType", "slb");
    view.put("ServiceSupportIPv6", false);
    view.put("Payer", "Endpoint");
    view.put("Zones", service.zoneIds);
    view.put("Tags", List.of());
    if (world.holds(Assumption.ACCEPTANCE_TOLD)) {
      view.put("AutoAcceptEnabled", !service.acceptance);
    }
    return view;
  }

  private void checkOpened() {
    check(world.opened, "NeedOpenProduct", "The product is not activated.");
  }

  // Endpoints

  /** What a call that names the id sees: a new endpoint may be hidden. */
  private Optional<FakeEndpoint> seen(FakeRequest request, String endpointId) {
    return Optional.ofNullable(endpoints.get(endpointId))
        .filter(each -> each.vpc.region().equals(request.region()))
        .filter(
            each ->
                world.now() - each.createdAt >= world.nanos(Assumption.Question.FRESH_ENDPOINT));
  }

  private FakeEndpoint named(FakeRequest request) {
    return seen(request, request.required("EndpointId"))
        .orElseThrow(() -> bad("EndpointNotFound", "The specified Endpoint does not exist."));
  }

  private Map<String, Object> read(FakeRequest request) {
    Map<String, Object> view = named(request).fullView(world.now());
    view.put("Payer", "Endpoint");
    view.put("ZonePrivateIpAddressCount", 1);
    return view;
  }

  /** A list lags; one that asks for an id does only if it is told to. */
  private Map<String, Object> list(FakeRequest request) {
    Optional<String> id = request.parameter("EndpointId");
    List<Map<String, String>> filter = request.elements("Tag");
    check(filter.size() <= FakeTags.MOST, "IllegalParam.Tag", "At most 20 tags.");
    boolean lookup = id.isPresent() && filter.isEmpty() && !world.lookupsLag;
    long at = world.now() - (lookup ? 0 : world.nanos(Assumption.Question.FILTER_LAG));
    long tagsAt = Math.min(at, world.now() - world.nanos(Assumption.Question.LABEL_LAG));
    Predicate<FakeEndpoint> wanted =
        each ->
            each.createdAt <= at
                && each.vpc.region().equals(request.region())
                && given(request, "EndpointId", each.id)
                && given(request, "EndpointName", each.name.orElse(""))
                && given(request, "EndpointType", "Interface")
                && given(request, "EndpointStatus", each.status(at))
                && given(request, "ConnectionStatus", each.connection(at))
                && given(request, "ServiceName", each.service.name)
                && given(request, "VpcId", each.vpc.id())
                && FakeTags.match(each.tags.at(tagsAt), filter);
    NavigableMap<String, FakeEndpoint> found = new TreeMap<>(endpoints);
    found.values().removeIf(wanted.negate());
    id.filter(each -> seen(request, each).isEmpty()).ifPresent(found::remove);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("TotalCount", found.size());
    world.pages.byToken(
        answer,
        "Endpoints",
        request,
        found,
        PAGE,
        each -> {
          Map<String, Object> view = each.fullView(at);
          view.put("Tags", FakeTags.write(each.tags.at(tagsAt)));
          return view;
        });
    return answer;
  }

  private Map<String, Object> zones(FakeRequest request) {
    var found = named(request).zones();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("TotalCount", found.size());
    world.pages.byToken(answer, "Zones", request, found, PAGE, each -> each);
    return answer;
  }

  private Map<String, Object> groups(FakeRequest request) {
    FakeEndpoint endpoint = named(request);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("TotalCount", endpoint.groups.size());
    NavigableMap<String, Object> found = new TreeMap<>();
    endpoint.groups.forEach(
        (group, since) ->
            found.put(group, Map.of("SecurityGroupId", group, "SecurityGroupStatus", "Attached")));
    world.pages.byToken(answer, "SecurityGroups", request, found, 50, each -> each);
    return answer;
  }

  // Changes

  private void update(FakeRequest request) {
    FakeEndpoint endpoint = named(request);
    checkChangeable(endpoint);
    request.parameter("EndpointName").ifPresent(FakeCreation::checkName);
    request.parameter("EndpointDescription").ifPresent(FakeCreation::checkDescription);
    checkDryRun(request);
    request.parameter("EndpointName").ifPresent(text -> endpoint.name = Optional.of(text));
    request
        .parameter("EndpointDescription")
        .ifPresent(text -> endpoint.description = Optional.of(text));
  }

  private void addZone(FakeRequest request) {
    FakeEndpoint endpoint = named(request);
    checkChangeable(endpoint);
    check(!endpoint.service.deleted, "EndpointServiceDeleted", "The service is already deleted.");
    FakeWorld.VSwitch vSwitch =
        creation.usable(
            endpoint.vpc,
            endpoint.service,
            request.required("VSwitchId"),
            request.parameter("ZoneId"),
            endpoint.zoneIds());
    check(
        endpoint.zoneIds().size() < FakeCreation.ZONES,
        "QuotaMisMatched",
        "The resource you applied for has exceeded the quota.");
    checkDryRun(request);
    endpoint.addZone(vSwitch);
  }

  private void removeZone(FakeRequest request) {
    FakeEndpoint endpoint = named(request);
    checkChangeable(endpoint);
    String zone = request.required("ZoneId");
    check(
        endpoint.zoneIds().contains(zone),
        "EndpointZoneNotFound",
        "The specified zone of Endpoint does not exist.");
    checkDryRun(request);
    endpoint.removeZone(zone);
  }

  private void attach(FakeRequest request) {
    FakeEndpoint endpoint = named(request);
    checkChangeable(endpoint);
    String group = request.required("SecurityGroupId");
    List<String> all = new ArrayList<>(endpoint.groups.keySet());
    all.add(group);
    FakeCreation.checkGroups(all, endpoint.vpc);
    checkDryRun(request);
    endpoint.groups.put(group, world.now());
    endpoint.modify();
  }

  private void detach(FakeRequest request) {
    FakeEndpoint endpoint = named(request);
    checkChangeable(endpoint);
    String group = request.required("SecurityGroupId");
    check(
        endpoint.groups.containsKey(group),
        "SecurityGroupNotFound",
        "The specified security group does not exist.");
    check(
        endpoint.groups.size() > 1,
        "EndpointMustContainSecurityGroup",
        "The specified endpoint must have at least one security group.");
    checkDryRun(request);
    endpoint.groups.remove(group);
    endpoint.modify();
  }

  private void delete(FakeRequest request) {
    FakeEndpoint endpoint = named(request);
    checkNotLocked(endpoint);
    check(
        endpoint.active() && !endpoint.connecting(),
        "EndpointOperationDenied",
        "The specified operation of endpoint is not allowed.");
    check(
        endpoint.zoneIds().isEmpty(),
        "EndpointDependenceViolation",
        "The specified endpoint has dependent zone(s).");
    checkDryRun(request);
    endpoint.delete();
  }

  private static void checkNotLocked(FakeEndpoint endpoint) {
    check(!endpoint.financialLock, "EndpointLocked", "The specified Endpoint is locked.");
  }

  /** One change of an endpoint at a time; the code depends on what is going on. */
  private static void checkChangeable(FakeEndpoint endpoint) {
    checkNotLocked(endpoint);
    boolean alive = !endpoint.deletionBegun();
    check(
        !alive || !endpoint.removing(),
        "ConcurrentCallNotSupported",
        "The concurrent call is not supported.");
    check(
        !alive || !endpoint.connecting(),
        "EndpointConnectionOperationDenied",
        "The endpoint is being connected.");
    check(!alive || !endpoint.modified(), "EndpointLocked", "The specified Endpoint is locked.");
    check(
        endpoint.active(),
        "EndpointOperationDenied",
        "The specified operation of endpoint is not allowed.");
  }

  static void checkDryRun(FakeRequest request) {
    check(
        !request.flag("DryRun"),
        "DryRunOperation",
        "Request validation has been passed with DryRun flag set.");
  }

  // Tags

  private List<FakeEndpoint> resources(FakeRequest request) {
    checkType(request);
    List<String> ids = request.list("ResourceId");
    check(ids.size() <= 50, "IllegalParam.ResourceId", "At most 50 resources.");
    return ids.stream()
        .map(
            id ->
                seen(request, id)
                    .orElseThrow(
                        () ->
                            bad(
                                "InvalidResourceId.NotFound",
                                "The specified ResourceIds are not found in our records.")))
        .toList();
  }

  private static void checkType(FakeRequest request) {
    check(
        request.required("ResourceType").equalsIgnoreCase("vpcendpoint"),
        "IllegalParam.ResourceType",
        "The param of ResourceType is illegal.");
  }

  /** All of the endpoints get the tags, or none. */
  private void tag(FakeRequest request) {
    Map<String, String> fresh = FakeTags.given(request, world);
    Map<FakeEndpoint, Map<String, String>> results = new LinkedHashMap<>();
    for (FakeEndpoint endpoint : resources(request)) {
      Map<String, String> result = new TreeMap<>(endpoint.tags.last());
      result.putAll(fresh);
      check(
          result.size() <= FakeTags.MOST,
          "QuotaExceed.TagsPerResource",
          "The maximum number of tags for each resource is exceeded");
      results.put(endpoint, result);
    }
    checkDryRun(request);
    results.forEach((endpoint, result) -> endpoint.tags.set(world.now(), result));
  }

  private void untag(FakeRequest request) {
    List<String> keys = request.list("TagKey");
    List<FakeEndpoint> found = resources(request);
    checkDryRun(request);
    for (FakeEndpoint endpoint : found) {
      Map<String, String> result = new TreeMap<>(endpoint.tags.last());
      if (keys.isEmpty() && request.flag("All")) {
        result.clear();
      }
      result.keySet().removeAll(keys);
      endpoint.tags.set(world.now(), result);
    }
  }

  private Map<String, Object> tags(FakeRequest request) {
    checkType(request);
    List<String> ids = request.list("ResourceId");
    List<Map<String, String>> filter = request.elements("Tag");
    check(
        !ids.isEmpty() || !filter.isEmpty(),
        "MissingResourceIdOrTagParam",
        "The resource id and tag is empty.");
    check(ids.size() <= 50, "IllegalParam.ResourceId", "At most 50 resources.");
    long at = world.now() - world.nanos(Assumption.Question.LABEL_LAG);
    NavigableMap<String, Object> lines = new TreeMap<>();
    Collection<String> wanted = ids.isEmpty() ? endpoints.keySet() : ids;
    for (String id : wanted) {
      seen(request, id)
          .map(endpoint -> endpoint.tags.at(at))
          .filter(tags -> FakeTags.match(tags, filter))
          .ifPresent(
              tags ->
                  tags.forEach(
                      (key, value) ->
                          lines.put(id + " " + key, FakeTags.line("vpcendpoint", id, key, value))));
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    world.pages.putPage(
        answer, "TagResources", request, lines, 50, "IllegalParamFormat.NextToken", each -> each);
    return answer;
  }

  // For tests

  FakeEndpoint endpoint(String endpointId) {
    return Optional.ofNullable(endpoints.get(endpointId))
        .filter(each -> !each.gone())
        .orElseThrow(() -> new IllegalArgumentException("no endpoint " + endpointId));
  }

  List<FakeEndpoint> endpoints() {
    return endpoints.values().stream().filter(each -> !each.gone()).toList();
  }

  long free(FakeWorld.VSwitch vSwitch) {
    return creation.free(vSwitch);
  }
}
