package io.privatelink4j.alicloud;

import static io.privatelink4j.alicloud.FakeError.bad;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** VPC: the vSwitches; and STS: who we are. */
final class FakeNetworks {
  private final FakeWorld world;
  private final ToLongFunction<FakeWorld.VSwitch> free;

  FakeNetworks(FakeWorld world, ToLongFunction<FakeWorld.VSwitch> free) {
    this.world = world;
    this.free = free;
  }

  Map<String, Object> answer(FakeRequest request) {
    return switch (request.action()) {
      case "DescribeVSwitches" -> vSwitches(request);
      case "GetCallerIdentity" -> identity();
      default -> throw new IllegalStateException("not simulated: " + request.action());
    };
  }

  private static Map<String, Object> identity() {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("AccountId", FakeAlicloud.ACCOUNT);
    answer.put("IdentityType", "RAMUser");
    answer.put("PrincipalId", "288774244375210001");
    answer.put("UserId", "288774244375210001");
    answer.put("Arn", "acs:ram::" + FakeAlicloud.ACCOUNT + ":user/links");
    return answer;
  }

  private Map<String, Object> vSwitches(FakeRequest request) {
    Optional<String> vpcId = request.parameter("VpcId");
    Optional<String> region = request.parameter("RegionId");
    if (vpcId.isEmpty()) {
      request.required("RegionId");
    }
    List<FakeWorld.Vpc> vpcs =
        world.vpcs.values().stream()
            .filter(vpc -> vpc.owner().equals(FakeAlicloud.ACCOUNT))
            .filter(vpc -> vpcId.map(vpc.id()::equals).orElse(true))
            .filter(vpc -> region.map(vpc.region()::equals).orElse(true))
            .toList();
    if (vpcId.isPresent() && vpcs.isEmpty()) {
      throw bad("Forbidden.VpcNotFound", "Specified VPC can not found.");
    }
    Optional<List<String>> ids =
        request.parameter("VSwitchId").map(text -> List.of(text.split(",", -1)));
    NavigableMap<String, FakeWorld.VSwitch> found = new TreeMap<>();
    vpcs.forEach(vpc -> found.putAll(vpc.switches()));
    found
        .values()
        .removeIf(
            each ->
                !ids.map(list -> list.contains(each.id())).orElse(true)
                    || !request.parameter("ZoneId").map(each.zoneId()::equals).orElse(true));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put(
        "VSwitches",
        Map.of("VSwitch", world.pages.byNumber(answer, request, found, 10, 50, this::view)));
    return answer;
  }

  private Object view(FakeWorld.VSwitch vSwitch) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("VSwitchId", vSwitch.id());
    view.put("VpcId", vSwitch.vpcId());
    view.put("ZoneId", vSwitch.zoneId());
    view.put("Status", world.busySwitches.contains(vSwitch.id()) ? "Pending" : "Available");
    view.put("CidrBlock", vSwitch.cidr());
    view.put("AvailableIpAddressCount", free.applyAsLong(vSwitch));
    view.put("OwnerId", Long.parseLong(FakeAlicloud.ACCOUNT));
    view.put("IsDefault", false);
    view.put("VSwitchName", "");
    view.put("Tags", Map.of("Tag", List.of()));
    return view;
  }
}
