package io.privatelink4j.alicloud;

import io.privatelink4j.alicloud.AlicloudOptions.Product;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.Page;
import io.privatelink4j.spi.Subnet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The calls that tell whose and where a network is. */
final class NetworkCalls {
  private static final String COUNT = "TotalCount";

  private final AlicloudCalls calls;

  NetworkCalls(AlicloudCalls calls) {
    this.calls = calls;
  }

  /** The account is what service owners allow, for users and roles too. */
  String account(ClusterNetwork network) {
    return calls
        .read(
            network,
            Product.STS,
            Requests.query("Sts", "2015-04-01", "GetCallerIdentity", Map.of()))
        .required("AccountId");
  }

  /** All of the VPC: the call takes one id only. */
  Page<Subnet> subnets(ClusterNetwork network, Optional<String> pageToken) {
    PageNumber page = PageNumber.parse(pageToken);
    Map<String, String> parameters = new TreeMap<>();
    parameters.put(Requests.REGION_ID, network.region());
    parameters.put("VpcId", network.vpcId());
    parameters.put("PageNumber", String.valueOf(page.number()));
    parameters.put("PageSize", String.valueOf(AlicloudTraits.VSWITCHES_PER_PAGE));
    Answer answer =
        calls.read(
            network,
            Product.VPC,
            Requests.query("Vpc", "2016-04-28", "DescribeVSwitches", parameters));
    List<Answer> switches = answer.requiredList(COUNT, "VSwitches", "VSwitch");
    return new Page<>(
        switches.stream().map(NetworkCalls::subnet).toList(),
        page.next(answer, COUNT, switches.size(), AlicloudTraits.VSWITCHES_PER_PAGE));
  }

  private static Subnet subnet(Answer vswitch) {
    String zone = vswitch.text("ZoneId");
    OptionalLong free = vswitch.number("AvailableIpAddressCount");
    return new Subnet(
        vswitch.required("VSwitchId"),
        vswitch.text("VpcId"),
        zone,
        zone,
        vswitch.text("OwnerId"),
        free.isPresent()
            ? OptionalInt.of((int) Math.max(0, Math.min(Integer.MAX_VALUE, free.getAsLong())))
            : OptionalInt.empty());
  }
}
