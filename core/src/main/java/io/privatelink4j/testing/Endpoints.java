package io.privatelink4j.testing;

import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointFilter;
import io.privatelink4j.spi.EndpointSpec;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.Page;
import io.privatelink4j.spi.RemoteException;
import io.privatelink4j.spi.ServiceDescription;
import io.privatelink4j.spi.Subnet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The endpoints of our account: what both clouds do alike, with the lags that are assumed. Guarded
 * by the cloud's lock.
 */
abstract class Endpoints {
  /** Both clouds list as many at once. */
  static final int PAGE = 1_000;

  private static final long FORGET_EVERY = Duration.ofMinutes(5).toNanos();

  final World world;
  final NavigableMap<String, SimEndpoint> all = new TreeMap<>();
  private final LabelRules labelRules;
  private final ClientTokens tokens;
  private final Pages pages;
  private long nextForgetting;

  Endpoints(World world, LabelRules labelRules, ClientTokens tokens, Pages pages) {
    this.world = world;
    this.labelRules = labelRules;
    this.tokens = tokens;
    this.pages = pages;
  }

  /** Checks a request and carries it out. */
  abstract SimEndpoint make(ClusterNetwork network, EndpointSpec spec);

  abstract ServiceDescription describe(SimService service, ClusterNetwork network);

  /** {@return whether the service can be named from that network} */
  abstract boolean reachable(SimService service, ClusterNetwork network, ConnectionType type);

  abstract void checkFilter(EndpointFilter filter);

  /** {@return what a filter value means} */
  abstract Predicate<String> pattern(String value);

  abstract RemoteException missing(String endpointId);

  abstract RemoteException missingForLabels(String endpointId);

  /** Builds an endpoint without looking at rules. */
  abstract SimEndpoint build(
      SimNetwork network, SimService service, List<SimSubnet> subnets, Map<String, String> labels);

  final Optional<SimService> visible(ClusterNetwork network, ConnectionType type) {
    return Optional.ofNullable(world.services.get(type.serviceName()))
        .filter(service -> !service.deleted && service.allows(world.account, network.principal()))
        .filter(service -> reachable(service, network, type));
  }

  final Optional<ServiceDescription> service(ClusterNetwork network, ConnectionType type) {
    return visible(network, type).map(service -> describe(service, network));
  }

  final Endpoint create(ClusterNetwork network, EndpointSpec spec) {
    String parameters = parameters(network, spec);
    SimEndpoint endpoint =
        tokens
            .recall(spec.clientToken(), parameters)
            .orElseGet(
                () -> {
                  labelRules.check(spec.labels(), spec.labels());
                  SimEndpoint made = make(network, spec);
                  tokens.remember(spec.clientToken(), parameters, made);
                  return made;
                });
    return view(endpoint);
  }

  private static String parameters(ClusterNetwork network, EndpointSpec spec) {
    return String.join(
        "\n",
        List.of(
            network.region(),
            network.vpcId(),
            network.securityGroupIds().toString(),
            spec.type().toString(),
            spec.name(),
            spec.subnets().stream().map(Subnet::id).toList().toString(),
            spec.labels().toString()));
  }

  /** Adds an endpoint to the cloud. */
  final SimEndpoint add(
      SimNetwork network, SimService service, List<SimSubnet> subnets, Map<String, String> labels) {
    SimEndpoint endpoint = build(network, service, subnets, labels);
    subnets.forEach(SimSubnet::take);
    network.add(endpoint);
    all.put(endpoint.id, endpoint);
    world.labels.add(endpoint, labels);
    return endpoint;
  }

  /** {@return the endpoint if the cloud knows it; not what a lagging read sees} */
  final Optional<SimEndpoint> find(String endpointId) {
    return Optional.ofNullable(all.get(endpointId))
        .filter(endpoint -> !endpoint.gone(world.nanos()));
  }

  private Optional<SimEndpoint> findIn(ClusterNetwork network, String endpointId) {
    return find(endpointId).filter(endpoint -> endpoint.network.region.equals(network.region()));
  }

  /** {@return what a call that names the id sees: a new endpoint may be hidden} */
  final Optional<SimEndpoint> seen(ClusterNetwork network, String endpointId) {
    long hidden = world.assumptions.nanos(Assumption.Question.FRESH_ENDPOINT);
    return findIn(network, endpointId)
        .filter(endpoint -> world.nanos() - endpoint.createdAt >= hidden);
  }

  final Optional<Endpoint> read(ClusterNetwork network, String endpointId) {
    return seen(network, endpointId).map(this::view);
  }

  final List<Endpoint> readAll(ClusterNetwork network, List<String> endpointIds) {
    List<Endpoint> found = new ArrayList<>();
    for (String id : endpointIds) {
      found.add(read(network, id).orElseThrow(() -> missing(id)));
    }
    return found;
  }

  /** {@return what a read by id tells now} */
  final Endpoint view(SimEndpoint endpoint) {
    long now = world.nanos();
    return endpoint.view(now, now - world.assumptions.nanos(Assumption.Question.LABEL_LAG));
  }

  final Page<Endpoint> list(
      ClusterNetwork network, EndpointFilter filter, Optional<String> pageToken) {
    checkFilter(filter);
    long now = world.nanos();
    if (pageToken.isEmpty()) {
      forgetGone(now);
    }
    long at = now - world.assumptions.nanos(Assumption.Question.FILTER_LAG);
    long labelsAt = Math.min(at, now - world.assumptions.nanos(Assumption.Question.LABEL_LAG));
    Predicate<SimEndpoint> wanted =
        matcher(filter, labelsAt)
            .and(each -> each.createdAt <= at && !each.gone(now))
            .and(each -> each.network.region.equals(network.region()));
    String question =
        String.join(
            "|",
            "endpoints",
            network.region(),
            new TreeMap<>(filter.labels()).toString(),
            filter.endpointIds().toString(),
            filter.serviceName().orElse(""));
    return pages.cut(
        question,
        candidates(filter),
        pageToken,
        world.pageSize(PAGE),
        each -> Optional.of(each).filter(wanted).map(found -> found.view(at, labelsAt)));
  }

  /** Now and then, as it takes a look at all of them. */
  private void forgetGone(long now) {
    if (now >= nextForgetting) {
      nextForgetting = now + FORGET_EVERY;
      List<SimEndpoint> gone = all.values().stream().filter(each -> each.gone(now)).toList();
      gone.forEach(world.labels::remove);
      gone.forEach(each -> all.remove(each.id));
    }
  }

  /** Plain ids and labels are looked up, as there may be very many endpoints. */
  private NavigableMap<String, SimEndpoint> candidates(EndpointFilter filter) {
    List<String> ids = filter.endpointIds();
    if (!ids.isEmpty() && ids.stream().allMatch(Endpoints::isPlain)) {
      NavigableMap<String, SimEndpoint> named = new TreeMap<>();
      for (String id : ids) {
        Optional.ofNullable(all.get(id)).ifPresent(endpoint -> named.put(id, endpoint));
      }
      return named;
    }
    return filter.labels().entrySet().stream()
        .filter(label -> isPlain(label.getValue()))
        .map(label -> world.labels.with(label.getKey(), label.getValue()))
        .min(Comparator.comparingInt(Map::size))
        .orElse(all);
  }

  private static boolean isPlain(String value) {
    return !value.contains("*") && !value.contains("?") && !value.contains("\\");
  }

  private Predicate<SimEndpoint> matcher(EndpointFilter filter, long labelsAt) {
    Predicate<SimEndpoint> matcher = each -> true;
    if (!filter.endpointIds().isEmpty()) {
      Predicate<String> ids = anyOf(filter.endpointIds());
      matcher = matcher.and(each -> ids.test(each.id));
    }
    if (filter.serviceName().isPresent()) {
      Predicate<String> name = pattern(filter.serviceName().get());
      matcher = matcher.and(each -> name.test(each.service.name));
    }
    for (Map.Entry<String, String> label : filter.labels().entrySet()) {
      Predicate<String> value = pattern(label.getValue());
      matcher =
          matcher.and(
              each -> {
                String found = each.labels.at(labelsAt).get(label.getKey());
                return found != null && value.test(found);
              });
    }
    return matcher;
  }

  private Predicate<String> anyOf(List<String> values) {
    List<Predicate<String>> patterns = values.stream().map(this::pattern).toList();
    return candidate -> patterns.stream().anyMatch(each -> each.test(candidate));
  }

  /** Sets labels on all endpoints or, if one of them cannot have them, on none. */
  final void putLabels(
      ClusterNetwork network, List<String> endpointIds, Map<String, String> labels) {
    long now = world.nanos();
    Map<SimEndpoint, Map<String, String>> results = new LinkedHashMap<>();
    for (String id : endpointIds) {
      SimEndpoint endpoint = seen(network, id).orElseThrow(() -> missingForLabels(id));
      Map<String, String> result = new TreeMap<>(endpoint.labels.last());
      result.putAll(labels);
      labelRules.check(result, labels);
      results.put(endpoint, result);
    }
    results.forEach((endpoint, result) -> endpoint.setLabels(result, now));
  }

  /** Removes labels; where the cloud compares values, only those with the given ones. */
  final void removeLabels(
      ClusterNetwork network, String endpointId, Map<String, String> labels, boolean compare) {
    SimEndpoint endpoint =
        seen(network, endpointId).orElseThrow(() -> missingForLabels(endpointId));
    Map<String, String> result = new TreeMap<>(endpoint.labels.last());
    labels.forEach(
        (key, value) -> {
          if (!compare || value.equals(result.get(key))) {
            result.remove(key);
          }
        });
    endpoint.setLabels(result, world.nanos());
  }

  /** {@return the subnet, for a request that names it} */
  final SimSubnet subnet(SimNetwork network, String subnetId, String code) {
    SimSubnet subnet = network.subnets.get(subnetId);
    if (subnet == null) {
      throw new RemoteException(
          ErrorKind.BAD_NETWORK,
          code,
          "The subnet " + subnetId + " does not exist in " + network.vpcId + ".");
    }
    return subnet;
  }
}
