package io.privatelink4j.alicloud;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What Alibaba Cloud asks a policy when requests arrive, by the authorization tables of its
 * reference: resources of each action, the common condition keys of tags.
 */
final class RamChecks {
  private static final String REQUEST_TAG = "acs:RequestTag/";
  private static final String RESOURCE_TAG = "acs:ResourceTag/";

  private final String place;
  private final String zone;

  /** By connection id, as the answer to a create is not recorded. */
  private final Map<String, String> endpointIds;

  private final Map<String, Map<String, String>> tags = new HashMap<>();

  RamChecks(String region, String account, Map<String, String> endpointIds) {
    place = ":" + region + ":" + account + ":";
    zone = "acs:pvtz::" + account + ":zone/";
    this.endpointIds = endpointIds;
  }

  List<RamCheck> of(List<FakeRequest> requests) {
    return requests.stream().flatMap(request -> of(request).stream()).toList();
  }

  private List<RamCheck> of(FakeRequest request) {
    String action = request.product() + ":" + request.action();
    return switch (action) {
      // The table has no authorization for it.
      case "sts:GetCallerIdentity" -> List.of();
      case "vpc:DescribeVSwitches" -> List.of(check(action, arn("vpc", "vswitch/*")));
      case "privatelink:ListVpcEndpointServicesByEndUser" ->
          List.of(check(action, arn("privatelink", "vpcendpointservice/*")));
      case "privatelink:ListVpcEndpoints" -> List.of(check(action, endpoint("*")));
      case "privatelink:CreateVpcEndpoint" -> create(action, request);
      case "privatelink:TagResources", "privatelink:UntagResources" -> tag(action, request);
      case "privatelink:ListVpcEndpointZones",
          "privatelink:RemoveZoneFromVpcEndpoint",
          "privatelink:DeleteVpcEndpoint" ->
          List.of(ofEndpoint(action, request.required("EndpointId")));
      case "pvtz:AddZone", "pvtz:DescribeZones" -> List.of(check(action, zone + "*"));
      case "pvtz:DescribeZoneInfo",
          "pvtz:BindZoneVpc",
          "pvtz:DeleteZone",
          "pvtz:AddZoneRecord",
          "pvtz:DescribeZoneRecords" ->
          List.of(check(action, zone + request.required("ZoneId")));
      // The table says a zone; the request names none.
      case "pvtz:DeleteZoneRecord" ->
          List.of(check(action, zone + "of-record-" + request.required("RecordId")));
      default -> throw new IllegalArgumentException("What is asked about " + action + "?");
    };
  }

  private List<RamCheck> create(String action, FakeRequest request) {
    Map<String, String> given = tags(request);
    List<String> resources = new ArrayList<>();
    resources.add(endpoint("*"));
    resources.add(arn("vpc", "vpc/" + request.required("VpcId")));
    for (Map<String, String> each : request.elements("Zone")) {
      resources.add(arn("vpc", "vswitch/" + each.get("VSwitchId")));
    }
    for (String id : request.list("SecurityGroupId")) {
      resources.add(arn("ecs", "securitygroup/" + id));
    }
    tags.put(endpointIds.get(given.get("plc.id")), given);
    return resources.stream()
        .map(resource -> tagged(check(action, resource), REQUEST_TAG, given))
        .toList();
  }

  private List<RamCheck> tag(String action, FakeRequest request) {
    Map<String, String> given = tags(request);
    List<RamCheck> checks = new ArrayList<>();
    for (String id : request.list("ResourceId")) {
      checks.add(tagged(ofEndpoint(action, id), REQUEST_TAG, given));
      tags.get(id).putAll(given);
      tags.get(id).keySet().removeAll(request.list("TagKey"));
    }
    return checks;
  }

  private RamCheck ofEndpoint(String action, String id) {
    return tagged(check(action, endpoint(id)), RESOURCE_TAG, tags.get(id));
  }

  private static RamCheck tagged(RamCheck check, String prefix, Map<String, String> given) {
    RamCheck tagged = check;
    for (Map.Entry<String, String> tag : given.entrySet()) {
      tagged = tagged.with(prefix + tag.getKey(), tag.getValue());
    }
    return tagged;
  }

  private static Map<String, String> tags(FakeRequest request) {
    Map<String, String> tags = new TreeMap<>();
    for (Map<String, String> tag : request.elements("Tag")) {
      tags.put(tag.get("Key"), tag.get("Value"));
    }
    return tags;
  }

  private static RamCheck check(String action, String resource) {
    return new RamCheck(action, resource, Map.of());
  }

  private String endpoint(String id) {
    return arn("privatelink", "vpcendpoint/" + id);
  }

  private String arn(String product, String resource) {
    return "acs:" + product + place + resource;
  }
}
