package io.privatelink4j.bench;

import com.aliyuncs.AcsRequest;
import com.aliyuncs.AcsResponse;
import com.aliyuncs.IAcsClient;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.privatelink.model.v20200415.ListVpcEndpointZonesRequest;
import com.aliyuncs.privatelink.model.v20200415.ListVpcEndpointZonesResponse;
import com.aliyuncs.privatelink.model.v20200415.ListVpcEndpointsRequest;
import com.aliyuncs.privatelink.model.v20200415.ListVpcEndpointsResponse;
import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.alicloud.LoopbackAlicloud;
import io.privatelink4j.model.ConnectionType;
import java.util.List;
import java.util.Map;

/**
 * On Alibaba Cloud, where one call tells the endpoint and another one its zones; the SDK's answers
 * have no tags.
 */
public class AlicloudCallBenchmark extends CallBenchmark {
  private LoopbackAlicloud alicloud;
  private IAcsClient client;

  @Override
  PrivateLinkClient start() {
    alicloud = new LoopbackAlicloud();
    client = alicloud.bare();
    return alicloud.client();
  }

  @Override
  ConnectionType service() {
    return alicloud.service();
  }

  @Override
  void stop() {
    client.shutdown();
    alicloud.close();
  }

  @Override
  Bare endpoint(String id) {
    ListVpcEndpointsRequest request = new ListVpcEndpointsRequest();
    request.setEndpointId(id);
    ListVpcEndpointsResponse.Endpoint endpoint = answer(request).getEndpoints().get(0);
    ListVpcEndpointZonesRequest zones = new ListVpcEndpointZonesRequest();
    zones.setEndpointId(id);
    return bare(
        endpoint,
        answer(zones).getZones().stream()
            .map(ListVpcEndpointZonesResponse.Zone::getZoneDomain)
            .toList());
  }

  @Override
  List<Bare> endpoints() {
    ListVpcEndpointsRequest request = new ListVpcEndpointsRequest();
    request.setMaxResults(1000);
    request.putQueryParameter("Tag.1.Key", "plc.cluster");
    request.putQueryParameter("Tag.1.Value", "c." + CLUSTER);
    return answer(request).getEndpoints().stream()
        .map(endpoint -> bare(endpoint, List.of()))
        .toList();
  }

  private <T extends AcsResponse> T answer(AcsRequest<T> request) {
    try {
      return client.getAcsResponse(alicloud.addressed(request));
    } catch (ClientException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Bare bare(ListVpcEndpointsResponse.Endpoint endpoint, List<String> names) {
    return new Bare(endpoint.getEndpointId(), endpoint.getEndpointStatus(), Map.of(), names);
  }
}
