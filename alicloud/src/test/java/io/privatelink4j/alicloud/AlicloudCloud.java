package io.privatelink4j.alicloud;

import com.aliyuncs.auth.BasicCredentials;
import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.model.AlicloudEndpointService;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.ListRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.spi.Pacing;
import io.privatelink4j.testing.Assumption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** The fake with a cluster in it, and a client of it over the SDK and a socket. */
final class AlicloudCloud implements AutoCloseable {
  static final String CLUSTER = "10581234";
  static final List<String> ZONES =
      List.of("ap-southeast-1a", "ap-southeast-1b", "ap-southeast-1c");

  final FakeAlicloud cloud;
  final Map<String, List<ClusterNetwork>> directory = new HashMap<>();
  final PrivateLinkClient links;

  AlicloudCloud(List<Assumption> position) {
    cloud = new FakeAlicloud(position.toArray(new Assumption[0]));
    directory.put(CLUSTER, new ArrayList<>(List.of(cloud.addNetwork())));
    AlicloudOptions options =
        AlicloudOptions.builder()
            .endpoint(cloud.uri())
            .credentials(() -> new BasicCredentials(FakeAlicloud.KEY_ID, FakeAlicloud.SECRET))
            .build();
    links =
        PrivateLinkClient.builder()
            .provider(new AlicloudPrivateLinkProvider(options))
            .time(cloud.time())
            .pacing(new Pacing(cloud.time(), List.of()))
            .random(new Random(1))
            .clusters(id -> directory.getOrDefault(id, List.of()))
            .build();
  }

  ConnectionType service() {
    String name = cloud.publish(ZONES, true);
    cloud.allow(name);
    return AlicloudEndpointService.of(name);
  }

  static CreateConnectionRequest request(ConnectionType type, String requestId) {
    return request(type).requestId(requestId).build();
  }

  static CreateConnectionRequest.Builder request(ConnectionType type) {
    return CreateConnectionRequest.builder()
        .clusterId(CLUSTER)
        .displayName("orders-kafka")
        .type(type);
  }

  /** A connection whose owner has accepted it. */
  PrivateLinkConnection active(CreateConnectionRequest request) {
    PrivateLinkConnection link = links.create(request);
    settle();
    cloud.accept(link.endpointId());
    settle();
    return links.awaitActive(link, Duration.ofMinutes(30));
  }

  List<PrivateLinkConnection> listed() {
    return links.list(ListRequest.of(CLUSTER)).connections();
  }

  /** Longer than all lags and changes of state. */
  void settle() {
    cloud.advance(Duration.ofMinutes(2));
  }

  /** The actions of the requests that the operation made, in order. */
  List<String> actions(Runnable operation) {
    int before = cloud.requests().size();
    operation.run();
    List<FakeRequest> all = cloud.requests();
    return all.subList(before, all.size()).stream().map(FakeRequest::action).toList();
  }

  Set<String> permissionsUsed() {
    Set<String> used = new HashSet<>();
    cloud.requests().forEach(request -> used.add(request.product() + ":" + request.action()));
    return used;
  }

  static Set<String> permissionsDeclared() {
    Set<String> declared = new HashSet<>();
    AlicloudTraits.TRAITS.actions().values().forEach(action -> declared.add(action.permission()));
    return declared;
  }

  @Override
  public void close() {
    links.close();
    cloud.close();
  }
}
