package io.privatelink4j.aws;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.w3c.dom.Element;

/**
 * What AWS asks a policy about requests, in their order. Resources and condition keys are those
 * that the Service Authorization Reference and Route 53's guide list for the action; what they do
 * not list is not there. Keys that no policy of ours could use are left out.
 */
final class IamChecks {
  private static final String ZONE = "arn:aws:route53:::hostedzone/";

  /** By connection id, as the answer to a create is not recorded. */
  private final Map<String, String> endpointIds;

  private final String network;
  private final Map<String, Map<String, String>> tags = new HashMap<>();
  private final Map<String, String> services = new HashMap<>();

  IamChecks(String region, String account, Map<String, String> endpointIds) {
    this.network = "arn:aws:ec2:" + region + ":" + account + ":";
    this.endpointIds = endpointIds;
  }

  List<IamCheck> of(List<FakeRequest> requests) {
    return requests.stream().flatMap(request -> of(request).stream()).toList();
  }

  private List<IamCheck> of(FakeRequest request) {
    String action = request.service() + ":" + request.action();
    return switch (request.action()) {
      case "DescribeSubnets", "DescribeVpcEndpoints", "DescribeVpcEndpointServices" ->
          List.of(new IamCheck(action, "*", Map.of()));
      case "DescribeVpcAttribute" -> List.of(vpc(action, request));
      case "CreateVpcEndpoint" -> create(action, request);
      case "CreateTags", "DeleteTags" -> tag(action, request);
      case "DeleteVpcEndpoints" ->
          request.list("VpcEndpointId").stream().map(id -> endpoint(action, id)).toList();
      case "CreateHostedZone" ->
          List.of(
              zoneOf(
                  action,
                  FakeRequest.children(request.requiredBody("CreateHostedZoneRequest"), "VPC")
                      .stream()
                      .map(
                          vpc ->
                              vpc(
                                  FakeRequest.text(vpc, "VPCId"),
                                  FakeRequest.text(vpc, "VPCRegion")))
                      .toList()),
              describeVpcs());
      case "ListHostedZones" -> List.of(new IamCheck(action, "*", Map.of()));
      case "ListHostedZonesByVPC" ->
          List.of(
              zoneOf(
                  action, List.of(vpc(request.required("vpcid"), request.required("vpcregion")))),
              describeVpcs());
      case "GetHostedZone", "DeleteHostedZone", "ListResourceRecordSets" ->
          List.of(new IamCheck(action, ZONE + request.id(), Map.of()));
      case "ChangeResourceRecordSets" -> List.of(change(action, request));
      case "GetChange" ->
          List.of(new IamCheck(action, "arn:aws:route53:::change/" + request.id(), Map.of()));
      default -> throw new IllegalArgumentException("What is asked about " + action + "?");
    };
  }

  private IamCheck vpc(String action, FakeRequest request) {
    String id = request.required("VpcId");
    return new IamCheck(action, network + "vpc/" + id, Map.of("ec2:VpcID", List.of(id)));
  }

  private List<IamCheck> create(String action, FakeRequest request) {
    Map<String, String> given = tags(request, "TagSpecification.1.Tag");
    String service = request.required("ServiceName");
    IamCheck made = tagging(new IamCheck(action, network + "vpc-endpoint/*", Map.of()), given);
    List<IamCheck> checks = new ArrayList<>();
    checks.add(vpc(action, request));
    checks.add(made.with("ec2:VpceServiceName", service));
    for (String id : request.list("SubnetId")) {
      checks.add(
          new IamCheck(action, network + "subnet/" + id, Map.of("ec2:SubnetID", List.of(id))));
    }
    for (String id : request.list("SecurityGroupId")) {
      checks.add(
          new IamCheck(
              action,
              network + "security-group/" + id,
              Map.of("ec2:SecurityGroupID", List.of(id))));
    }
    if (!given.isEmpty()) {
      checks.add(made.action("ec2:CreateTags").with("ec2:CreateAction", request.action()));
    }
    String id = endpointIds.get(given.get("plc.id"));
    tags.put(id, given);
    services.put(id, service);
    return checks;
  }

  private List<IamCheck> tag(String action, FakeRequest request) {
    Map<String, String> given = tags(request, "Tag");
    List<IamCheck> checks = new ArrayList<>();
    for (String id : request.list("ResourceId")) {
      checks.add(tagging(endpoint(action, id).without("ec2:VpceServiceName"), given));
      Map<String, String> present = tags.get(id);
      if (request.action().equals("CreateTags")) {
        present.putAll(given);
      } else {
        given.forEach(present::remove);
      }
    }
    return checks;
  }

  private IamCheck endpoint(String action, String id) {
    IamCheck check =
        new IamCheck(action, network + "vpc-endpoint/" + id, Map.of())
            .with("ec2:VpceServiceName", services.get(id));
    for (Map.Entry<String, String> tag : tags.get(id).entrySet()) {
      check = check.with("aws:ResourceTag/" + tag.getKey(), tag.getValue());
    }
    return check;
  }

  private static IamCheck tagging(IamCheck check, Map<String, String> given) {
    IamCheck tagging = check.with("aws:TagKeys", given.keySet().toArray(new String[0]));
    for (Map.Entry<String, String> tag : given.entrySet()) {
      tagging = tagging.with("aws:RequestTag/" + tag.getKey(), tag.getValue());
    }
    return tagging;
  }

  private static Map<String, String> tags(FakeRequest request, String prefix) {
    Map<String, String> tags = new TreeMap<>();
    for (int i = 1; request.optional(prefix + "." + i + ".Key").isPresent(); i++) {
      tags.put(
          request.required(prefix + "." + i + ".Key"),
          request.optional(prefix + "." + i + ".Value").orElse(""));
    }
    return tags;
  }

  private static String vpc(String id, String region) {
    return "VPCId=" + id + ",VPCRegion=" + region;
  }

  private static IamCheck zoneOf(String action, List<String> vpcs) {
    return new IamCheck(action, "*", vpcs.isEmpty() ? Map.of() : Map.of("route53:VPCs", vpcs));
  }

  /** The reference lists it as an action on which those with a VPC depend. */
  private static IamCheck describeVpcs() {
    return new IamCheck("ec2:DescribeVpcs", "*", Map.of());
  }

  private static IamCheck change(String action, FakeRequest request) {
    List<String> names = new ArrayList<>();
    List<String> types = new ArrayList<>();
    List<String> actions = new ArrayList<>();
    Element batch =
        FakeRequest.child(request.requiredBody("ChangeResourceRecordSetsRequest"), "ChangeBatch");
    for (Element change : FakeRequest.children(FakeRequest.child(batch, "Changes"), "Change")) {
      Element set = FakeRequest.child(change, "ResourceRecordSet");
      names.add(normalized(FakeRequest.text(set, "Name")));
      types.add(FakeRequest.text(set, "Type"));
      actions.add(FakeRequest.text(change, "Action"));
    }
    return new IamCheck(
        action,
        ZONE + request.id(),
        Map.of(
            "route53:ChangeResourceRecordSetsNormalizedRecordNames", names,
            "route53:ChangeResourceRecordSetsRecordTypes", types,
            "route53:ChangeResourceRecordSetsActions", actions));
  }

  /** Lower case, no dot at the end, {@code \052} for an asterisk. */
  private static String normalized(String name) {
    String lower = name.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "").replace("\\052", "*");
    if (!lower.matches("[a-z0-9_.*-]+")) {
      throw new IllegalArgumentException("How does Route 53 write " + name + "?");
    }
    return lower.replace("*", "\\052");
  }
}
