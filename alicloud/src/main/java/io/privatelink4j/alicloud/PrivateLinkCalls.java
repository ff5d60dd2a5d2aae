package io.privatelink4j.alicloud;

import com.aliyuncs.AcsRequest;
import com.aliyuncs.privatelink.model.v20200415.CreateVpcEndpointRequest;
import com.aliyuncs.privatelink.model.v20200415.DeleteVpcEndpointRequest;
import com.aliyuncs.privatelink.model.v20200415.ListVpcEndpointServicesByEndUserRequest;
import com.aliyuncs.privatelink.model.v20200415.ListVpcEndpointZonesRequest;
import com.aliyuncs.privatelink.model.v20200415.ListVpcEndpointsRequest;
import com.aliyuncs.privatelink.model.v20200415.RemoveZoneFromVpcEndpointRequest;
import io.privatelink4j.alicloud.AlicloudOptions.Product;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointFilter;
import io.privatelink4j.spi.EndpointSpec;
import io.privatelink4j.spi.EndpointZone;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.Page;
import io.privatelink4j.spi.RemoteException;
import io.privatelink4j.spi.ServiceDescription;
import io.privatelink4j.spi.Subnet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The calls of PrivateLink. */
final class PrivateLinkCalls {
  private static final String PRODUCT = "Privatelink";
  private static final String VERSION = "2020-04-15";
  private static final String RESOURCE_TYPE = "vpcendpoint";
  private static final String COUNT = "TotalCount";
  private static final int MAX_RESULTS = AlicloudTraits.ENDPOINTS_PER_PAGE;

  private final AlicloudCalls calls;
  private final Optional<String> resourceGroupId;

  PrivateLinkCalls(AlicloudCalls calls, Optional<String> resourceGroupId) {
    this.calls = calls;
    this.resourceGroupId = resourceGroupId;
  }

  /** Shows exactly the services whose whitelist has the account; others are simply absent. */
  Optional<ServiceDescription> service(ClusterNetwork network, ConnectionType type) {
    ListVpcEndpointServicesByEndUserRequest request = new ListVpcEndpointServicesByEndUserRequest();
    request.setServiceName(type.serviceName());
    request.setMaxResults(MAX_RESULTS);
    try {
      return read(network, request)
          .only("ServiceName", type.serviceName(), COUNT, "Services")
          .map(PrivateLinkAnswers::service);
    } catch (RemoteException e) {
      if (e.kind() == ErrorKind.SERVICE_NOT_USABLE) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Everything in one call, the tags too. What it answers has no tags: they are what was asked for.
   */
  Endpoint create(ClusterNetwork network, EndpointSpec spec) {
    CreateVpcEndpointRequest request = new CreateVpcEndpointRequest();
    request.setEndpointType("Interface");
    request.setEndpointName(spec.name());
    request.setVpcId(network.vpcId());
    request.setServiceName(spec.type().serviceName());
    request.setZones(spec.subnets().stream().map(PrivateLinkCalls::zone).toList());
    request.setSecurityGroupIds(network.securityGroupIds());
    request.setClientToken(spec.clientToken());
    tags(spec.labels()).forEach((name, value) -> Requests.with(request, name, value));
    resourceGroupId.ifPresent(id -> Requests.with(request, "ResourceGroupId", id));
    return PrivateLinkAnswers.endpoint(write(network, request), spec.labels());
  }

  private static CreateVpcEndpointRequest.Zone zone(Subnet subnet) {
    CreateVpcEndpointRequest.Zone zone = new CreateVpcEndpointRequest.Zone();
    zone.setZoneId(subnet.zoneId());
    zone.setVSwitchId(subnet.id());
    return zone;
  }

  /** By a list, because the call that reads one endpoint tells no tags. */
  Optional<Endpoint> read(ClusterNetwork network, String endpointId) {
    ListVpcEndpointsRequest request = new ListVpcEndpointsRequest();
    request.setEndpointId(endpointId);
    request.setMaxResults(MAX_RESULTS);
    try {
      return read(network, request)
          .only("EndpointId", endpointId, COUNT, "Endpoints")
          .map(PrivateLinkAnswers::endpoint);
    } catch (RemoteException e) {
      if (e.kind() == ErrorKind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** An empty token would start again, so none is ever sent. */
  Page<Endpoint> list(ClusterNetwork network, EndpointFilter filter, Optional<String> pageToken) {
    ListVpcEndpointsRequest request = new ListVpcEndpointsRequest();
    request.setMaxResults(MAX_RESULTS);
    pageToken.filter(token -> !token.isBlank()).ifPresent(request::setNextToken);
    filter.serviceName().ifPresent(request::setServiceName);
    tags(filter.labels()).forEach((name, value) -> Requests.with(request, name, value));
    if (filter.endpointIds().size() > 1) {
      throw invalid("Endpoints can be filtered by one id only.");
    }
    filter.endpointIds().forEach(request::setEndpointId);
    Answer answer = read(network, request);
    return new Page<>(
        answer.requiredList(COUNT, "Endpoints").stream().map(PrivateLinkAnswers::endpoint).toList(),
        Optional.of(answer.text(Answer.NEXT_TOKEN)).filter(token -> !token.isBlank()));
  }

  /** An endpoint has at most ten, so they fit one page. */
  List<EndpointZone> zones(ClusterNetwork network, String endpointId) {
    ListVpcEndpointZonesRequest request = new ListVpcEndpointZonesRequest();
    request.setEndpointId(endpointId);
    request.setMaxResults(MAX_RESULTS);
    return read(network, request).whole(COUNT, "Zones").stream()
        .map(PrivateLinkAnswers::zone)
        .toList();
  }

  void putTags(ClusterNetwork network, List<String> endpointIds, Map<String, String> labels) {
    if (labels.isEmpty()) {
      throw invalid("No label is given.");
    }
    Map<String, String> parameters = resources(network, endpointIds);
    parameters.putAll(tags(labels));
    calls.write(
        network, Product.PRIVATELINK, Requests.form(PRODUCT, VERSION, "TagResources", parameters));
  }

  /** By key alone: the cloud does not compare values. */
  void removeTags(ClusterNetwork network, String endpointId, Map<String, String> labels) {
    if (labels.isEmpty()) {
      throw invalid("No label is given.");
    }
    Map<String, String> parameters = resources(network, List.of(endpointId));
    int index = 1;
    for (String key : new TreeMap<>(labels).keySet()) {
      parameters.put("TagKey." + index++, key);
    }
    try {
      calls.write(
          network,
          Product.PRIVATELINK,
          Requests.form(PRODUCT, VERSION, "UntagResources", parameters));
    } catch (RemoteException e) {
      // Labels that are not there are no error.
      if (!e.code().equalsIgnoreCase("TagInfoNotExist")) {
        throw e;
      }
    }
  }

  private static Map<String, String> resources(ClusterNetwork network, List<String> endpointIds) {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put(Requests.REGION_ID, network.region());
    parameters.put("ResourceType", RESOURCE_TYPE);
    int index = 1;
    for (String id : endpointIds) {
      parameters.put("ResourceId." + index++, id);
    }
    return parameters;
  }

  /** {@return labels as the parameters of a list, which is counted from 1} */
  private static Map<String, String> tags(Map<String, String> labels) {
    Map<String, String> parameters = new TreeMap<>();
    int index = 1;
    for (Map.Entry<String, String> label : new TreeMap<>(labels).entrySet()) {
      parameters.put("Tag." + index + ".Key", label.getKey());
      parameters.put("Tag." + index + ".Value", label.getValue());
      index++;
    }
    return parameters;
  }

  void removeZone(ClusterNetwork network, String endpointId, String zoneId) {
    RemoveZoneFromVpcEndpointRequest request = new RemoveZoneFromVpcEndpointRequest();
    request.setEndpointId(endpointId);
    request.setZoneId(zoneId);
    write(network, request);
  }

  /** Without a client token: one that was used while the endpoint was busy may keep its answer. */
  void delete(ClusterNetwork network, String endpointId) {
    DeleteVpcEndpointRequest request = new DeleteVpcEndpointRequest();
    request.setEndpointId(endpointId);
    write(network, request);
  }

  private Answer read(ClusterNetwork network, AcsRequest<?> request) {
    return calls.read(
        network, Product.PRIVATELINK, Requests.with(request, Requests.REGION_ID, network.region()));
  }

  private Answer write(ClusterNetwork network, AcsRequest<?> request) {
    return calls.write(
        network, Product.PRIVATELINK, Requests.with(request, Requests.REGION_ID, network.region()));
  }

  private static RemoteException invalid(String message) {
    return new RemoteException(ErrorKind.INVALID, "InvalidParameter", message);
  }
}
