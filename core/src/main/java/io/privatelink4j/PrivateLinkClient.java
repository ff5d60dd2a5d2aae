package io.privatelink4j;

import static java.util.Objects.requireNonNull;

import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.exception.InvalidRequestException;
import io.privatelink4j.internal.DomainPlanner;
import io.privatelink4j.internal.Engine;
import io.privatelink4j.internal.Notices;
import io.privatelink4j.internal.Providers;
import io.privatelink4j.internal.Settings;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionPage;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.DomainVerification;
import io.privatelink4j.model.ListRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.PurgePlan;
import io.privatelink4j.model.ReconcileReport;
import io.privatelink4j.model.RepairReport;
import io.privatelink4j.model.ServiceCheck;
import io.privatelink4j.model.Zones;
import io.privatelink4j.spi.Pacing;
import io.privatelink4j.spi.PrivateLinkProvider;
import io.privatelink4j.spi.SystemTime;
import io.privatelink4j.spi.Time;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.annotation.Nullable;

/**
 * Gives a cluster's dataflow private link connections to customers' endpoint services.
 *
 * <pre>{@code
 * try (PrivateLinkClient links = PrivateLinkClient.builder().clusters(directory).build()) {
 *   Zones zones = links.zones("10581234"); // the service owner allows this account and serves these zones
 *   ServiceCheck check = links.check("10581234", AwsEndpointService.of(serviceName));
 *   PrivateLinkConnection link = links.create(CreateConnectionRequest.builder()
 *       .clusterId("10581234").displayName("orders-kafka").type(check.type()).requestId("op-7731").build());
 *   link = links.awaitActive(link, Duration.ofMinutes(30));
 *   DomainPlan plan = links.planDomain(link, DomainRequest.managed()); // what brokers have to advertise
 *   DomainAttachment domain = links.attachDomain(link, DomainRequest.managed());
 *   InetSocketAddress bootstrap = link.address(9092); // what a changefeed connects to
 *   links.detachDomain(link, domain.id());
 *   links.delete(link);
 * }
 * }</pre>
 *
 * <p>All state lives in the cloud, in labels on the endpoints. Every operation can be repeated
 * after a failure, a crash or a lost reply, by this or another process, and goes on where the last
 * one stopped.
 *
 * <p>Calls block and end within the operation timeout; {@link #withOperationTimeout} gives a client
 * with another one. Only taking back what must not be left behind may take up to a minute more. All
 * operations throw, besides what they name: {@link
 * io.privatelink4j.exception.InvalidRequestException} for malformed input, before any remote call;
 * {@link io.privatelink4j.exception.NotFoundException} if the cluster directory does not know the
 * cluster; {@link io.privatelink4j.exception.AccessDeniedException}, {@link
 * io.privatelink4j.exception.ThrottledException}, {@link
 * io.privatelink4j.exception.CloudUnavailableException}, {@link
 * io.privatelink4j.exception.QuotaExceededException} and {@link
 * io.privatelink4j.exception.OutcomeUnknownException} as the cloud has it; {@link
 * io.privatelink4j.exception.WaitTimeoutException} if the operation timeout comes before the next
 * call; {@link io.privatelink4j.exception.ProviderNotFoundException} if the cluster's cloud has no
 * provider; {@link io.privatelink4j.exception.WaitInterruptedException} if the thread is
 * interrupted; {@link io.privatelink4j.exception.ClientClosedException} after {@link #close};
 * {@link NullPointerException} for a null.
 *
 * <p>Thread-safe, also on virtual threads: no lock is held across a remote call. One client per
 * process is the normal use.
 */
public final class PrivateLinkClient implements AutoCloseable {
  /** Longer waits count as this long; clocks in nanoseconds could not tell them apart. */
  private static final Duration TEN_YEARS = Duration.ofDays(3650);

  private final Engine engine;
  private final Duration operationTimeout;
  private final List<AutoCloseable> own;

  private PrivateLinkClient(Engine engine, Duration operationTimeout, List<AutoCloseable> own) {
    this.engine = engine;
    this.operationTimeout = operationTimeout;
    this.own = own;
  }

  /** {@return a new builder} */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * {@return a client that shares everything with this one but the operation timeout} Closing
   * either closes both.
   *
   * @param timeout how long an operation may take, more than zero
   */
  public PrivateLinkClient withOperationTimeout(Duration timeout) {
    return new PrivateLinkClient(engine, positive(timeout, "operation timeout"), own);
  }

  /**
   * Tells what the service owner needs to know: the account and principals to allow, and the zones
   * to serve.
   *
   * @param clusterId the cluster
   * @return account, principals and zone ids
   */
  public Zones zones(String clusterId) {
    return engine.zones(requireNonNull(clusterId, "clusterId"), operationTimeout);
  }

  /**
   * Finds everything that stands in the way of a connection, at once: a malformed name, another
   * region, a service that does not exist or does not allow us, zones without overlap, limits, full
   * subnets, a second link. Writes nothing and never throws for what it finds.
   *
   * @param clusterId the cluster
   * @param type the endpoint service
   * @return the findings, worst first
   */
  public ServiceCheck check(String clusterId, ConnectionType type) {
    return engine.check(
        requireNonNull(clusterId, "clusterId"), requireNonNull(type, "type"), operationTimeout);
  }

  /**
   * Creates a connection. With the caller's request id it can be repeated, from anywhere: the same
   * request id gives the same connection.
   *
   * @param request what to create
   * @return the connection, usually CREATING or PENDING_ACCEPTANCE
   * @throws io.privatelink4j.exception.ServiceNotUsableException if the check finds an error, or
   *     the cloud refuses the service
   * @throws io.privatelink4j.exception.RefusedException if the service policy denies it
   * @throws io.privatelink4j.exception.QuotaExceededException if the cluster has as many
   *     connections as it may have
   * @throws io.privatelink4j.exception.ConflictException if the request id was used for something
   *     else, or for a connection that is deleted
   * @throws io.privatelink4j.exception.OutcomeUnknownException if the reply was lost and the
   *     connection did not show: repeat with the same request id
   */
  public PrivateLinkConnection create(CreateConnectionRequest request) {
    return engine.create(requireNonNull(request, "request"), operationTimeout);
  }

  /**
   * Reads a connection.
   *
   * @param ref which connection; of a connection only the ids are used
   * @return the connection as it is now
   * @throws io.privatelink4j.exception.NotFoundException if the cluster has no such connection
   */
  public PrivateLinkConnection get(ConnectionRef ref) {
    return engine.get(requireNonNull(ref, "ref"), operationTimeout);
  }

  /**
   * Reads one page of a cluster's connections, by time of creation. Pages neither repeat nor skip a
   * connection that exists throughout. Where the cloud keeps the state of zones apart, only {@link
   * #get} reads it.
   *
   * @param request which page
   * @return the page
   * @throws io.privatelink4j.exception.InvalidRequestException if the page size is not 1 to 1000 or
   *     the page token is not this list's
   */
  public ConnectionPage list(ListRequest request) {
    return engine.list(requireNonNull(request, "request"), operationTimeout);
  }

  /**
   * Reads all of a cluster's connections, page by page as the stream is consumed.
   *
   * @param clusterId the cluster
   * @return the connections, by time of creation
   */
  public Stream<PrivateLinkConnection> listAll(String clusterId) {
    Iterator<PrivateLinkConnection> pages = new Pages(ListRequest.of(clusterId).withPageSize(1000));
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(pages, Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  /**
   * Waits until a connection is ACTIVE. The cloud is asked at once and then after pauses of 3 s,
   * 4.5 s and so on, each half as long again, up to 30 s; after an hour without news up to 1/120 of
   * the time since, and 5 minutes at most. Each is shortened by a random part of up to a tenth of
   * it. A change of the state and {@link #refresh} begin the row anew. Waits in one account and
   * region share their reads.
   *
   * @param ref which connection
   * @param timeout how long at most, the owner's acceptance included
   * @return the connection, ACTIVE
   * @throws io.privatelink4j.exception.ConnectionFailedException as soon as it is seen that it will
   *     not become ACTIVE unless somebody acts; the reason says who
   * @throws io.privatelink4j.exception.WaitTimeoutException if it is not ACTIVE in time, with what
   *     was last seen; wait again to resume
   * @throws io.privatelink4j.exception.NotFoundException if the cluster has no such connection
   */
  public PrivateLinkConnection awaitActive(ConnectionRef ref, Duration timeout) {
    return engine.awaitActive(
        requireNonNull(ref, "ref"), positive(timeout, "timeout"), Optional.empty());
  }

  /**
   * Waits until a connection is ACTIVE, but not longer than given for its owner to accept it: only
   * they can move it, so a caller may prefer to tell them.
   *
   * @param ref which connection
   * @param timeout how long at most
   * @param acceptancePatience how long it may be PENDING_ACCEPTANCE; zero = fail as soon as it is
   * @return the connection, ACTIVE
   * @throws io.privatelink4j.exception.ConnectionFailedException as in {@link
   *     #awaitActive(ConnectionRef, Duration)}
   * @throws io.privatelink4j.exception.WaitTimeoutException if either time runs out; the message
   *     tells what the owner has to do
   */
  public PrivateLinkConnection awaitActive(
      ConnectionRef ref, Duration timeout, Duration acceptancePatience) {
    return engine.awaitActive(
        requireNonNull(ref, "ref"),
        positive(timeout, "timeout"),
        Optional.of(patience(acceptancePatience)));
  }

  /**
   * Waits without a thread. Where a cloud keeps an endpoint's zones apart (Alibaba Cloud), the
   * connection comes without them; {@link #get} reads them. The future completes on the builder's
   * executor, with what {@link #awaitActive(ConnectionRef, Duration)} returns or throws. Cancelling
   * it ends the wait.
   *
   * @param ref which connection
   * @param timeout how long at most
   * @return the connection when it is ACTIVE
   */
  public CompletableFuture<PrivateLinkConnection> whenActive(ConnectionRef ref, Duration timeout) {
    return engine.whenActive(
        requireNonNull(ref, "ref"), positive(timeout, "timeout"), Optional.empty());
  }

  /**
   * Waits without a thread; see {@link #awaitActive(ConnectionRef, Duration, Duration)}.
   *
   * @param ref which connection
   * @param timeout how long at most
   * @param acceptancePatience how long it may be PENDING_ACCEPTANCE
   * @return the connection when it is ACTIVE
   */
  public CompletableFuture<PrivateLinkConnection> whenActive(
      ConnectionRef ref, Duration timeout, Duration acceptancePatience) {
    return engine.whenActive(
        requireNonNull(ref, "ref"),
        positive(timeout, "timeout"),
        Optional.of(patience(acceptancePatience)));
  }

  /**
   * Tells that something happened to a connection, as a cloud's notification does: waits for it
   * look now instead of with their next poll, with one call for all of them, and then often for a
   * while. Does nothing if nobody waits. A call that tells nothing new costs that one read.
   *
   * @param ref which connection
   */
  public void refresh(ConnectionRef ref) {
    engine.refresh(requireNonNull(ref, "ref"));
  }

  /**
   * Plans a domain: its name, its records, which zone is reached how, and what in the network is in
   * its way. Writes nothing and gives the same name before and after the attach, so brokers are
   * configured once.
   *
   * @param ref which connection, in any state
   * @param request which domain
   * @return the plan
   * @throws io.privatelink4j.exception.NotFoundException if the cluster has no such connection
   * @throws io.privatelink4j.exception.UnsupportedDomainException if links of that cloud have no
   *     domains of that type
   * @throws io.privatelink4j.exception.InvalidRequestException if the unique name is not one of
   *     that type or not this connection's
   */
  public DomainPlan planDomain(ConnectionRef ref, DomainRequest request) {
    return engine.planDomain(
        requireNonNull(ref, "ref"), requireNonNull(request, "request"), operationTimeout);
  }

  /**
   * Makes a domain lead, inside the cluster network, to a connection, and waits until all name
   * servers know. Takes the consistency window at least. Attaching what is attached gives the same
   * attachment and writes nothing.
   *
   * @param ref which connection
   * @param request which domain
   * @return the attachment
   * @throws io.privatelink4j.exception.DomainConflictException if another zone answers for the
   *     domain; it is never overwritten
   * @throws io.privatelink4j.exception.RefusedException if the domain policy denies it, or is
   *     needed and missing
   * @throws io.privatelink4j.exception.ConflictException if the connection is not ACTIVE, unless
   *     the request is {@linkplain DomainRequest#allowedBeforeActive allowed before}; or is being
   *     deleted, or has labels that were edited
   * @throws io.privatelink4j.exception.QuotaExceededException if the connection has as many domains
   *     as it may have
   * @throws io.privatelink4j.exception.UnsupportedDomainException if links of that cloud have no
   *     domains of that type
   * @throws io.privatelink4j.exception.InvalidRequestException if the unique name is not one of
   *     that type or not this connection's
   * @throws io.privatelink4j.exception.WaitTimeoutException if it could not be ended in time;
   *     attach again to resume
   * @throws io.privatelink4j.exception.NotFoundException if the cluster has no such connection
   */
  public DomainAttachment attachDomain(ConnectionRef ref, DomainRequest request) {
    return engine.attachDomain(
        requireNonNull(ref, "ref"), requireNonNull(request, "request"), operationTimeout);
  }

  /**
   * Asks the JVM's resolver where the names of a domain lead, one name for each record; see {@link
   * #verifyDomain(ConnectionRef, DomainRequest, List, Function)}. It is right only in a process
   * that runs inside the cluster network, and may answer from its cache.
   *
   * @param ref which connection, in any state
   * @param request which domain, attached or not
   * @return where the names lead
   * @throws io.privatelink4j.exception.NotFoundException as {@link #planDomain}
   * @throws io.privatelink4j.exception.UnsupportedDomainException as {@link #planDomain}
   */
  public DomainVerification verifyDomain(ConnectionRef ref, DomainRequest request) {
    return verifyDomain(ref, request, List.of());
  }

  /**
   * Asks the JVM's resolver where names of a domain lead, such as those that brokers advertise; see
   * {@link #verifyDomain(ConnectionRef, DomainRequest, List, Function)}. It is right only in a
   * process that runs inside the cluster network, and may answer from its cache.
   *
   * @param ref which connection, in any state
   * @param request which domain, attached or not
   * @param hosts the names; none = one for each record
   * @return where the names lead, in order
   * @throws io.privatelink4j.exception.NotFoundException as {@link #planDomain}
   * @throws io.privatelink4j.exception.UnsupportedDomainException as {@link #planDomain}
   */
  public DomainVerification verifyDomain(
      ConnectionRef ref, DomainRequest request, List<String> hosts) {
    return verifyDomain(ref, request, hosts, PrivateLinkClient::resolve);
  }

  /**
   * Asks a resolver where the names of a domain lead, one name for each record; see {@link
   * #verifyDomain(ConnectionRef, DomainRequest, List, Function)}.
   *
   * @param ref which connection, in any state
   * @param request which domain, attached or not
   * @param resolver from a name to its addresses
   * @return where the names lead
   * @throws io.privatelink4j.exception.NotFoundException as {@link #planDomain}
   * @throws io.privatelink4j.exception.UnsupportedDomainException as {@link #planDomain}
   */
  public DomainVerification verifyDomain(
      ConnectionRef ref,
      DomainRequest request,
      Function<String, ? extends Collection<InetAddress>> resolver) {
    return verifyDomain(ref, request, List.of(), resolver);
  }

  /**
   * Asks a resolver where names of a domain lead, and where the endpoint's own names lead, and
   * compares: a broker's name has to lead to the endpoint's address in its zone. Says which name
   * leads into which wrong zone, elsewhere or nowhere. Never throws for what it finds, the
   * resolver's failures included; writes nothing.
   *
   * <p>Names are looked up one after the other, each once, on the caller's thread. Those whose turn
   * would come after the operation timeout are not; a look-up that is under way then is waited for.
   *
   * @param ref which connection, in any state
   * @param request which domain, attached or not
   * @param hosts the names, such as what brokers advertise; none = one that nobody uses below each
   *     record, since caches remember for long that a name did not exist
   * @param resolver from a name to its addresses: an empty answer is that there are none, any
   *     exception that it could not tell
   * @return where the names lead, in order
   * @throws io.privatelink4j.exception.NotFoundException as {@link #planDomain}
   * @throws io.privatelink4j.exception.UnsupportedDomainException as {@link #planDomain}
   */
  public DomainVerification verifyDomain(
      ConnectionRef ref,
      DomainRequest request,
      List<String> hosts,
      Function<String, ? extends Collection<InetAddress>> resolver) {
    return engine.verifyDomain(
        requireNonNull(ref, "ref"),
        requireNonNull(request, "request"),
        List.copyOf(requireNonNull(hosts, "hosts")),
        requireNonNull(resolver, "resolver"),
        operationTimeout);
  }

  private static List<InetAddress> resolve(String host) {
    try {
      return List.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException e) {
      return List.of();
    }
  }

  /**
   * Removes an attached domain: when this returns, its zone is gone, and so is the attachment. One
   * that was attached within the last minute, or is being attached, takes twice the consistency
   * window and six seconds longer, so that no attach by another process can be missed; one that a
   * repair is at work on, until that ends, at most three minutes. On Alibaba Cloud an attachment
   * that does not show is looked for once more after the consistency window, and one that is asked
   * for by the id that it had while it was ATTACHING may take five times the window and twelve
   * seconds longer.
   *
   * @param ref which connection
   * @param attachmentId which attachment; on Alibaba Cloud also under the id that it had while it
   *     was ATTACHING, unless others attached the domain at the same time
   * @return what was detached, DETACHING
   * @throws io.privatelink4j.exception.NotFoundException if the connection has no such attachment,
   *     or not any more
   * @throws io.privatelink4j.exception.ConflictException if the connection is being deleted, has
   *     labels that were edited, or its zone is bound to other networks too
   * @throws io.privatelink4j.exception.InUseException if the usage check names users of the domain
   * @throws io.privatelink4j.exception.WaitTimeoutException if it could not be ended in time;
   *     detach again to resume
   */
  public DomainAttachment detachDomain(ConnectionRef ref, String attachmentId) {
    return engine.detachDomain(
        requireNonNull(ref, "ref"), requireNonNull(attachmentId, "attachmentId"), operationTimeout);
  }

  /**
   * Removes an attached domain although something uses it; see {@link #detachDomain}.
   *
   * @param ref which connection
   * @param attachmentId which attachment
   * @return what was detached, DETACHING
   * @throws io.privatelink4j.exception.NotFoundException if the connection has no such attachment,
   *     or not any more
   * @throws io.privatelink4j.exception.ConflictException as {@link #detachDomain}
   * @throws io.privatelink4j.exception.WaitTimeoutException if it could not be ended in time;
   *     detach again to resume
   */
  public DomainAttachment forceDetachDomain(ConnectionRef ref, String attachmentId) {
    return engine.forceDetachDomain(
        requireNonNull(ref, "ref"), requireNonNull(attachmentId, "attachmentId"), operationTimeout);
  }

  /**
   * Deletes a connection and its domains. Takes the consistency window at least, so that an attach
   * that another process has just begun is seen. Returns when the cloud has accepted the deletion;
   * if the operation timeout does not suffice it returns earlier, DELETING, and this client goes on
   * as long as it is open. So does any later delete.
   *
   * @param ref which connection
   * @return the connection, DELETING
   * @throws io.privatelink4j.exception.InUseException if the usage check names users
   * @throws io.privatelink4j.exception.NotFoundException if the cluster has no such connection, or
   *     not any more
   * @throws io.privatelink4j.exception.ConflictException if its labels were edited or are a newer
   *     version's
   */
  public PrivateLinkConnection delete(ConnectionRef ref) {
    return engine.delete(requireNonNull(ref, "ref"), operationTimeout);
  }

  /**
   * Deletes a connection although something uses it; see {@link #delete}.
   *
   * @param ref which connection
   * @return the connection, DELETING
   * @throws io.privatelink4j.exception.NotFoundException if the cluster has no such connection, or
   *     not any more
   * @throws io.privatelink4j.exception.ConflictException if its labels were edited or are a newer
   *     version's
   */
  public PrivateLinkConnection forceDelete(ConnectionRef ref) {
    return engine.forceDelete(requireNonNull(ref, "ref"), operationTimeout);
  }

  /**
   * Waits until a connection is gone. Returns at once if there is none. Does not begin a deletion,
   * but goes on with one that another process began and did not end.
   *
   * @param ref which connection
   * @param timeout how long at most
   * @throws io.privatelink4j.exception.WaitTimeoutException if it is still there, with what was
   *     last seen; wait again to resume
   */
  public void awaitDeleted(ConnectionRef ref, Duration timeout) {
    requireNonNull(ref, "ref");
    engine.await(engine.whenDeleted(ref, positive(timeout, "timeout")), timeout, ref.id());
  }

  /**
   * Waits without a thread until a connection is gone; see {@link #awaitDeleted}. The future
   * completes on the builder's executor. Cancelling it ends the wait.
   *
   * @param ref which connection
   * @param timeout how long at most
   * @return nothing, when it is gone
   */
  public CompletableFuture<Void> whenDeleted(ConnectionRef ref, Duration timeout) {
    return engine.whenDeleted(requireNonNull(ref, "ref"), positive(timeout, "timeout"));
  }

  /**
   * Looks for everything that is not as it should be: operations that were begun and not ended,
   * endpoints and DNS zones that somebody else changed or removed, links that do not work, zones
   * whose connection is gone. Writes nothing and never throws for what it finds.
   *
   * <p>Reads pages of the cluster's links and of the account's zones, and one page of records for
   * each attached domain; where the cloud keeps an endpoint's zones apart (Alibaba Cloud), also
   * those of each link.
   *
   * @param clusterId the cluster
   * @return what was found; keep it for {@link #repair}
   */
  public ReconcileReport reconcile(String clusterId) {
    return engine.reconcile(requireNonNull(clusterId, "clusterId"), operationTimeout);
  }

  /**
   * Mends what an earlier look found and a new one finds unchanged, if the plan is at least the
   * quiet period old: what is younger may be somebody's work. A connection is read by id before
   * each step, and what has moved on or cannot be judged is left alone. Unfinished detaches and
   * deletions are ended; an unfinished attach is ended if its zone is there and the domain policy
   * allows it, else taken back; what had been attached is made whole again, under the same
   * attachment id; duplicates and zones without a connection are removed. Endpoints, zones and
   * records of others, and what has edited labels, are never touched. Can be repeated at any time.
   *
   * @param earlier what {@link #reconcile} found, by this or another process
   * @return what was done, what was left and why, and what failed; one failure does not keep the
   *     others from being mended
   */
  public RepairReport repair(ReconcileReport earlier) {
    return engine.repair(requireNonNull(earlier, "earlier"), operationTimeout);
  }

  /**
   * Mends what is found now, without any quiet period. Only for when nothing else is at work on the
   * cluster's connections, in any process: what another operation has just begun would be taken for
   * left over. What labels alone make look wrong is looked at again after the consistency window,
   * which the operation timeout has to leave time for. See {@link #repair}.
   *
   * @param clusterId the cluster
   * @return what was done, left, and failed
   */
  public RepairReport repairAtOnce(String clusterId) {
    return engine.repairAtOnce(requireNonNull(clusterId, "clusterId"), operationTimeout);
  }

  /**
   * Looks for the connections and DNS zones of a cluster that the directory does not know any more.
   * Writes nothing.
   *
   * @param clusterId the cluster
   * @param networks where it ran, at least one
   * @return what {@link #purge} would remove, and what it would leave; keep it for that
   * @throws io.privatelink4j.exception.ConflictException if the directory still knows the cluster
   */
  public PurgePlan planPurge(String clusterId, List<ClusterNetwork> networks) {
    return engine.planPurge(
        requireNonNull(clusterId, "clusterId"),
        List.copyOf(requireNonNull(networks, "networks")),
        operationTimeout);
  }

  /**
   * Removes the connections and DNS zones of a cluster that the directory does not know any more:
   * those that the plan has and a new look finds unchanged, if the plan is at least the quiet
   * period old. Asks no usage check. Connections with edited labels, or in other networks than the
   * plan's, are left and reported; as soon as the directory knows the cluster again, or does not
   * answer, the rest is. Can be repeated at any time.
   *
   * @param plan what {@link #planPurge} answered, to this or another process
   * @return what was removed, left, and failed
   * @throws io.privatelink4j.exception.ConflictException if the directory still knows the cluster
   */
  public RepairReport purge(PurgePlan plan) {
    return engine.purge(requireNonNull(plan, "plan"), operationTimeout);
  }

  /**
   * Removes what is found now, without any quiet period. Only for when nothing else is at work on
   * the cluster's connections, in any process. See {@link #purge}.
   *
   * @param clusterId the cluster
   * @param networks where it ran, at least one
   * @return what was removed, left, and failed
   * @throws io.privatelink4j.exception.ConflictException if the directory still knows the cluster
   */
  public RepairReport purgeAtOnce(String clusterId, List<ClusterNetwork> networks) {
    return engine.purgeAtOnce(
        requireNonNull(clusterId, "clusterId"),
        List.copyOf(requireNonNull(networks, "networks")),
        operationTimeout);
  }

  /**
   * Ends waits with {@link io.privatelink4j.exception.ClientClosedException} and releases what this
   * client made. Leaves the cloud alone. Idempotent.
   */
  @Override
  public void close() {
    engine.close();
    for (AutoCloseable closeable : own) {
      try {
        closeable.close();
      } catch (Exception e) {
        throw new IllegalStateException("closing what this client made failed", e);
      }
    }
  }

  private static Duration patience(Duration duration) {
    requireNonNull(duration, "acceptancePatience");
    return duration.isZero()
        ? duration
        : positive(duration, "acceptancePatience unless it is zero");
  }

  private static Duration positive(Duration duration, String what) {
    requireNonNull(duration, what);
    if (duration.isNegative() || duration.isZero()) {
      throw new InvalidRequestException(
          what + " must be more than zero, is " + duration, ErrorDetails.of(what));
    }
    return duration.compareTo(TEN_YEARS) < 0 ? duration : TEN_YEARS;
  }

  /** Walks through the pages of a list. */
  private final class Pages implements Iterator<PrivateLinkConnection> {
    private ListRequest request;
    private Iterator<PrivateLinkConnection> page = List.<PrivateLinkConnection>of().iterator();
    private boolean more = true;

    Pages(ListRequest request) {
      this.request = request;
    }

    @Override
    public boolean hasNext() {
      while (!page.hasNext() && more) {
        ConnectionPage next = list(request);
        page = next.connections().iterator();
        more = next.nextPageToken().isPresent();
        if (more) {
          request = request.withPageToken(next.nextPageToken().get());
        }
      }
      return page.hasNext();
    }

    @Override
    public PrivateLinkConnection next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return page.next();
    }
  }

  /**
   * Builds a {@link PrivateLinkClient}. Only {@link #clusters} is required. Defaults:
   *
   * <ul>
   *   <li>providers: those on the class path, one per cloud
   *   <li>operation timeout 5 minutes, consistency window 10 seconds, quiet period 15 minutes
   *   <li>10 connections per cluster, 8 domains per connection
   *   <li>{@link ServicePolicy#firstClusterUnlessAccepted}; no domain policy, so no customer
   *       domains in shared networks
   *   <li>managed suffixes {@code aws.tidbcloud.com} and {@code alicloud.tidbcloud.com}
   *   <li>its own clock, daemon threads, call budgets and random numbers
   * </ul>
   *
   * Not thread-safe.
   */
  public static final class Builder {
    private @Nullable ClusterDirectory clusters;
    private final List<PrivateLinkProvider> providers = new ArrayList<>();
    private ServicePolicy servicePolicy = ServicePolicy.firstClusterUnlessAccepted();
    private @Nullable DomainPolicy domainPolicy;
    private UsageCheck usageCheck = ref -> List.of();
    private PrivateLinkListener listener = new PrivateLinkListener() {};
    private @Nullable Time time;
    private @Nullable Executor executor;
    private @Nullable Pacing pacing;
    private RandomGenerator random = new SecureRandom();
    private static final Duration LONGEST_QUIET_PERIOD = Duration.ofDays(366);

    private Duration operationTimeout = Duration.ofMinutes(5);
    private Duration consistencyWindow = Duration.ofSeconds(10);
    private Duration quietPeriod = Duration.ofMinutes(15);
    private int maxConnectionsPerCluster = 10;
    private int maxDomainsPerConnection = 8;
    private final Map<CloudProvider, String> managedSuffixes = new EnumMap<>(CloudProvider.class);

    private Builder() {}

    /**
     * Sets where clusters run; required.
     *
     * @param directory from cluster id to networks
     * @return this
     */
    public Builder clusters(ClusterDirectory directory) {
      this.clusters = requireNonNull(directory, "directory");
      return this;
    }

    /**
     * Adds a provider. If any is added, the class path is not searched.
     *
     * @param provider the provider; at most one per cloud
     * @return this
     */
    public Builder provider(PrivateLinkProvider provider) {
      providers.add(requireNonNull(provider, "provider"));
      return this;
    }

    /**
     * Sets who may connect to what.
     *
     * @param policy the policy
     * @return this
     */
    public Builder servicePolicy(ServicePolicy policy) {
      this.servicePolicy = requireNonNull(policy, "policy");
      return this;
    }

    /**
     * Sets who may answer for which domain. Needed for customers' domains in shared networks; if
     * set, it is asked before every attach.
     *
     * @param policy the policy
     * @return this
     */
    public Builder domainPolicy(DomainPolicy policy) {
      this.domainPolicy = requireNonNull(policy, "policy");
      return this;
    }

    /**
     * Sets who tells what uses a connection; asked before every delete that is not forced.
     *
     * @param check the check
     * @return this
     */
    public Builder usageCheck(UsageCheck check) {
      this.usageCheck = requireNonNull(check, "check");
      return this;
    }

    /**
     * Sets who is told what happens.
     *
     * @param listener the listener
     * @return this
     */
    public Builder listener(PrivateLinkListener listener) {
      this.listener = requireNonNull(listener, "listener");
      return this;
    }

    /**
     * Sets the clock, as tests do. Without an {@link #executor}, waits then run and complete on the
     * thread that moves the clock. The client does not close it.
     *
     * @param time the clock
     * @return this
     */
    public Builder time(Time time) {
      this.time = requireNonNull(time, "time");
      return this;
    }

    /**
     * Sets where polls run and futures complete. The client does not close it.
     *
     * @param executor the executor
     * @return this
     */
    public Builder executor(Executor executor) {
      this.executor = requireNonNull(executor, "executor");
      return this;
    }

    /**
     * Sets the call budgets, to be shared by the clients that use the same cloud accounts.
     *
     * @param pacing the budgets
     * @return this
     */
    public Builder pacing(Pacing pacing) {
      this.pacing = requireNonNull(pacing, "pacing");
      return this;
    }

    /**
     * Sets where generated ids and jitter come from, so that tests can be repeated exactly. Must be
     * thread-safe if the client is used by several threads, and unpredictable in production.
     *
     * @param random the generator
     * @return this
     */
    public Builder random(RandomGenerator random) {
      this.random = requireNonNull(random, "random");
      return this;
    }

    /**
     * Sets how long an operation may take in all, pacing and repetitions included.
     *
     * @param timeout more than zero
     * @return this
     * @throws InvalidRequestException if it is not
     */
    public Builder operationTimeout(Duration timeout) {
      this.operationTimeout = positive(timeout, "operation timeout");
      return this;
    }

    /**
     * Sets how long a cloud may take to show what was written. After an unknown outcome, create
     * looks for that long; attach and delete wait that long for what others wrote.
     *
     * @param window zero or more; if a cloud lags for longer than this, an endpoint may be made
     *     twice or a zone be left behind
     * @return this
     * @throws InvalidRequestException if it is negative
     */
    public Builder consistencyWindow(Duration window) {
      requireNonNull(window, "window");
      if (window.isNegative()) {
        throw new InvalidRequestException(
            "consistency window must not be negative", ErrorDetails.of("window"));
      }
      this.consistencyWindow = window;
      return this;
    }

    /**
     * Sets how old a drift must be for {@link PrivateLinkClient#repair} to act on it; default 15
     * minutes. Must be longer than the longest operation timeout of all processes: whatever is
     * younger may be an operation that is under way.
     *
     * @param period zero or more, at most a year
     * @return this
     * @throws InvalidRequestException if it is not
     */
    public Builder quietPeriod(Duration period) {
      requireNonNull(period, "period");
      if (period.isNegative() || period.compareTo(LONGEST_QUIET_PERIOD) > 0) {
        throw new InvalidRequestException(
            "quiet period must be zero to a year", ErrorDetails.of("period"));
      }
      this.quietPeriod = period;
      return this;
    }

    /**
     * Sets how many connections a cluster may have: one tenant must not use up a shared VPC's
     * endpoints.
     *
     * @param max at least 1
     * @return this
     * @throws InvalidRequestException if it is less
     */
    public Builder maxConnectionsPerCluster(int max) {
      this.maxConnectionsPerCluster = atLeastOne(max, "maxConnectionsPerCluster");
      return this;
    }

    /**
     * Sets how many domains a connection may have; each takes one label of the endpoint.
     *
     * @param max at least 1
     * @return this
     * @throws InvalidRequestException if it is less
     */
    public Builder maxDomainsPerConnection(int max) {
      this.maxDomainsPerConnection = atLeastOne(max, "maxDomainsPerConnection");
      return this;
    }

    /**
     * Sets the suffix of managed domains on a cloud, as in {@code aws.plc.tidbcloud.com}.
     *
     * @param cloud the cloud
     * @param suffix a lower-case DNS name
     * @return this
     */
    public Builder managedSuffix(CloudProvider cloud, String suffix) {
      managedSuffixes.put(requireNonNull(cloud, "cloud"), requireNonNull(suffix, "suffix"));
      return this;
    }

    /**
     * {@return the client} No remote call is made.
     *
     * @throws IllegalStateException if no cluster directory is set
     * @throws IllegalArgumentException if a managed suffix is no DNS name
     * @throws io.privatelink4j.exception.ProviderNotFoundException if there is no provider, or more
     *     than one for a cloud
     */
    public PrivateLinkClient build() {
      ClusterDirectory directory = clusters;
      if (directory == null) {
        throw new IllegalStateException("clusters(...) is required: where do clusters run?");
      }
      DomainPlanner planner = new DomainPlanner(managedSuffixes);
      List<PrivateLinkProvider> chosen =
          Providers.choose(providers, PrivateLinkClient.class.getClassLoader());
      List<AutoCloseable> own = new ArrayList<>();
      Time clock = time != null ? time : own(new SystemTime(), own);
      Executor pool = executor != null ? executor : defaultExecutor(own);
      DomainPolicy policy = domainPolicy;
      UsageCheck usage = usageCheck;
      ServicePolicy services = servicePolicy;
      Engine engine =
          new Engine(
              new Engine.Parts(
                  new Settings(
                      clock,
                      random,
                      consistencyWindow,
                      quietPeriod,
                      maxConnectionsPerCluster,
                      maxDomainsPerConnection),
                  pool,
                  chosen,
                  pacing != null ? pacing : new Pacing(clock),
                  new Notices(
                      listener::onRemoteCall,
                      listener::onStateChange,
                      listener::onConflict,
                      listener::onOrphan),
                  planner,
                  directory::networks,
                  services::decide,
                  policy == null ? Optional.empty() : Optional.of(policy::decide),
                  usage::users,
                  usage::usersOfDomain));
      return new PrivateLinkClient(engine, operationTimeout, List.copyOf(own));
    }

    private Executor defaultExecutor(List<AutoCloseable> own) {
      if (time != null && time.isVirtual()) {
        return Runnable::run;
      }
      AtomicInteger count = new AtomicInteger();
      ExecutorService pool =
          Executors.newCachedThreadPool(
              task -> {
                Thread thread = new Thread(task, "privatelink4j-" + count.incrementAndGet());
                thread.setDaemon(true);
                return thread;
              });
      own.add(pool::shutdown);
      return pool;
    }

    private static <T extends AutoCloseable> T own(T closeable, List<AutoCloseable> own) {
      own.add(closeable);
      return closeable;
    }

    private static int atLeastOne(int number, String what) {
      if (number < 1) {
        throw new InvalidRequestException(
            what + " must be at least 1, is " + number, ErrorDetails.of(what));
      }
      return number;
    }
  }
}
