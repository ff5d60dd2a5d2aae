package io.privatelink4j.alicloud;

import com.aliyuncs.auth.BasicCredentials;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
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

  final FakeAlicloud fake;
  final ClusterNetwork network;
  final Map<String, List<ClusterNetwork>> directory = new HashMap<>();
  final PrivateLinkClient links;

  AlicloudCloud(List<Assumption> position) {
    fake = new FakeAlicloud(position.toArray(new Assumption[0]));
    network = fake.addNetwork();
    directory.put(CLUSTER, new ArrayList<>(List.of(network)));
    links = client();
  }

  /** Another client of the same cloud, as another process would have it. */
  PrivateLinkClient client() {
    AlicloudOptions options =
        AlicloudOptions.builder()
            .httpClient(FakeServer.CLIENT)
            .endpoint(fake.uri())
            .credentials(() -> new BasicCredentials(FakeAlicloud.KEY_ID, FakeAlicloud.SECRET))
            .build();
    return PrivateLinkClient.builder()
        .provider(new AlicloudPrivateLinkProvider(options))
        .time(fake.time())
        .executor(Runnable::run)
        .pacing(new Pacing(fake.time(), List.of()))
        .random(new Random(1))
        .maxConnectionsPerCluster(50)
        .clusters(id -> directory.getOrDefault(id, List.of()))
        .build();
  }

  ConnectionType service() {
    String name = fake.publish(ZONES, true);
    fake.allow(name);
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
    fake.accept(link.endpointId());
    settle();
    return links.awaitActive(link, Duration.ofMinutes(30));
  }

  List<PrivateLinkConnection> listed() {
    return links.list(ListRequest.of(CLUSTER)).connections();
  }

  /** The host names of the records of the account's one zone of that name. */
  List<String> recordNames(String apex) {
    List<String> ids =
        BareAlicloud.texts(
            asSomebody("DescribeZones", Map.of("Keyword", apex, "SearchMode", "EXACT")),
            "Zones",
            "ZoneId");
    return BareAlicloud.texts(
        asSomebody("DescribeZoneRecords", Map.of("ZoneId", String.join(" and ", ids))),
        "Records",
        "Rr");
  }

  private JsonObject asSomebody(String action, Map<String, String> parameters) {
    return new Gson()
        .toJsonTree(fake.carryOut(FakeRequest.of("pvtz", action, parameters)))
        .getAsJsonObject();
  }

  /** Longer than all lags and changes of state. */
  void settle() {
    fake.advance(Duration.ofSeconds(15));
  }

  /** The requests that the operation made, in order. */
  List<FakeRequest> requests(Runnable operation) {
    int before = fake.requests().size();
    operation.run();
    List<FakeRequest> all = fake.requests();
    return all.subList(before, all.size());
  }

  /** The actions of the requests that the operation made, in order. */
  List<String> actions(Runnable operation) {
    return requests(operation).stream().map(FakeRequest::action).toList();
  }

  Set<String> permissionsUsed() {
    Set<String> used = new HashSet<>();
    fake.requests().forEach(request -> used.add(request.product() + ":" + request.action()));
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
    fake.close();
  }
}
