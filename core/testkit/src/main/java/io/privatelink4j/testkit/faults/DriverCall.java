package io.privatelink4j.testkit.faults;

import static io.privatelink4j.spi.Operation.BIND_ZONE;
import static io.privatelink4j.spi.Operation.CREATE_ENDPOINT;
import static io.privatelink4j.spi.Operation.CREATE_ZONE;
import static io.privatelink4j.spi.Operation.DELETE_ENDPOINTS;
import static io.privatelink4j.spi.Operation.DELETE_ZONE;
import static io.privatelink4j.spi.Operation.LIST_ENDPOINTS;
import static io.privatelink4j.spi.Operation.LIST_OWN_ZONES;
import static io.privatelink4j.spi.Operation.LIST_RECORDS;
import static io.privatelink4j.spi.Operation.LIST_ZONES;
import static io.privatelink4j.spi.Operation.PUT_LABELS;
import static io.privatelink4j.spi.Operation.PUT_RECORDS;
import static io.privatelink4j.spi.Operation.READ_ACCOUNT;
import static io.privatelink4j.spi.Operation.READ_CHANGE;
import static io.privatelink4j.spi.Operation.READ_DNS_SWITCH;
import static io.privatelink4j.spi.Operation.READ_ENDPOINT;
import static io.privatelink4j.spi.Operation.READ_ENDPOINT_ZONES;
import static io.privatelink4j.spi.Operation.READ_SERVICE;
import static io.privatelink4j.spi.Operation.READ_SUBNETS;
import static io.privatelink4j.spi.Operation.READ_ZONE;
import static io.privatelink4j.spi.Operation.REMOVE_ENDPOINT_ZONE;
import static io.privatelink4j.spi.Operation.REMOVE_LABELS;
import static io.privatelink4j.spi.Operation.REMOVE_RECORDS;
import static java.util.Objects.requireNonNull;

import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.RemoteException;
import io.privatelink4j.spi.ZoneQuery;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.annotation.Nullable;

/**
 * A call of one of the driver's methods that is a remote call.
 *
 * @param operation which one
 * @param method the driver's method
 * @param arguments its arguments
 */
record DriverCall(Operation operation, Method method, List<Object> arguments) {
  private static final Map<String, Operation> OPERATIONS =
      Map.ofEntries(
          Map.entry("account", READ_ACCOUNT),
          Map.entry("subnets", READ_SUBNETS),
          Map.entry("service", READ_SERVICE),
          Map.entry("endpoint", READ_ENDPOINT),
          Map.entry("endpointsById", READ_ENDPOINT),
          Map.entry("endpoints", LIST_ENDPOINTS),
          Map.entry("endpointZones", READ_ENDPOINT_ZONES),
          Map.entry("createEndpoint", CREATE_ENDPOINT),
          Map.entry("putLabels", PUT_LABELS),
          Map.entry("removeLabels", REMOVE_LABELS),
          Map.entry("removeEndpointZone", REMOVE_ENDPOINT_ZONE),
          Map.entry("deleteEndpoints", DELETE_ENDPOINTS),
          Map.entry("dnsSwitch", READ_DNS_SWITCH),
          Map.entry("zones", LIST_ZONES),
          Map.entry("zone", READ_ZONE),
          Map.entry("createZone", CREATE_ZONE),
          Map.entry("records", LIST_RECORDS),
          Map.entry("putRecords", PUT_RECORDS),
          Map.entry("removeRecords", REMOVE_RECORDS),
          Map.entry("changeDone", READ_CHANGE),
          Map.entry("bindZone", BIND_ZONE),
          Map.entry("ownZones", LIST_OWN_ZONES),
          Map.entry("deleteZone", DELETE_ZONE));

  /** {@return the call; empty if the method makes none} */
  static Optional<DriverCall> of(Method method, Object[] arguments) {
    return Optional.ofNullable(OPERATIONS.get(method.getName()))
        .map(operation -> new DriverCall(operation, method, List.of(arguments)));
  }

  /**
   * {@return the name that the table has for it} The two lists of zones are made for different
   * reasons.
   */
  String name() {
    return arguments.stream()
        .filter(ZoneQuery.class::isInstance)
        .map(query -> operation + " " + ((ZoneQuery) query).scope())
        .findFirst()
        .orElse(operation.name());
  }

  static Operation operationOf(String name) {
    return Operation.valueOf(name.split(" ", -1)[0]);
  }

  /** Makes the call. */
  @Nullable
  Object on(PrivateLinkDriver driver) {
    try {
      return method.invoke(driver, arguments.toArray());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError("no driver throws this", e.getCause());
    } catch (IllegalAccessException e) {
      throw new AssertionError("the interface is public", e);
    }
  }

  /** {@return what the cloud answers: a value, or a failure's kind} */
  Object answerOf(PrivateLinkDriver driver) {
    try {
      return requireNonNull(on(driver), "a read answers");
    } catch (RemoteException e) {
      return e.kind();
    }
  }

  /** {@return the cloud's ids of what it is about} */
  Stream<String> ids() {
    return arguments.stream().flatMap(DriverCall::ids);
  }

  private static Stream<String> ids(Object argument) {
    if (argument instanceof DnsZone zone) {
      return Stream.of(zone.id());
    }
    return argument instanceof Collection<?> all
        ? all.stream().flatMap(DriverCall::ids)
        : Stream.of(argument).filter(String.class::isInstance).map(String.class::cast);
  }

  /** {@return whether it asks for a thing in a way that answers with nothing if there is none} */
  boolean answersOptionally() {
    return !operation.isWrite() && method.getReturnType() == Optional.class;
  }
}
