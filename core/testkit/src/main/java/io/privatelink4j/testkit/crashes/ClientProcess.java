package io.privatelink4j.testkit.crashes;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.spi.DriverContext;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.PrivateLinkProvider;
import io.privatelink4j.spi.RemoteException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A process that uses the library: a client with a memory of its own, over the one driver of the
 * harness, which remembers nothing between calls. One of its calls can be its last; of a dead
 * process no call comes any more, whatever it had begun.
 */
final class ClientProcess implements PrivateLinkProvider, AutoCloseable {
  private static final Set<String> LOCAL = Set.of("traits", "scope", "close");
  private static final Pattern WRITE = Pattern.compile("(create|put|remove|delete|bind)[A-Z].*");

  private final CrashCloud cloud;
  private final List<String> calls = new ArrayList<>();
  private Predicate<String> fatal = call -> false;
  private Fate fate = Fate.DIES_BEFORE;
  private Optional<ProcessDied> death = Optional.empty();
  final PrivateLinkClient links;

  ClientProcess(CrashCloud cloud, String clusterId) {
    this.cloud = cloud;
    links =
        PrivateLinkClient.builder()
            .provider(this)
            .time(cloud.time())
            .executor(Runnable::run)
            .random(new Random(cloud.time().nanoTime()))
            .clusters(id -> id.equals(clusterId) ? List.of(cloud.network()) : List.of())
            .build();
  }

  /** From now on calls are counted, and the one with that number meets its fate. */
  void meet(Fate what, int number) {
    meet(what, call -> calls.size() == number);
  }

  /** The next call of that name will be the last. */
  void dieAfter(String name) {
    meet(Fate.DIES_AFTER, name::equals);
  }

  private void meet(Fate what, Predicate<String> which) {
    calls.clear();
    fate = what;
    fatal = which;
  }

  /** {@return the remote calls since they were last counted from anew, as the driver names them} */
  List<String> calls() {
    return List.copyOf(calls);
  }

  @Override
  public CloudProvider cloud() {
    return cloud.network().cloud();
  }

  @Override
  public PrivateLinkDriver open(DriverContext context) {
    return (PrivateLinkDriver)
        Proxy.newProxyInstance(
            PrivateLinkDriver.class.getClassLoader(),
            new Class<?>[] {PrivateLinkDriver.class},
            (proxy, method, arguments) ->
                LOCAL.contains(method.getName())
                    ? local(method, arguments)
                    : remote(method, arguments));
  }

  /** The driver is the harness's to close. */
  private Object local(Method method, Object[] arguments) {
    return method.getName().equals("close") ? "nothing" : invoke(method, arguments);
  }

  private Object remote(Method method, Object[] arguments) {
    death.ifPresent(
        died -> {
          throw died;
        });
    calls.add(method.getName());
    if (!fatal.test(method.getName())) {
      return invoke(method, arguments);
    }
    if (fate.isCarriedOut()) {
      carryOut(method, arguments);
    }
    if (fate.isDeadly()) {
      death = Optional.of(new ProcessDied(method.getName()));
      throw death.get();
    }
    throw unanswered(method.getName());
  }

  private void carryOut(Method method, Object[] arguments) {
    try {
      Object unused = invoke(method, arguments);
    } catch (RemoteException e) {
      // Nor does anybody hear of a refusal.
    }
  }

  /** What the contract asks of a driver whose call is not answered. */
  private static RemoteException unanswered(String call) {
    ErrorKind kind =
        WRITE.matcher(call).matches() ? ErrorKind.OUTCOME_UNKNOWN : ErrorKind.UNAVAILABLE;
    return new RemoteException(kind, "NoAnswer", "the answer was lost");
  }

  private Object invoke(Method method, Object[] arguments) {
    try {
      return method.invoke(cloud.driver(), arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError("no driver throws this", e.getCause());
    } catch (IllegalAccessException e) {
      throw new AssertionError("the interface is public", e);
    }
  }

  @Override
  public void close() {
    links.close();
  }
}
