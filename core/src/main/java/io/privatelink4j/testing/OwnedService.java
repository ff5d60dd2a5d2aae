package io.privatelink4j.testing;

import io.privatelink4j.model.AlicloudEndpointService;
import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ConnectionType;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * An endpoint service as its owner, a customer, has it in hand. A new one allows nobody and
 * requires acceptance. What an owner does takes effect as the cloud's latencies say; it is no
 * remote call of ours and is not logged. Thread-safe.
 */
public final class OwnedService {
  private static final Pattern AWS_PRINCIPAL =
      Pattern.compile("\\*|\\d{12}|arn:aws[a-z-]*:iam::\\d{12}:(root|(role|user)/.+)");
  private static final Pattern ALICLOUD_ACCOUNT = Pattern.compile("\\*|\\d{16}");

  private final World world;
  private final Endpoints endpoints;
  private final SimService service;

  OwnedService(World world, Endpoints endpoints, SimService service) {
    this.world = world;
    this.endpoints = endpoints;
    this.service = service;
  }

  /** {@return the full name} */
  public String name() {
    return service.name;
  }

  /** {@return the region it is offered in} */
  public String region() {
    return service.region;
  }

  /** {@return the service as a create request names it} */
  public ConnectionType type() {
    return world.cloud == CloudProvider.AWS
        ? AwsEndpointService.of(service.name)
        : AlicloudEndpointService.of(service.name);
  }

  /**
   * Allows somebody to see the service and to connect to it.
   *
   * @param principal AWS: an account id, {@code arn:aws:iam::<account>:root}, a role's or user's
   *     ARN, or {@code *}; Alibaba Cloud: an account id, or {@code *}
   * @return this
   * @throws IllegalArgumentException if it is nothing of the kind
   */
  public OwnedService allow(String principal) {
    Pattern form = world.cloud == CloudProvider.AWS ? AWS_PRINCIPAL : ALICLOUD_ACCOUNT;
    if (!form.matcher(principal).matches()) {
      throw new IllegalArgumentException(
          "not a principal of " + world.cloud.displayName() + ": " + principal);
    }
    world.run(() -> service.allowed.add(principal));
    return this;
  }

  /**
   * Takes back what {@link #allow} gave. Connections that exist stay.
   *
   * @param principal as it was given
   * @return this
   */
  public OwnedService disallow(String principal) {
    world.run(() -> service.allowed.remove(principal));
    return this;
  }

  /**
   * Offers the service to networks of another region too.
   *
   * @param region the consumers' region
   * @return this
   * @throws UnsupportedOperationException on Alibaba Cloud
   */
  public OwnedService offerTo(String region) {
    if (world.cloud != CloudProvider.AWS) {
      throw new UnsupportedOperationException("services of other regions are not simulated");
    }
    world.run(() -> service.consumerRegions.add(region));
    return this;
  }

  /**
   * Accepts all connections from now on; those that wait go on waiting.
   *
   * @return this
   */
  public OwnedService acceptAutomatically() {
    world.run(() -> service.automatic = true);
    return this;
  }

  /**
   * Lets each new connection wait for {@link #accept}; the default.
   *
   * @return this
   */
  public OwnedService requireAcceptance() {
    world.run(() -> service.automatic = false);
    return this;
  }

  /**
   * {@return the endpoints that lead here, by id, with the state that the owner sees} Such as
   * {@code pendingAcceptance}, or {@code Connected} on Alibaba Cloud.
   */
  public SortedMap<String, String> connections() {
    return world.locked(
        () -> {
          long now = world.nanos();
          SortedMap<String, String> states = new TreeMap<>();
          select(SimEndpoint::alive).forEach(each -> states.put(each.id, each.stateForOwner(now)));
          return states;
        });
  }

  /** {@return ids of the endpoints that wait for the owner} */
  public List<String> waiting() {
    return world.locked(
        () -> {
          long now = world.nanos();
          return select(each -> each.awaitsOwner(now)).stream().map(each -> each.id).toList();
        });
  }

  /**
   * Accepts an endpoint. On Alibaba Cloud one that is still being built is accepted as soon as it
   * is built, and one that was rejected can be accepted again.
   *
   * @param endpointId the cloud's id
   * @throws IllegalArgumentException if no such endpoint leads here
   * @throws IllegalStateException if its state does not allow it
   */
  public void accept(String endpointId) {
    act(endpointId, endpoint -> endpoint.accept(world.nanos()));
  }

  /** Accepts every endpoint that waits. */
  public void acceptAll() {
    world.run(
        () -> {
          long now = world.nanos();
          select(each -> each.awaitsOwner(now)).forEach(each -> each.accept(now));
        });
  }

  /**
   * Rejects an endpoint that waits, or cuts one that is connected.
   *
   * @param endpointId the cloud's id
   * @throws IllegalArgumentException if no such endpoint leads here
   * @throws IllegalStateException if its state does not allow it
   */
  public void reject(String endpointId) {
    act(endpointId, endpoint -> endpoint.reject(world.nanos()));
  }

  /**
   * Lets the request of an endpoint that waits expire.
   *
   * @param endpointId the cloud's id
   * @throws IllegalArgumentException if no such endpoint leads here
   * @throws IllegalStateException if it does not wait
   * @throws UnsupportedOperationException on Alibaba Cloud, where requests do not expire
   */
  public void expire(String endpointId) {
    act(endpointId, endpoint -> endpoint.expire(world.nanos()));
  }

  /**
   * Lets the cloud fail to build an endpoint.
   *
   * @param endpointId the cloud's id
   * @param message what the cloud says of it
   * @throws IllegalArgumentException if no such endpoint leads here
   * @throws IllegalStateException if it is being deleted
   * @throws UnsupportedOperationException on Alibaba Cloud, which documents no such state
   */
  public void fail(String endpointId, String message) {
    act(endpointId, endpoint -> endpoint.fail(message, world.nanos()));
  }

  /**
   * Deletes the service. AWS refuses that as long as connections exist, so the owner rejects them
   * first and consumers see {@code rejected}; on Alibaba Cloud consumers see {@code
   * ServiceDeleted}.
   */
  public void delete() {
    world.run(
        () -> {
          long now = world.nanos();
          select(each -> true).forEach(each -> each.serviceDeleted(now));
          service.deleted = true;
        });
  }

  private List<SimEndpoint> select(Predicate<SimEndpoint> wanted) {
    long now = world.nanos();
    return endpoints.all.values().stream()
        .filter(each -> each.service == service && !each.gone(now))
        .filter(wanted)
        .toList();
  }

  private void act(String endpointId, Consumer<SimEndpoint> action) {
    world.run(
        () ->
            action.accept(
                endpoints
                    .find(endpointId)
                    .filter(each -> each.service == service)
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                "no endpoint " + endpointId + " leads to " + service.name))));
  }
}
