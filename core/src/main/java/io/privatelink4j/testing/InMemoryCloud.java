package io.privatelink4j.testing;

import static java.util.Objects.requireNonNull;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.DnsSwitch;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.DriverContext;
import io.privatelink4j.spi.DriverTraits;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointZone;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.PrivateLinkProvider;
import io.privatelink4j.spi.Time;
import io.privatelink4j.spi.ZoneRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.annotation.Nullable;

/**
 * AWS or Alibaba Cloud in memory, as far as private links go: networks, endpoint services and their
 * owners, endpoints, private DNS zones and the VPC's resolver, with the documented states, limits
 * and error codes. What takes time takes time of the cloud's clock; what the documentation leaves
 * open is an {@link Assumption}. No account, no network, no test framework.
 *
 * <p>A whole unit test of a service that runs changefeeds:
 *
 * <pre>{@code
 * @Test
 * void aChangefeedReachesTheCustomersKafka() {
 *   InMemoryCloud cloud = InMemoryCloud.aws();
 *   ClusterNetwork network = cloud.network();
 *   OwnedService kafka = cloud.publish("usw2-az1", "usw2-az2");       // the customer's side
 *   try (PrivateLinkClient links =
 *       PrivateLinkClient.builder()
 *           .provider(cloud)
 *           .time(cloud.time())                                       // half an hour takes no time
 *           .clusters(id -> List.of(network))
 *           .build()) {
 *     kafka.allow(links.zones("c1").accountId());
 *     ServiceCheck check = links.check("c1", kafka.type());
 *     PrivateLinkConnection link =
 *         links.create(
 *             CreateConnectionRequest.builder()
 *                 .clusterId("c1").displayName("orders").type(check.type()).requestId("op-1").build());
 *     kafka.acceptAll();
 *     link = links.awaitActive(link, Duration.ofMinutes(30));
 *     DomainAttachment domain = links.attachDomain(link, DomainRequest.managed());
 *     Resolution broker = cloud.resolve(network, "b1.usw2-az1." + domain.apex());
 *     assertThat(broker.zoneIds()).containsExactly("usw2-az1");
 *     links.delete(link);
 *   }
 *   assertThat(cloud.leftovers()).isEmpty();
 *   assertThat(cloud.calls().count(Operation.CREATE_ENDPOINT)).isEqualTo(1);
 * }
 * }</pre>
 *
 * <p>Our account owns all networks made here and all endpoints; services belong to customers.
 * Thread-safe: like a real cloud it carries out one call after the other.
 */
public final class InMemoryCloud implements PrivateLinkProvider {
  /** Our account on AWS. */
  public static final String AWS_ACCOUNT = "111122223333";

  /** Our account on Alibaba Cloud. */
  public static final String ALICLOUD_ACCOUNT = "1234567890123456";

  private static final String STRANGER = "999900001111";
  private static final long AN_HOUR = 3_600_000_000_000L;

  private final World world;
  private final Endpoints endpoints;
  private final DnsZones zones;
  private final PrivateLinkDriver driver;
  private final Gate gate;
  private final Faults faults;
  private final CallLog calls = new CallLog();
  private final Resolver resolver;
  private @Nullable ClusterNetwork defaultNetwork;

  private InMemoryCloud(Builder builder) {
    world = new World(builder, builder.time == null ? new ManualTime() : builder.time);
    if (world.cloud == CloudProvider.AWS) {
      AwsEndpoints ec2 = new AwsEndpoints(world);
      Route53 route53 = new Route53(world);
      endpoints = ec2;
      zones = route53;
      driver = new AwsDriver(world, ec2, route53);
    } else {
      AlicloudEndpoints privateLink = new AlicloudEndpoints(world);
      PrivateZone privateZone = new PrivateZone(world);
      endpoints = privateLink;
      zones = privateZone;
      driver = new AlicloudDriver(world, privateLink, privateZone);
    }
    faults = new Faults(new Random(builder.seed + 1));
    gate = new Gate(world, driver.traits(), faults, calls, builder.enforceRates);
    resolver = new Resolver(world, endpoints, zones);
  }

  /** {@return AWS in us-west-2, on a new {@link ManualTime}, with all defaults} */
  public static InMemoryCloud aws() {
    return builder(CloudProvider.AWS).build();
  }

  /** {@return Alibaba Cloud in ap-southeast-1, on a new {@link ManualTime}, with all defaults} */
  public static InMemoryCloud alicloud() {
    return builder(CloudProvider.ALICLOUD).build();
  }

  /**
   * {@return a builder; it is not thread-safe}
   *
   * @param cloud AWS or ALICLOUD
   * @throws IllegalArgumentException if the cloud is UNKNOWN
   */
  public static Builder builder(CloudProvider cloud) {
    return new Builder(cloud);
  }

  @Override
  public CloudProvider cloud() {
    return world.cloud;
  }

  /**
   * {@return a new driver} All drivers see the same cloud.
   *
   * @throws IllegalArgumentException if this cloud runs on a {@link ManualTime} and the context has
   *     another clock, on which nothing here would ever happen
   */
  @Override
  public PrivateLinkDriver open(DriverContext context) {
    if (world.time instanceof ManualTime && context.time() != world.time) {
      throw new IllegalArgumentException(
          "the client runs on another clock than the cloud: build it with .time(cloud.time())");
    }
    return new GatedDriver(gate, driver);
  }

  /** {@return a new driver on the cloud's own clock, for tests without a client} */
  public PrivateLinkDriver open() {
    return open(new DriverContext(world.time));
  }

  /** {@return the cloud's clock, which clients must use too} */
  public Time time() {
    return world.time;
  }

  /**
   * {@return the cloud's clock}
   *
   * @throws IllegalStateException if it is not a {@link ManualTime}
   */
  public ManualTime manualTime() {
    if (world.time instanceof ManualTime manual) {
      return manual;
    }
    throw new IllegalStateException("the cloud runs on " + world.time.getClass().getSimpleName());
  }

  /** {@return our account} */
  public String accountId() {
    return world.account;
  }

  /** {@return the region of networks and services that are made without naming one} */
  public String region() {
    return world.region;
  }

  /** {@return what differs from the other cloud} */
  public DriverTraits traits() {
    return gate.traits();
  }

  /** {@return the faults that calls will meet} */
  public Faults faults() {
    return faults;
  }

  /** {@return the calls made so far} */
  public CallLog calls() {
    return calls;
  }

  /**
   * Runs something before each remote call, on the calling thread and without a lock: a rival that
   * comes in between. Calls that it makes itself are logged, but meet neither it nor a fault.
   *
   * @param hook gets the operation; replaces the one before
   */
  public void onCall(Consumer<Operation> hook) {
    gate.setHook(requireNonNull(hook, "hook"));
  }

  /**
   * Makes every list come in pages of few items, fewer than a driver asks for.
   *
   * @param items how many at most
   * @throws IllegalArgumentException if it is less than 1
   */
  public void limitPages(int items) {
    if (items < 1) {
      throw new IllegalArgumentException("a page has at least one item: " + items);
    }
    world.run(() -> world.limitPages(items));
  }

  /** {@return a network with three zones, the same one each time} */
  public ClusterNetwork network() {
    return world.locked(
        () -> {
          ClusterNetwork network = defaultNetwork;
          if (network == null) {
            network = addNetwork();
            defaultNetwork = network;
          }
          return network;
        });
  }

  /**
   * {@return a new network: a VPC in the cloud's region with one subnet (vSwitch) per zone and a
   * security group}
   *
   * @param zoneIds such as {@code usw2-az1} or {@code ap-southeast-1a}; none means the region's
   *     first three; a zone named twice gets two subnets
   * @throws IllegalArgumentException if one is no zone of the region
   */
  public ClusterNetwork addNetwork(String... zoneIds) {
    return addNetworkIn(world.region, zoneIds);
  }

  /**
   * {@return a new network in any region}
   *
   * @param region the region
   * @param zoneIds as for {@link #addNetwork}
   * @throws IllegalArgumentException if one is no zone of the region
   */
  public ClusterNetwork addNetworkIn(String region, String... zoneIds) {
    List<String> ids = zoneIdsOr(region, zoneIds);
    return world.locked(
        () -> {
          SimNetwork network = new SimNetwork(newId("vpc", "vpc"), region, newId("sg", "sg"));
          for (String zoneId : ids) {
            String name = ZoneNaming.nameOf(world.cloud, region, zoneId);
            SimSubnet subnet = new SimSubnet(newId("subnet", "vsw"), network.vpcId, zoneId, name);
            network.subnets.put(subnet.id, subnet);
            world.subnets.put(subnet.id, subnet);
          }
          world.networks.put(network.vpcId, network);
          return network.view(world.cloud);
        });
  }

  private List<String> zoneIdsOr(String region, String... zoneIds) {
    List<String> ids =
        zoneIds.length == 0 ? ZoneNaming.defaults(world.cloud, region) : List.of(zoneIds);
    ids.forEach(id -> ZoneNaming.nameOf(world.cloud, region, id));
    return ids;
  }

  private String newId(String awsPrefix, String alicloudPrefix) {
    return world.cloud == CloudProvider.AWS
        ? world.ids.aws(awsPrefix)
        : world.ids.alicloud(alicloudPrefix);
  }

  /**
   * Sets how many addresses are free in a subnet.
   *
   * @param subnetId the subnet
   * @param addresses how many
   * @throws IllegalArgumentException if there is no such subnet
   */
  public void setFreeAddresses(String subnetId, int addresses) {
    world.run(() -> subnet(subnetId).setFree(addresses));
  }

  /**
   * Switches what private zones need on or off.
   *
   * @param network the network
   * @param which the switch
   * @param on the new position
   * @throws IllegalArgumentException if the network is not this cloud's, or the cloud has no such
   *     switch
   */
  public void switchDns(ClusterNetwork network, DnsSwitch which, boolean on) {
    if (!traits().dnsSwitches().contains(which)) {
      throw new IllegalArgumentException(world.cloud.displayName() + " has no switch " + which);
    }
    world.run(
        () -> {
          Set<DnsSwitch> switches = vpc(network).switches;
          if (on) {
            switches.add(which);
          } else {
            switches.remove(which);
          }
        });
  }

  /**
   * Removes a subnet from its VPC; endpoints in it stay.
   *
   * @param subnetId the subnet
   * @throws IllegalArgumentException if there is no such subnet
   */
  public void removeSubnet(String subnetId) {
    world.run(
        () -> {
          SimSubnet subnet = subnet(subnetId);
          world.subnets.remove(subnetId);
          Optional.ofNullable(world.networks.get(subnet.vpcId))
              .ifPresent(network -> network.subnets.remove(subnetId));
        });
  }

  /**
   * Opens or closes PrivateLink for our account. It is open at first.
   *
   * @param opened whether it can be used
   * @throws UnsupportedOperationException on AWS, where nothing has to be opened
   */
  public void openProduct(boolean opened) {
    if (endpoints instanceof AlicloudEndpoints privateLink) {
      world.run(() -> privateLink.openProduct(opened));
      return;
    }
    throw new UnsupportedOperationException("nothing has to be opened on AWS");
  }

  /**
   * {@return a new endpoint service of a customer, in the cloud's region} It allows nobody yet.
   *
   * @param zoneIds where it is offered; none means the region's first three zones
   * @throws IllegalArgumentException if one is no zone of the region
   */
  public OwnedService publish(String... zoneIds) {
    return publishIn(world.region, zoneIds);
  }

  /**
   * {@return a new endpoint service of a customer, in any region}
   *
   * @param region the region
   * @param zoneIds as for {@link #publish}
   * @throws IllegalArgumentException if one is no zone of the region
   */
  public OwnedService publishIn(String region, String... zoneIds) {
    List<String> ids = zoneIdsOr(region, zoneIds);
    return world.locked(
        () -> {
          String id = newId("vpce-svc", "epsrv");
          String prefix =
              world.cloud == CloudProvider.AWS
                  ? "com.amazonaws.vpce."
                  : "com.aliyuncs.privatelink.";
          SimService service = new SimService(prefix + region + "." + id, id, region, ids);
          world.services.put(service.name, service);
          return new OwnedService(world, endpoints, service);
        });
  }

  /**
   * {@return a service that was published here}
   *
   * @param serviceName its full name
   * @throws IllegalArgumentException if there is none
   */
  public OwnedService service(String serviceName) {
    return world.locked(
        () -> {
          SimService service = world.services.get(serviceName);
          if (service == null) {
            throw new IllegalArgumentException("there is no service " + serviceName);
          }
          return new OwnedService(world, endpoints, service);
        });
  }

  /**
   * {@return the service that an endpoint leads to}
   *
   * @param endpointId the cloud's id
   * @throws IllegalArgumentException if there is no such endpoint
   */
  public OwnedService serviceOf(String endpointId) {
    return world.locked(() -> new OwnedService(world, endpoints, endpoint(endpointId).service));
  }

  /**
   * Begins to delete an endpoint, as somebody does in the console; zones are removed on the way.
   *
   * @param endpointId the cloud's id
   * @throws IllegalArgumentException if there is no such endpoint
   */
  public void deleteEndpointOutOfBand(String endpointId) {
    world.run(() -> endpoint(endpointId).delete(world.nanos()));
  }

  /**
   * Lets an endpoint vanish at once: deleted long ago, and no longer listed.
   *
   * @param endpointId the cloud's id
   * @throws IllegalArgumentException if there is no such endpoint
   */
  public void vanish(String endpointId) {
    world.run(
        () -> {
          SimEndpoint endpoint = endpoint(endpointId);
          endpoint.delete(world.nanos());
          endpoint.goneAt = world.nanos();
        });
  }

  /**
   * Sets a label behind the library's back.
   *
   * @param endpointId the cloud's id
   * @param key the label's key
   * @param value its new value
   * @throws IllegalArgumentException if there is no such endpoint
   */
  public void editLabel(String endpointId, String key, String value) {
    changeLabels(endpointId, labels -> labels.put(key, value));
  }

  /**
   * Removes a label behind the library's back.
   *
   * @param endpointId the cloud's id
   * @param key the label's key
   * @throws IllegalArgumentException if there is no such endpoint
   */
  public void removeLabel(String endpointId, String key) {
    changeLabels(endpointId, labels -> labels.remove(key));
  }

  private void changeLabels(String endpointId, Consumer<Map<String, String>> change) {
    world.run(
        () -> {
          SimEndpoint endpoint = endpoint(endpointId);
          Map<String, String> labels = new TreeMap<>(endpoint.labels.last());
          change.accept(labels);
          endpoint.setLabels(labels, world.nanos());
        });
  }

  /**
   * Lets somebody modify a working endpoint: it is pending for a while and then works as before.
   *
   * @param endpointId the cloud's id
   * @throws IllegalArgumentException if there is no such endpoint
   * @throws IllegalStateException if it does not work
   */
  public void modify(String endpointId) {
    world.run(() -> endpoint(endpointId).modify(world.nanos()));
  }

  /**
   * Lets a working endpoint lose a zone: it is {@code partial} until {@link #modify}.
   *
   * @param endpointId the cloud's id
   * @throws IllegalArgumentException if there is no such endpoint
   * @throws IllegalStateException if it does not work
   * @throws UnsupportedOperationException on Alibaba Cloud, which has no such state
   */
  public void partial(String endpointId) {
    world.run(() -> endpoint(endpointId).partial(world.nanos()));
  }

  /**
   * Lets a bill be overdue: the endpoint is locked until {@link #unlockBilling}.
   *
   * @param endpointId the cloud's id
   * @throws IllegalArgumentException if there is no such endpoint
   * @throws UnsupportedOperationException on AWS, which has no such lock
   */
  public void lockBilling(String endpointId) {
    world.run(() -> endpoint(endpointId).lockBilling(true));
  }

  /**
   * Lets the bill be paid.
   *
   * @param endpointId the cloud's id
   * @throws IllegalArgumentException if there is no such endpoint
   * @throws UnsupportedOperationException on AWS, which has no such lock
   */
  public void unlockBilling(String endpointId) {
    world.run(() -> endpoint(endpointId).lockBilling(false));
  }

  /**
   * {@return the id of a new endpoint of our account that the library did not make}
   *
   * @param network where it lives, in all zones of the service that the network has
   * @param service where it leads; need not allow us
   */
  public String addForeignEndpoint(ClusterNetwork network, OwnedService service) {
    return world.locked(
        () -> {
          SimNetwork vpc = vpc(network);
          SimService target = world.services.get(service.name());
          if (target == null) {
            throw new IllegalArgumentException("no service of this cloud: " + service.name());
          }
          List<SimSubnet> subnets =
              vpc.subnets.values().stream()
                  .filter(subnet -> target.zoneIds.contains(subnet.zoneId))
                  .toList();
          return endpoints.add(vpc, target, subnets, Map.of("Name", "somebody-elses")).id;
        });
  }

  /**
   * Makes a second endpoint with the labels that another one has now, as a create does whose token
   * the cloud has forgotten.
   *
   * @param endpointId the endpoint to copy
   * @return the id of the new one
   * @throws IllegalArgumentException if there is no such endpoint
   */
  public String duplicateOutOfBand(String endpointId) {
    return world.locked(
        () -> {
          SimEndpoint first = endpoint(endpointId);
          List<SimSubnet> subnets =
              first.network.subnets.values().stream()
                  .filter(subnet -> first.service.zoneIds.contains(subnet.zoneId))
                  .toList();
          return endpoints.add(first.network, first.service, subnets, first.labels.last()).id;
        });
  }

  /**
   * {@return the id of a new private zone of another account that answers in a network}
   *
   * @param network the network
   * @param name the zone's name
   * @throws IllegalArgumentException if a zone of that name is there already
   */
  public String addStrangersZone(ClusterNetwork network, String name) {
    return addZone(network, name, STRANGER);
  }

  /**
   * {@return the id of a new private zone of our account that the library did not make}
   *
   * @param network the network that it answers in
   * @param name the zone's name
   * @throws IllegalArgumentException if a zone of that name is there already
   */
  public String addForeignZone(ClusterNetwork network, String name) {
    return addZone(network, name, world.account);
  }

  private String addZone(ClusterNetwork network, String name, String owner) {
    String apex = DomainNames.normal(name);
    return world.locked(
        () -> {
          DnsZone.BoundNetwork bound = vpc(network).bound();
          if (zones.holder(apex, bound).isPresent()) {
            throw new IllegalArgumentException("a zone " + apex + " answers there already");
          }
          Optional<String> reference =
              zones instanceof Route53 ? Optional.of("somebody-elses") : Optional.empty();
          return zones.add(apex, owner, reference, world.nanos() - AN_HOUR, Set.of(bound)).id;
        });
  }

  /**
   * Deletes a zone with all that is in it, as somebody does in the console.
   *
   * @param zoneId the cloud's id
   * @throws IllegalArgumentException if there is no such zone
   */
  public void deleteZoneOutOfBand(String zoneId) {
    world.run(() -> zones.all.remove(zone(zoneId).id));
  }

  /**
   * Sets a CNAME record behind the library's back.
   *
   * @param zoneId the cloud's id
   * @param host the name below the apex, such as {@code *}
   * @param target where it leads
   * @throws IllegalArgumentException if there is no such zone
   */
  public void editRecordOutOfBand(String zoneId, String host, String target) {
    world.run(() -> zones.setRecord(zone(zoneId), host, target));
  }

  /**
   * Sets a record that is no CNAME behind the library's back. The simulated resolver finds no
   * answer at it.
   *
   * @param zoneId the cloud's id
   * @param host the name below the apex, such as {@code www}
   * @param type such as {@code A} or {@code TXT}
   * @throws IllegalArgumentException if there is no such zone
   */
  public void addForeignRecord(String zoneId, String host, String type) {
    world.run(() -> zones.setForeignRecord(zone(zoneId), host, type));
  }

  /**
   * Removes a record behind the library's back.
   *
   * @param zoneId the cloud's id
   * @param host the name below the apex
   * @throws IllegalArgumentException if there is no such zone or record
   */
  public void removeRecordOutOfBand(String zoneId, String host) {
    world.run(() -> zones.dropRecord(zone(zoneId), host));
  }

  /**
   * Lets a zone answer in one more network, behind the library's back.
   *
   * @param zoneId the cloud's id
   * @param network the network
   * @throws IllegalArgumentException if there is no such zone, or a zone of its name is there
   *     already
   */
  public void addBinding(String zoneId, ClusterNetwork network) {
    world.run(
        () -> {
          SimZone zone = zone(zoneId);
          DnsZone.BoundNetwork bound = vpc(network).bound();
          if (zones.holder(zone.name, bound).isPresent()) {
            throw new IllegalArgumentException("a zone " + zone.name + " answers there already");
          }
          Set<DnsZone.BoundNetwork> all = new HashSet<>(zone.bindings.last());
          all.add(bound);
          zone.bindings.set(world.nanos(), Set.copyOf(all));
        });
  }

  /**
   * Lets a zone answer no longer in a network, behind the library's back.
   *
   * @param zoneId the cloud's id
   * @param network the network
   * @throws IllegalArgumentException if there is no such zone
   */
  public void removeBinding(String zoneId, ClusterNetwork network) {
    world.run(
        () -> {
          SimZone zone = zone(zoneId);
          Set<DnsZone.BoundNetwork> all = new HashSet<>(zone.bindings.last());
          all.remove(vpc(network).bound());
          zone.bindings.set(world.nanos(), Set.copyOf(all));
        });
  }

  /**
   * {@return all endpoints of our account that are not deleted, as they truly are: without any lag
   * and, on both clouds, with their zones}
   */
  public List<Endpoint> endpoints() {
    return world.locked(
        () -> {
          long now = world.nanos();
          return endpoints.all.values().stream()
              .filter(each -> !each.deleted(now))
              .map(each -> trueView(each, now))
              .toList();
        });
  }

  private static Endpoint trueView(SimEndpoint endpoint, long now) {
    Endpoint view = endpoint.view(now, now);
    if (endpoint instanceof AlicloudEndpoint alicloud) {
      List<EndpointZone> feet = alicloud.zones(now);
      return Endpoint.builder().from(view).zones(feet).build();
    }
    return view;
  }

  /** {@return all zones of our account, as they truly are, with reference and bindings} */
  public List<DnsZone> zones() {
    return world.locked(
        () ->
            zones.all.values().stream()
                .filter(zones::isOurs)
                .map(zone -> zone.view(Long.MAX_VALUE))
                .toList());
  }

  /**
   * {@return all records of a zone, as they truly are}
   *
   * @param zoneId the cloud's id
   * @throws IllegalArgumentException if there is no such zone
   */
  public List<ZoneRecord> records(String zoneId) {
    return world.locked(() -> List.copyOf(zone(zoneId).records.last().values()));
  }

  /**
   * {@return one line for each thing of our account that is left: endpoints whose deletion has not
   * begun, and zones} Foreign ones included, strangers' zones not.
   */
  public List<String> leftovers() {
    return world.locked(
        () -> {
          long now = world.nanos();
          Stream<String> left =
              endpoints.all.values().stream()
                  .filter(SimEndpoint::alive)
                  .map(each -> "endpoint " + each.id + " " + each.stateForOwner(now));
          Stream<String> names =
              zones.all.values().stream()
                  .filter(zones::isOurs)
                  .map(each -> "zone " + each.id + " " + each.name);
          return Stream.concat(left, names).toList();
        });
  }

  /**
   * {@return what the resolver of a VPC answers now, and where the traffic goes}
   *
   * @param network the network that asks
   * @param name the name; case and a trailing dot do not matter
   * @throws IllegalArgumentException if the network is not this cloud's
   */
  public Resolution resolve(ClusterNetwork network, String name) {
    return world.locked(() -> resolver.resolve(vpc(network), name));
  }

  private SimNetwork vpc(ClusterNetwork network) {
    return world
        .find(network)
        .orElseThrow(
            () -> new IllegalArgumentException("no network of this cloud: " + network.vpcId()));
  }

  private SimSubnet subnet(String subnetId) {
    SimSubnet subnet = world.subnets.get(subnetId);
    if (subnet == null) {
      throw new IllegalArgumentException("there is no subnet " + subnetId);
    }
    return subnet;
  }

  private SimEndpoint endpoint(String endpointId) {
    return endpoints
        .find(endpointId)
        .orElseThrow(() -> new IllegalArgumentException("there is no endpoint " + endpointId));
  }

  private SimZone zone(String zoneId) {
    SimZone zone = zones.all.get(zoneId);
    if (zone == null) {
      throw new IllegalArgumentException("there is no zone " + zoneId);
    }
    return zone;
  }

  /**
   * Builds an {@link InMemoryCloud}; not thread-safe. Defaults: a new {@link ManualTime}, us-west-2
   * or ap-southeast-1, the first position of each {@link Assumption.Question}, {@link
   * Latencies#standard}, 50 (AWS) or 1,000 (Alibaba Cloud) endpoints per VPC, seed 1, no call is
   * refused for coming too fast.
   */
  public static final class Builder {
    final CloudProvider cloud;
    final List<Assumption> assumptions = new ArrayList<>();
    @Nullable Time time;
    String region;
    Latencies latencies = Latencies.standard();
    int endpointsPerVpc;
    long seed = 1;
    boolean enforceRates;

    private Builder(CloudProvider cloud) {
      if (cloud == CloudProvider.UNKNOWN) {
        throw new IllegalArgumentException("cloud must be AWS or ALICLOUD");
      }
      this.cloud = cloud;
      boolean aws = cloud == CloudProvider.AWS;
      region = aws ? "us-west-2" : "ap-southeast-1";
      endpointsPerVpc = aws ? 50 : 1_000;
    }

    String account() {
      return cloud == CloudProvider.AWS ? AWS_ACCOUNT : ALICLOUD_ACCOUNT;
    }

    /**
     * Sets the clock.
     *
     * @param time the clients' clock: a {@link ManualTime}, or real time for a demonstration
     * @return this
     */
    public Builder time(Time time) {
      this.time = requireNonNull(time, "time");
      return this;
    }

    /**
     * Sets the region of networks and services that are made without naming one.
     *
     * @param region such as {@code eu-central-1}
     * @return this
     * @throws IllegalArgumentException if it is blank
     */
    public Builder region(String region) {
      if (region.isBlank()) {
        throw new IllegalArgumentException("region must not be blank");
      }
      this.region = region;
      return this;
    }

    /**
     * Takes other positions than the default ones; can be repeated, and the last one of a question
     * counts.
     *
     * @param positions what to assume
     * @return this
     */
    public Builder assume(Assumption... positions) {
      assumptions.addAll(Arrays.asList(positions));
      return this;
    }

    /**
     * Sets how long things take.
     *
     * @param latencies the latencies
     * @return this
     */
    public Builder latencies(Latencies latencies) {
      this.latencies = requireNonNull(latencies, "latencies");
      return this;
    }

    /**
     * Sets the quota of endpoints per VPC, which accounts can have raised.
     *
     * @param endpoints at least 1
     * @return this
     * @throws IllegalArgumentException if it is less than 1
     */
    public Builder endpointsPerVpc(int endpoints) {
      if (endpoints < 1) {
        throw new IllegalArgumentException("endpointsPerVpc must be at least 1: " + endpoints);
      }
      endpointsPerVpc = endpoints;
      return this;
    }

    /**
     * Sets the seed of ids and random faults.
     *
     * @param seed any number
     * @return this
     */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /**
     * Sets whether calls beyond the budgets of {@link DriverTraits#actions} are refused as
     * throttled.
     *
     * @param enforce whether they are
     * @return this
     */
    public Builder enforceRates(boolean enforce) {
      enforceRates = enforce;
      return this;
    }

    /** {@return the cloud} */
    public InMemoryCloud build() {
      return new InMemoryCloud(this);
    }
  }
}
