package io.privatelink4j.testkit;

import io.privatelink4j.model.Acceptance;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.spi.PrivateLinkDriver;
import java.time.Duration;
import java.util.List;

/**
 * What a provider supplies so that {@link DriverContract} can run against its driver: the driver, a
 * cloud that behaves like the real one, and the hands of everybody else who acts in that cloud. A
 * harness belongs to one test: it begins with an empty cloud.
 *
 * <p>The cloud behind it is a stateful fake with a virtual clock. The contract never sleeps:
 * whatever takes time in the fake must move on with {@link #advance}. All methods but {@link
 * #close} may be called by several threads at once.
 */
public interface Harness extends AutoCloseable {

  /** {@return the driver under test, always the same one} */
  PrivateLinkDriver driver();

  /**
   * {@return the cluster network: three subnets in three zones, at least one security group, all
   * DNS switches on} It exists in the fake before the test begins.
   */
  ClusterNetwork network();

  /** {@return the network of another VPC in the same scope, equipped like {@link #network}} */
  ClusterNetwork otherNetwork();

  /** {@return the account that the driver's credentials belong to} */
  String accountId();

  /**
   * Publishes an endpoint service of another account, in the region of {@link #network}. It does
   * not allow our account yet.
   *
   * @param zoneIds ids of the zones it is offered in; some of those of {@link #network}
   * @param acceptance REQUIRED or AUTOMATIC
   * @return the service's full name
   */
  String publishService(List<String> zoneIds, Acceptance acceptance);

  /**
   * Lets the owner of a service allow our account.
   *
   * @param serviceName the service
   */
  void allow(String serviceName);

  /**
   * Lets the owner accept an endpoint that waits for it.
   *
   * @param endpointId the endpoint
   */
  void accept(String endpointId);

  /**
   * Lets the owner reject an endpoint that waits for it, or cut one that is connected.
   *
   * @param endpointId the endpoint
   */
  void reject(String endpointId);

  /**
   * Lets the owner delete a service. Where the cloud refuses that as long as endpoints are
   * connected, the owner cuts them first.
   *
   * @param serviceName the service
   */
  void deleteService(String serviceName);

  /**
   * Begins the deletion of an endpoint of ours without the driver, as somebody does in the cloud's
   * console.
   *
   * @param endpointId the endpoint
   */
  void deleteOutOfBand(String endpointId);

  /**
   * Puts a private DNS zone into a network that the driver did not make, and that answers there at
   * once.
   *
   * @param network the network
   * @param apex the zone's name
   */
  void addStrangersZone(ClusterNetwork network, String apex);

  /**
   * Moves the fake's clock on. Everything that falls due meanwhile has happened when this returns.
   *
   * @param duration how far
   */
  void advance(Duration duration);

  /**
   * Makes the next call of one kind fail, once. Other calls before it are not affected.
   *
   * @param operation the kind of call
   * @param fault how it fails
   */
  void failNext(Operation operation, Fault fault);

  /**
   * {@return how many remote calls have arrived at the cloud so far, failed ones included} What the
   * other methods of this interface do is not counted.
   */
  long remoteCalls();

  /**
   * {@return whether the cloud remembers a client token for as long as one test takes, so that a
   * repeated create gives the same endpoint; default true} No cloud documents how long it does.
   */
  default boolean remembersTokens() {
    return true;
  }

  /**
   * {@return whether the cloud keeps the reference that a zone was created with, tells it when the
   * zone is read, and never accepts it again; default: where zones are bound at creation}
   */
  default boolean keepsZoneReferences() {
    return driver().traits().zoneBoundAtCreation();
  }

  /**
   * {@return whether {@link #limitPages} can be called; default false, which leaves out the tests
   * of several pages}
   */
  default boolean canLimitPages() {
    return false;
  }

  /**
   * Makes the cloud answer every list in pages of few items, fewer than the driver asks for, as
   * clouds may do.
   *
   * @param items how many at most, at least 1
   * @throws UnsupportedOperationException if {@link #canLimitPages} is false
   */
  default void limitPages(int items) {
    throw new UnsupportedOperationException("this harness cannot limit pages to " + items);
  }

  /** Closes the driver and ends the fake. */
  @Override
  void close();
}
