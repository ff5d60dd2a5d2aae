package io.privatelink4j.internal;

import io.privatelink4j.exception.ClientClosedException;
import io.privatelink4j.exception.ConflictException;
import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.exception.WaitInterruptedException;
import io.privatelink4j.exception.WaitTimeoutException;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionPage;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.Decision;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.DomainUse;
import io.privatelink4j.model.DomainVerification;
import io.privatelink4j.model.ListRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.PurgePlan;
import io.privatelink4j.model.ReconcileReport;
import io.privatelink4j.model.RepairReport;
import io.privatelink4j.model.ServiceCheck;
import io.privatelink4j.model.ServiceUse;
import io.privatelink4j.model.Zones;
import io.privatelink4j.spi.DriverContext;
import io.privatelink4j.spi.Pacing;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.PrivateLinkProvider;
import io.privatelink4j.spi.Time;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All operations, wired together. Thread-safe. */
public final class Engine implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Engine.class);
  private static final int LARGEST_PAGE = 1000;
  private static final Duration FIRST_RETRY = Duration.ofSeconds(10);

  /** Time for what is only looked at besides. */
  private static final Duration BRIEF = Duration.ofSeconds(10);

  private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

  private final Settings settings;
  private final Executor executor;
  private final Clusters clusters;
  private final Finder finder;
  private final Memory memory;
  private final Views views;
  private final ServiceChecks checks;
  private final Creation creation;
  private final Domains domains;
  private final Deletion deletion;
  private final Reconciler reconciler;
  private final Parts parts;
  private final Watcher watcher;
  private final Waits waits;
  private final Set<String> deletingLater = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final ConcurrentLinkedQueue<PrivateLinkDriver> drivers = new ConcurrentLinkedQueue<>();

  /**
   * What an engine is made of.
   *
   * @param settings numbers and clocks
   * @param executor where futures complete and background work runs
   * @param providers the providers, one per cloud
   * @param pacing the call budgets
   * @param notices the listener
   * @param planner plans domains
   * @param networks from cluster id to networks
   * @param servicePolicy asked before a connection is created
   * @param domainPolicy asked before a domain is attached
   * @param users tells what uses a connection
   * @param domainUsers tells what uses a domain of a connection
   */
  public record Parts(
      Settings settings,
      Executor executor,
      List<PrivateLinkProvider> providers,
      Pacing pacing,
      Notices notices,
      DomainPlanner planner,
      Function<String, List<ClusterNetwork>> networks,
      Function<ServiceUse, Decision> servicePolicy,
      Optional<Function<DomainUse, Decision>> domainPolicy,
      Function<ConnectionRef, List<String>> users,
      BiFunction<ConnectionRef, String, List<String>> domainUsers) {}

  /**
   * Wires an engine; no remote call.
   *
   * @param parts what it is made of
   */
  public Engine(Parts parts) {
    this.parts = parts;
    settings = parts.settings();
    executor = parts.executor();
    Time time = settings.time();
    clusters = new Clusters(parts.networks(), openers(parts));
    memory = new Memory(time);
    views = new Views(time, parts.planner());
    finder = new Finder(clusters, memory, time, settings.consistencyWindow());
    Links links = new Links(finder, memory);
    checks = new ServiceChecks(links, settings.maxConnectionsPerCluster());
    creation =
        new Creation(
            clusters, finder, links, memory, checks, views, parts.servicePolicy(), settings);
    domains = domains(finder);
    deletion = deletion(clusters, finder, domains, ref -> deleteLater(ref, FIRST_RETRY));
    reconciler = reconciler(clusters, finder, domains, deletion);
    watcher = new Watcher(views, parts.notices(), executor, settings);
    waits = new Waits(clusters, memory, new LookUps(finder, executor, time), watcher, time);
  }

  private Domains domains(Finder source) {
    return new Domains(
        source, views, parts.planner(), memory, parts.notices(), parts.domainPolicy(), settings);
  }

  private Deletion deletion(
      Clusters where, Finder source, Domains attachments, Consumer<ConnectionRef> later) {
    return new Deletion(where, source, memory, attachments, views, parts.users(), later, settings);
  }

  private Reconciler reconciler(
      Clusters where, Finder source, Domains attachments, Deletion removal) {
    return new Reconciler(
        where,
        new Survey(where, source, parts.planner(), settings),
        attachments,
        removal,
        parts.notices(),
        settings);
  }

  private Map<CloudProvider, Supplier<CloudAccess>> openers(Parts parts) {
    Map<CloudProvider, Supplier<CloudAccess>> openers = new EnumMap<>(CloudProvider.class);
    for (PrivateLinkProvider provider : parts.providers()) {
      openers.put(
          provider.cloud(),
          () -> {
            PrivateLinkDriver driver = provider.open(new DriverContext(settings.time()));
            drivers.add(driver);
            if (closed.get()) {
              driver.close();
            }
            Remote remote =
                new Remote(
                    provider.cloud(),
                    driver,
                    parts.pacing(),
                    settings.time(),
                    parts.notices(),
                    settings.random(),
                    closed);
            return new CloudAccess(remote, settings.time(), settings.consistencyWindow());
          });
    }
    return openers;
  }

  /**
   * See {@code PrivateLinkClient.zones}.
   *
   * @param clusterId the cluster
   * @param timeout how long at most
   * @return account, principals, zones
   */
  public Zones zones(String clusterId, Duration timeout) {
    return guarded(
        timeout,
        deadline -> {
          ClusterNetwork network = clusters.current(clusterId);
          return clusters.access(network).view(network, deadline).zones();
        });
  }

  /**
   * See {@code PrivateLinkClient.check}.
   *
   * @param clusterId the cluster
   * @param type the service
   * @param timeout how long at most
   * @return the findings
   */
  public ServiceCheck check(String clusterId, ConnectionType type, Duration timeout) {
    return guarded(
        timeout,
        deadline -> {
          ClusterNetwork network = clusters.current(clusterId);
          return checks.check(clusterId, clusters.access(network), network, type, deadline);
        });
  }

  /**
   * See {@code PrivateLinkClient.create}.
   *
   * @param request what to create
   * @param timeout how long at most
   * @return the connection
   */
  public PrivateLinkConnection create(CreateConnectionRequest request, Duration timeout) {
    return guarded(timeout, deadline -> creation.create(request, deadline));
  }

  /**
   * See {@code PrivateLinkClient.get}.
   *
   * @param ref which connection
   * @param timeout how long at most
   * @return the connection
   */
  public PrivateLinkConnection get(ConnectionRef ref, Duration timeout) {
    return guarded(timeout, deadline -> view(finder.get(ref, deadline), deadline));
  }

  private PrivateLinkConnection view(Found found, Deadline deadline) {
    CloudAccess access = found.access();
    Found full = access.traits().zonesInEndpoint() ? found : found.withZones(deadline);
    return views.connection(full, access.knownView(full.network(), deadline));
  }

  /**
   * See {@code PrivateLinkClient.list}.
   *
   * @param request which page
   * @param timeout how long at most
   * @return the page
   */
  public ConnectionPage list(ListRequest request, Duration timeout) {
    Ids.checkCluster(request.clusterId());
    if (request.pageSize() < 1 || request.pageSize() > LARGEST_PAGE) {
      throw Ids.invalid("pageSize must be 1 to 1000, is " + request.pageSize(), "pageSize");
    }
    Optional<PageToken> token =
        request
            .pageToken()
            .map(text -> PageToken.parse(text, request.clusterId(), request.state()));
    return guarded(
        timeout,
        deadline -> {
          List<PrivateLinkConnection> all = all(request, deadline);
          List<PrivateLinkConnection> rest =
              all.stream().filter(c -> token.isEmpty() || token.get().isBefore(c)).toList();
          List<PrivateLinkConnection> page =
              rest.subList(0, Math.min(rest.size(), request.pageSize()));
          Optional<String> next =
              rest.size() > page.size()
                  ? Optional.of(
                      PageToken.after(page.get(page.size() - 1))
                          .text(request.clusterId(), request.state()))
                  : Optional.empty();
          return new ConnectionPage(page, next, all.size());
        });
  }

  private List<PrivateLinkConnection> all(ListRequest request, Deadline deadline) {
    List<PrivateLinkConnection> all = new ArrayList<>();
    for (Found found : finder.all(request.clusterId(), deadline)) {
      NetworkView view = found.access().knownView(found.network(), deadline);
      all.add(views.connection(found, view));
      all.addAll(views.duplicates(found, view));
    }
    return all.stream()
        .filter(c -> request.state().isEmpty() || request.state().get() == c.state())
        .sorted(PageToken.ORDER)
        .toList();
  }

  /**
   * See {@code PrivateLinkClient.planDomain}.
   *
   * @param ref which connection
   * @param request which domain
   * @param timeout how long at most
   * @return the plan
   */
  public DomainPlan planDomain(ConnectionRef ref, DomainRequest request, Duration timeout) {
    return guarded(timeout, deadline -> domains.plan(ref, request, deadline));
  }

  /**
   * See {@code PrivateLinkClient.verifyDomain}.
   *
   * @param ref which connection
   * @param request which domain
   * @param hosts which names; none = one for each record
   * @param resolver from a name to its addresses
   * @param timeout how long at most
   * @return where the names lead
   */
  public DomainVerification verifyDomain(
      ConnectionRef ref,
      DomainRequest request,
      List<String> hosts,
      Function<String, ? extends Collection<InetAddress>> resolver,
      Duration timeout) {
    return guarded(
        timeout,
        deadline -> {
          DomainPlan plan = domains.plan(ref, request, deadline);
          DomainVerifier verifier = new DomainVerifier(plan, resolver, deadline);
          return hosts.isEmpty()
              ? verifier.verify("check-" + Ids.nonce(settings.random()))
              : verifier.verify(hosts);
        });
  }

  /**
   * See {@code PrivateLinkClient.attachDomain}.
   *
   * @param ref which connection
   * @param request which domain
   * @param timeout how long at most
   * @return the attachment
   */
  public DomainAttachment attachDomain(ConnectionRef ref, DomainRequest request, Duration timeout) {
    return guarded(timeout, deadline -> domains.attach(ref, request, deadline));
  }

  /**
   * See {@code PrivateLinkClient.detachDomain}.
   *
   * @param ref which connection
   * @param attachmentId which attachment
   * @param timeout how long at most
   * @return what was detached
   */
  public DomainAttachment detachDomain(ConnectionRef ref, String attachmentId, Duration timeout) {
    Ids.checkRef(ref);
    Ids.checkAttachment(attachmentId);
    return guarded(
        timeout,
        deadline -> {
          checkUnused(ref, attachmentId);
          return domains.detach(ref, attachmentId, id -> checkUnused(ref, id), deadline);
        });
  }

  /**
   * See {@code PrivateLinkClient.forceDetachDomain}.
   *
   * @param ref which connection
   * @param attachmentId which attachment
   * @param timeout how long at most
   * @return what was detached
   */
  public DomainAttachment forceDetachDomain(
      ConnectionRef ref, String attachmentId, Duration timeout) {
    return guarded(timeout, deadline -> domains.detach(ref, attachmentId, id -> {}, deadline));
  }

  private void checkUnused(ConnectionRef ref, String attachmentId) {
    UsageGuard.check(ref, parts.domainUsers().apply(ref, attachmentId), "forceDetachDomain");
  }

  /**
   * See {@code PrivateLinkClient.reconcile}.
   *
   * @param clusterId the cluster
   * @param timeout how long at most
   * @return what is not as it should be
   */
  public ReconcileReport reconcile(String clusterId, Duration timeout) {
    return guarded(timeout, deadline -> reconciler.reconcile(clusterId, deadline));
  }

  /**
   * See {@code PrivateLinkClient.repair}.
   *
   * @param earlier what was seen before
   * @param timeout how long at most
   * @return what was done
   */
  public RepairReport repair(ReconcileReport earlier, Duration timeout) {
    return guarded(timeout, deadline -> reconciler.repair(earlier, deadline));
  }

  /**
   * See {@code PrivateLinkClient.repairAtOnce}.
   *
   * @param clusterId the cluster
   * @param timeout how long at most
   * @return what was done
   */
  public RepairReport repairAtOnce(String clusterId, Duration timeout) {
    return guarded(timeout, deadline -> reconciler.repairAtOnce(clusterId, deadline));
  }

  /**
   * See {@code PrivateLinkClient.planPurge}.
   *
   * @param clusterId the cluster
   * @param networks where it ran
   * @param timeout how long at most
   * @return what would be removed
   */
  public PurgePlan planPurge(String clusterId, List<ClusterNetwork> networks, Duration timeout) {
    return new PurgePlan(
        networks,
        abandoned(clusterId, networks, timeout, (there, d) -> there.planPurge(clusterId, d)));
  }

  /**
   * See {@code PrivateLinkClient.purge}.
   *
   * @param plan what was seen before
   * @param timeout how long at most
   * @return what was removed
   */
  public RepairReport purge(PurgePlan plan, Duration timeout) {
    String clusterId = plan.found().clusterId();
    return abandoned(
        clusterId,
        plan.networks(),
        timeout,
        (there, d) -> there.purge(plan.found(), () -> clusters.isKnown(clusterId), d));
  }

  /**
   * See {@code PrivateLinkClient.purgeAtOnce}.
   *
   * @param clusterId the cluster
   * @param networks where it ran
   * @param timeout how long at most
   * @return what was removed
   */
  public RepairReport purgeAtOnce(
      String clusterId, List<ClusterNetwork> networks, Duration timeout) {
    return abandoned(
        clusterId,
        networks,
        timeout,
        (there, d) -> there.purgeAtOnce(clusterId, () -> clusters.isKnown(clusterId), d));
  }

  /** Works on a cluster that the directory does not know, in networks that the caller does. */
  private <T> T abandoned(
      String clusterId,
      List<ClusterNetwork> networks,
      Duration timeout,
      BiFunction<Reconciler, Deadline, T> work) {
    Ids.checkCluster(clusterId);
    if (networks.isEmpty()) {
      throw Ids.invalid("purge needs the networks that the cluster ran in", "networks");
    }
    return guarded(
        timeout,
        deadline -> {
          if (clusters.isKnown(clusterId)) {
            throw new ConflictException(
                "the cluster directory still knows cluster "
                    + clusterId
                    + ": remove it there first, or delete its connections one by one",
                ErrorDetails.of(clusterId));
          }
          Clusters there = clusters.knowing(clusterId, networks);
          Finder source = new Finder(there, memory, settings.time(), settings.consistencyWindow());
          Domains attachments = domains(source);
          Deletion removal = deletion(there, source, attachments, ref -> {});
          return work.apply(reconciler(there, source, attachments, removal), deadline);
        });
  }

  /**
   * See {@code PrivateLinkClient.delete}.
   *
   * @param ref which connection
   * @param timeout how long at most
   * @return the connection, DELETING
   */
  public PrivateLinkConnection delete(ConnectionRef ref, Duration timeout) {
    return guarded(timeout, deadline -> deletion.delete(ref, deadline));
  }

  /**
   * See {@code PrivateLinkClient.forceDelete}.
   *
   * @param ref which connection
   * @param timeout how long at most
   * @return the connection, DELETING
   */
  public PrivateLinkConnection forceDelete(ConnectionRef ref, Duration timeout) {
    return guarded(timeout, deadline -> deletion.deleteForced(ref, deadline));
  }

  /**
   * Ends a deletion that its caller could not wait for, one chain of tries per connection. What
   * this process cannot end, any later delete does.
   */
  private void deleteLater(ConnectionRef ref, Duration delay) {
    if (deletingLater.add(ref.clusterId() + "/" + ref.id())) {
      scheduleDeletion(ConnectionRef.of(ref.clusterId(), ref.id()), delay);
    }
  }

  private void scheduleDeletion(ConnectionRef ref, Duration delay) {
    Time.Cancellable unused =
        settings
            .time()
            .schedule(
                delay,
                () -> {
                  if (!execute(() -> tryDeletion(ref, delay)) && !closed.get()) {
                    scheduleDeletion(ref, delay.compareTo(FIRST_RETRY) < 0 ? FIRST_RETRY : delay);
                  }
                });
  }

  private void tryDeletion(ConnectionRef ref, Duration delay) {
    boolean again = false;
    try {
      guarded(
          LONGEST_RETRY,
          deadline -> {
            deletion.resume(ref, deadline);
            return Boolean.TRUE;
          });
    } catch (PrivateLinkException e) {
      again = Passing.is(e) || e instanceof ConflictException;
      if (e instanceof ConflictException) {
        log.warn("deletion of {} cannot go on until somebody acts: {}", ref.id(), e.getMessage());
      } else {
        log.debug("background deletion of {}, again {}: {}", ref.id(), again, e.getMessage());
      }
    } catch (RuntimeException e) {
      log.warn("background deletion of {} ended; delete it again", ref.id(), e);
    } finally {
      if (!again) {
        deletingLater.remove(ref.clusterId() + "/" + ref.id());
      }
    }
    if (again) {
      scheduleDeletion(ref, Durations.min(delay.plus(FIRST_RETRY).multipliedBy(2), LONGEST_RETRY));
    }
  }

  /**
   * See {@code PrivateLinkClient.whenActive}.
   *
   * @param ref which connection
   * @param timeout how long at most
   * @param acceptancePatience how long to wait for the owner
   * @return the connection, ACTIVE
   */
  public CompletableFuture<PrivateLinkConnection> whenActive(
      ConnectionRef ref, Duration timeout, Optional<Duration> acceptancePatience) {
    return Waits.handOut(
        watch(ref, Wait.Goal.ACTIVE, timeout, acceptancePatience),
        connection -> connection.orElseThrow());
  }

  /**
   * See {@code PrivateLinkClient.awaitActive}.
   *
   * @param ref which connection
   * @param timeout how long at most
   * @param acceptancePatience how long to wait for the owner
   * @return the connection, ACTIVE
   */
  public PrivateLinkConnection awaitActive(
      ConnectionRef ref, Duration timeout, Optional<Duration> acceptancePatience) {
    PrivateLinkConnection active =
        await(whenActive(ref, timeout, acceptancePatience), timeout, ref.id());
    return active.zoneIds().isEmpty() ? withZones(active) : active;
  }

  /** Where zones are read apart, the shared reads of many waits leave them out. */
  private PrivateLinkConnection withZones(PrivateLinkConnection active) {
    try {
      PrivateLinkConnection full = get(active, BRIEF);
      return full.state() == ConnectionState.ACTIVE ? full : active;
    } catch (PrivateLinkException e) {
      log.debug("{} is ACTIVE, its zones could not be read: {}", active.id(), e.getMessage());
      return active;
    }
  }

  /**
   * See {@code PrivateLinkClient.whenDeleted}.
   *
   * @param ref which connection
   * @param timeout how long at most
   * @return nothing
   */
  public CompletableFuture<Void> whenDeleted(ConnectionRef ref, Duration timeout) {
    CompletableFuture<Optional<PrivateLinkConnection>> wait =
        watch(ref, Wait.Goal.GONE, timeout, Optional.empty());
    if (!wait.isDone() && !memory.isDeleted(ref)) {
      boolean unused = execute(() -> goOnWithDeletion(ref));
    }
    return Waits.handOut(wait, gone -> null);
  }

  private CompletableFuture<Optional<PrivateLinkConnection>> watch(
      ConnectionRef ref, Wait.Goal goal, Duration timeout, Optional<Duration> acceptancePatience) {
    Ids.checkRef(ref);
    checkOpen();
    return waits.watch(ref, goal, timeout, acceptancePatience);
  }

  /** A deletion that another process began and did not end would never be waited out. */
  private void goOnWithDeletion(ConnectionRef ref) {
    try {
      boolean stuck =
          guarded(
              LONGEST_RETRY,
              deadline ->
                  finder
                      .find(ref, deadline)
                      .filter(found -> found.ledger().deleting())
                      .filter(found -> Finder.isThere(found.endpoint()))
                      .isPresent());
      if (stuck) {
        deleteLater(ref, Duration.ZERO);
      }
    } catch (PrivateLinkException e) {
      log.debug("could not see whether the deletion of {} is stuck: {}", ref.id(), e.getMessage());
    }
  }

  /**
   * Waits for a future of this engine.
   *
   * @param future what to wait for
   * @param timeout how long at most; the future's own time-out comes first
   * @param what for messages
   * @param <T> the result
   * @return the result
   */
  public <T> T await(CompletableFuture<T> future, Duration timeout, String what) {
    try {
      settings.time().await(future, timeout.plus(PollPace.LONGEST_AT_FIRST));
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof PrivateLinkException cause) {
        throw cause;
      }
      throw e;
    } catch (InterruptedException e) {
      future.cancel(false);
      Thread.currentThread().interrupt();
      throw new WaitInterruptedException(
          "interrupted while waiting for " + what + ": wait again to resume",
          ErrorDetails.of(what),
          e);
    } catch (TimeoutException e) {
      future.cancel(false);
      throw new WaitTimeoutException(
          what + " could not be read in time: wait again to resume",
          ErrorDetails.of(what),
          Optional.empty(),
          timeout);
    }
  }

  /**
   * See {@code PrivateLinkClient.refresh}.
   *
   * @param ref which connection
   */
  public void refresh(ConnectionRef ref) {
    Ids.checkRef(ref);
    checkOpen();
    watcher.refresh(ref);
  }

  private <T> T guarded(Duration timeout, Function<Deadline, T> operation) {
    checkOpen();
    try {
      return operation.apply(Deadline.in(settings.time(), timeout));
    } catch (CallFailed e) {
      throw e.toPublic();
    }
  }

  /** {@return whether the executor took it} */
  private boolean execute(Runnable task) {
    try {
      executor.execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      log.debug("the executor takes no more work", e);
      return false;
    }
  }

  private void checkOpen() {
    if (closed.get()) {
      throw new ClientClosedException("the client is closed: build another one", ErrorDetails.NONE);
    }
  }

  /** Ends waits and closes drivers; idempotent; leaves the cloud alone. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      watcher.close();
      drivers.forEach(Engine::closeQuietly);
    }
  }

  private static void closeQuietly(PrivateLinkDriver driver) {
    try {
      driver.close();
    } catch (RuntimeException e) {
      log.warn("a driver could not be closed", e);
    }
  }
}
