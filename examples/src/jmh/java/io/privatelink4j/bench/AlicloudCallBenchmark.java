package io.privatelink4j.bench;

import com.aliyuncs.AcsRequest;
import com.aliyuncs.AcsResponse;
import com.aliyuncs.IAcsClient;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.privatelink.model.v20200415.ListVpcEndpointZonesRequest;
import com.aliyuncs.privatelink.model.v20200415.ListVpcEndpointZonesResponse;
import com.aliyuncs.privatelink.model.v20200415.ListVpcEndpointsRequest;
import com.aliyuncs.privatelink.model.v20200415.ListVpcEndpointsResponse;
import io.privatelink4j.alicloud.LoopbackAlicloud;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The calls on Alibaba Cloud, where one tells the endpoint and another one its zones. The SDK's
 * classes have no tags, so who writes this by hand goes without; and it brings another HTTP client
 * than the library's.
 */
public class AlicloudCallBenchmark extends CallBenchmark {
  private LoopbackAlicloud alicloud;
  private IAcsClient client;

  @Override
  Loopback start() {
    alicloud = new LoopbackAlicloud();
    client = alicloud.bare();
    return alicloud;
  }

  @Override
  void stop() {
    client.shutdown();
  }

  @Override
  Bare endpoint(String id) {
    ListVpcEndpointsRequest request = new ListVpcEndpointsRequest();
    request.setEndpointId(id);
    ListVpcEndpointsResponse.Endpoint endpoint = answer(request).getEndpoints().get(0);
    ListVpcEndpointZonesRequest zones = new ListVpcEndpointZonesRequest();
    zones.setEndpointId(id);
    List<String> names = new ArrayList<>();
    names.add(endpoint.getEndpointDomain());
    for (ListVpcEndpointZonesResponse.Zone zone : answer(zones).getZones()) {
      names.add(zone.getZoneDomain());
    }
    return bare(endpoint, names);
  }

  @Override
  List<Bare> endpoints() {
    ListVpcEndpointsRequest request = new ListVpcEndpointsRequest();
    request.setMaxResults(1000);
    request.putQueryParameter("Tag.1.Key", "plc.cluster");
    request.putQueryParameter("Tag.1.Value", "c." + CLUSTER);
    return answer(request).getEndpoints().stream()
        .map(endpoint -> bare(endpoint, List.of(endpoint.getEndpointDomain())))
        .toList();
  }

  private <T extends AcsResponse> T answer(AcsRequest<T> request) {
    try {
      return client.getAcsResponse(alicloud.toFake(request));
    } catch (ClientException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Bare bare(ListVpcEndpointsResponse.Endpoint endpoint, List<String> names) {
    return new Bare(endpoint.getEndpointId(), endpoint.getEndpointStatus(), Map.of(), names);
  }
}
