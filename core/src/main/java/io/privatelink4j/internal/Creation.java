package io.privatelink4j.internal;

import io.privatelink4j.exception.ConflictException;
import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.exception.InvalidRequestException;
import io.privatelink4j.exception.OutcomeUnknownException;
import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.exception.QuotaExceededException;
import io.privatelink4j.exception.RefusedException;
import io.privatelink4j.exception.ServiceNotUsableException;
import io.privatelink4j.model.Acceptance;
import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.CheckMode;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.Decision;
import io.privatelink4j.model.Finding;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.ServiceCheck;
import io.privatelink4j.model.ServiceUse;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.EndpointSpec;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.spi.Subnet;
import io.privatelink4j.spi.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import javax.annotation.Nullable;

/**
 * Creates connections so that a request id gives one endpoint, however often it is sent and
 * wherever a sender dies: the connection's id, the client token and the request body are functions
 * of the request and the network; what exists is looked up by label first; and after an unknown
 * outcome the cloud is asked until its labels can no longer lag.
 */
final class Creation {
  /**
   * An answer about an endpoint that is older than this is the cloud's memory of an earlier call.
   */
  private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(2);

  private static final Duration FIRST_LOOK = Duration.ofSeconds(1);

  private final Clusters clusters;
  private final Finder finder;
  private final Links links;
  private final Memory memory;
  private final ServiceChecks checks;
  private final Views views;
  private final Function<ServiceUse, Decision> policy;
  private final Settings settings;
  private final Time time;
  private final RandomGenerator random;

  Creation(
      Clusters clusters,
      Finder finder,
      Links links,
      Memory memory,
      ServiceChecks checks,
      Views views,
      Function<ServiceUse, Decision> policy,
      Settings settings) {
    this.clusters = clusters;
    this.finder = finder;
    this.links = links;
    this.memory = memory;
    this.checks = checks;
    this.views = views;
    this.policy = policy;
    this.settings = settings;
    this.time = settings.time();
    this.random = settings.random();
  }

  /** What a create works with, once its input is known to be good. */
  private record Order(
      CreateConnectionRequest request,
      String requestId,
      String connectionId,
      String requestHash,
      SortedMap<String, String> labels,
      CloudAccess access,
      ClusterNetwork network) {}

  PrivateLinkConnection create(CreateConnectionRequest request, Deadline deadline) {
    Order order = order(request);
    if (request.requestId().isPresent()) {
      Optional<Found> earlier = lookUp(order, deadline);
      if (earlier.isPresent()) {
        return answer(order, readById(order, earlier.get(), deadline), deadline);
      }
    }
    ServiceCheck check = check(order, deadline);
    askPolicy(order, check, deadline);
    return make(order, check, deadline);
  }

  private Order order(CreateConnectionRequest request) {
    CreateRules.check(request);
    ClusterNetwork network = clusters.current(request.clusterId());
    CloudAccess access = clusters.access(network);
    ServiceCheck byName = checks.ofName(network, request.type());
    if (!byName.ok()) {
      throw notUsable(byName);
    }
    String requestId = request.requestId().orElseGet(() -> Ids.newRequestId(random));
    String id = Ids.connection(request.clusterId(), requestId);
    Optional<String> region =
        byName.type() instanceof AwsEndpointService aws ? aws.region() : Optional.empty();
    String hash = Ledger.requestHash(request, region);
    SortedMap<String, String> labels = Ledger.write(id, request, hash);
    CreateRules.checkLabelCount(labels, settings.maxDomainsPerConnection(), access.traits());
    return new Order(request, requestId, id, hash, labels, access, network);
  }

  private Optional<Found> lookUp(Order order, Deadline deadline) {
    List<Found> all = finder.all(order.request().clusterId(), deadline);
    links.listed(order.request().clusterId(), all);
    return all.stream()
        .filter(found -> found.connectionId().equals(order.connectionId()))
        .findFirst();
  }

  /** A list lags, so what it shows is read by id; what is too new to be read by id is believed. */
  private Found readById(Order order, Found listed, Deadline deadline) {
    ConnectionRef ref = ConnectionRef.of(order.request().clusterId(), order.connectionId());
    return Finder.reread(listed, ref, deadline)
        .or(() -> Optional.of(listed).filter(found -> isYoung(found.endpoint())))
        .orElseThrow(() -> deleted(order));
  }

  /** {@return whether not all calls may know it yet} */
  private boolean isYoung(Endpoint endpoint) {
    Duration age = Duration.between(endpoint.createTime(), time.now());
    return age.compareTo(settings.consistencyWindow()) < 0;
  }

  /** Answers with what an earlier call with the same request id made. */
  private PrivateLinkConnection answer(Order order, Found earlier, Deadline deadline) {
    if (earlier.ledger().deleting() || !Finder.isThere(earlier.endpoint())) {
      throw deleted(order);
    }
    if (!earlier.ledger().requestHash().equals(order.requestHash())) {
      throw used(order, "it made connection " + order.connectionId() + " with other parameters");
    }
    if (isYoung(earlier.endpoint())) {
      remember(order, earlier, false);
    } else {
      memory.found(
          order.request().clusterId(),
          order.connectionId(),
          earlier.endpoint().id(),
          earlier.access().remote().scope(earlier.network()));
    }
    return views.connection(earlier, earlier.access().knownView(earlier.network(), deadline));
  }

  private ServiceCheck check(Order order, Deadline deadline) {
    CreateConnectionRequest request = order.request();
    Set<Memory.Link> linked = links.of(request.clusterId(), deadline);
    if (linked.size() >= settings.maxConnectionsPerCluster()) {
      // What another process deleted a moment ago must not count.
      Set<Memory.Link> remembered = linked;
      linked =
          new HashSet<>(
              links.listed(request.clusterId(), finder.all(request.clusterId(), deadline)));
      remembered.stream().filter(link -> isYoung(request.clusterId(), link)).forEach(linked::add);
    }
    if (linked.size() >= settings.maxConnectionsPerCluster()) {
      throw new QuotaExceededException(
          checks.connectionLimit(linked.size()).message(), ErrorDetails.of(request.clusterId()));
    }
    if (request.checkMode() == CheckMode.OFF) {
      NetworkView view = order.access().view(order.network(), deadline);
      return new ServiceCheck(
          checks.ofName(order.network(), request.type()).type(),
          view.zones(),
          List.of(),
          view.zoneIds(),
          Acceptance.UNKNOWN,
          List.of());
    }
    ServiceCheck check =
        checks.check(
            request.clusterId(), order.access(), order.network(), request.type(), deadline);
    if (!check.ok() && request.checkMode() == CheckMode.STRICT) {
      throw notUsable(check);
    }
    return check;
  }

  /** {@return whether this client made it so lately that no list may show it yet} */
  private boolean isYoung(String clusterId, Memory.Link link) {
    return memory
        .endpoint(ConnectionRef.of(clusterId, link.id()))
        .flatMap(Memory.Known::createdAt)
        .filter(at -> Duration.between(at, time.now()).compareTo(settings.consistencyWindow()) < 0)
        .isPresent();
  }

  private void askPolicy(Order order, ServiceCheck check, Deadline deadline) {
    String clusterId = order.request().clusterId();
    Decision decision =
        policy.apply(
            new ServiceUse(
                clusterId,
                check.type(),
                check.acceptance(),
                new Once(
                    () ->
                        finder.othersLink(
                            order.network(), check.type().serviceName(), clusterId, deadline))));
    if (!decision.allowed()) {
      throw new RefusedException(
          "the service policy refused "
              + Texts.safe(check.type().serviceName())
              + " to cluster "
              + clusterId
              + ": "
              + decision.denial().orElse(""),
          ErrorDetails.of(Texts.safe(check.type().serviceName())));
    }
  }

  private PrivateLinkConnection make(Order order, ServiceCheck check, Deadline deadline) {
    NetworkView view = order.access().view(order.network(), deadline);
    List<String> zones = check.commonZoneIds().isEmpty() ? view.zoneIds() : check.commonZoneIds();
    List<Subnet> subnets =
        view.subnetsByZone().values().stream()
            .filter(subnet -> zones.contains(subnet.zoneId()))
            .sorted(Comparator.comparing(Subnet::id))
            .collect(Collectors.toUnmodifiableList());
    if (subnets.isEmpty()) {
      throw new InvalidRequestException(
          "none of the subnets of VPC "
              + order.network().vpcId()
              + " can hold an endpoint: correct the cluster directory",
          ErrorDetails.of(order.network().vpcId()));
    }
    EndpointSpec spec =
        new EndpointSpec(
            order.connectionId(), check.type(), subnets, order.labels(), clientToken(order));
    Instant start = time.now();
    Endpoint endpoint;
    try {
      endpoint =
          order
              .access()
              .remote()
              .call(
                  Operation.CREATE_ENDPOINT,
                  order.network(),
                  check.type().serviceName(),
                  deadline,
                  d -> d.createEndpoint(order.network(), spec));
    } catch (CallFailed e) {
      return afterFailure(e, order, check, view, deadline);
    }
    if (!Finder.isThere(endpoint)) {
      throw deleted(order);
    }
    if (endpoint.createTime().isBefore(start.minus(CLOCKS_DIFFER))) {
      endpoint = verifyReplay(order, endpoint, deadline);
    }
    Found made = found(order, endpoint);
    remember(order, made, order.request().requestId().isEmpty());
    return views.connection(made, view);
  }

  private static String clientToken(Order order) {
    return "plc1-" + Ids.hash(40, order.connectionId(), "create");
  }

  /**
   * A cloud that remembers the token answers with what it made then; that may be gone by now. Only
   * the clocks tell that it is not what was just made, which may not be readable yet. Whatever gets
   * in the way of reading it, what is to be told is the request id.
   */
  private Endpoint verifyReplay(Order order, Endpoint replayed, Deadline deadline) {
    Deadline hidden = Deadline.in(time, settings.consistencyWindow());
    while (true) {
      Optional<Endpoint> now;
      try {
        now = order.access().endpoint(order.network(), replayed.id(), deadline);
        if (now.isEmpty() && !hidden.passed()) {
          order
              .access()
              .remote()
              .pause(FIRST_LOOK, deadline, replayed.id(), "it cannot be read yet");
        }
      } catch (CallFailed e) {
        throw unknown(order, e.said(), e.details(), e.toPublic());
      } catch (PrivateLinkException e) {
        throw unknown(order, e.getMessage(), e.details(), e);
      }
      if (now.isPresent() || hidden.passed()) {
        return now.filter(Finder::isThere).orElseThrow(() -> deleted(order));
      }
    }
  }

  private PrivateLinkConnection afterFailure(
      CallFailed failure, Order order, ServiceCheck check, NetworkView view, Deadline deadline) {
    return switch (failure.kind()) {
      case OUTCOME_UNKNOWN, TOKEN_MISMATCH, ALREADY_EXISTS -> search(failure, order, deadline);
      case SERVICE_NOT_USABLE, ZONE_NOT_SERVED -> {
        order.access().forget(order.network());
        List<Finding> findings = new ArrayList<>(check.findings());
        findings.add(0, refusedByCloud(failure, check, view));
        throw new ServiceNotUsableException(
            "the cloud refused to connect to the service: " + findings.get(0).message(),
            failure.details(),
            new ServiceCheck(
                check.type(),
                check.zones(),
                check.serviceZoneIds(),
                check.commonZoneIds(),
                check.acceptance(),
                findings),
            failure.toPublic());
      }
      case BAD_NETWORK -> {
        order.access().forget(order.network());
        throw failure;
      }
      default -> throw failure;
    };
  }

  private static Finding refusedByCloud(CallFailed failure, ServiceCheck check, NetworkView view) {
    Finding usual =
        failure.kind() == ErrorKind.ZONE_NOT_SERVED
            ? ServiceChecks.noCommonZone(check.serviceZoneIds(), view.zoneIds())
            : ServiceChecks.notFoundOrNotAllowed(check.type(), view);
    return new Finding(
        usual.code(),
        usual.severity(),
        usual.actor(),
        "The cloud said " + failure.said() + ". " + usual.message());
  }

  /**
   * Looks for what an earlier or unanswered call made, until labels can no longer lag. Whatever
   * gets in the way of looking, what is to be told is that the outcome is unknown, and the request
   * id.
   */
  private PrivateLinkConnection search(CallFailed failure, Order order, Deadline deadline) {
    Deadline window = deadline.atMost(settings.consistencyWindow());
    Duration pause = FIRST_LOOK;
    while (true) {
      boolean last = window.passed();
      try {
        Optional<Found> found = lookUp(order, deadline);
        if (found.isPresent()) {
          return answer(order, found.get(), deadline);
        }
        if (!last) {
          order.access().remote().pause(Durations.min(pause, window.left()));
        }
      } catch (ConflictException e) {
        throw e;
      } catch (CallFailed | PrivateLinkException e) {
        throw unknown(failure, order);
      }
      if (last) {
        throw failure.kind() == ErrorKind.ALREADY_EXISTS
            ? refusedAsDuplicate(failure, order)
            : unknown(failure, order);
      }
      pause = pause.multipliedBy(2);
    }
  }

  /** Some cloud may allow one endpoint per service and network; whose it is, it does not tell. */
  private static ConflictException refusedAsDuplicate(CallFailed failure, Order order) {
    return new ConflictException(
        "the cloud refused a second endpoint to "
            + Texts.safe(order.request().type().serviceName())
            + " ("
            + failure.said()
            + "): use the cluster's connection to it, or delete the one that is in the way",
        failure.details(),
        failure.toPublic());
  }

  private static OutcomeUnknownException unknown(CallFailed failure, Order order) {
    return unknown(order, failure.said(), failure.details(), failure.toPublic());
  }

  private static OutcomeUnknownException unknown(
      Order order, String why, ErrorDetails details, PrivateLinkException cause) {
    return new OutcomeUnknownException(
        "whether connection "
            + order.connectionId()
            + " was created is not known ("
            + why
            + "). Create it again with request id \""
            + Texts.safe(order.requestId())
            + "\": it is looked up first, and nothing is made twice.",
        details,
        cause);
  }

  private static ConflictException deleted(Order order) {
    return used(order, "its connection " + order.connectionId() + " is deleted or being deleted");
  }

  private static ConflictException used(Order order, String how) {
    return new ConflictException(
        "request id \""
            + Texts.safe(order.requestId())
            + "\" is used: "
            + how
            + ". A request id is good for one connection for ever; take a new one.",
        ErrorDetails.of(order.connectionId()));
  }

  static ServiceNotUsableException notUsable(ServiceCheck check) {
    String all = check.errors().stream().map(Finding::message).collect(Collectors.joining(" "));
    return new ServiceNotUsableException(
        "the endpoint service cannot be connected to: " + all,
        ErrorDetails.of(Texts.safe(check.type().serviceName())),
        check,
        null);
  }

  /** Remembers what was made a moment ago, so that it surely exists. */
  private void remember(Order order, Found made, boolean alone) {
    String clusterId = order.request().clusterId();
    String endpointId = made.endpoint().id();
    String scope = made.access().remote().scope(made.network());
    memory.created(clusterId, order.connectionId(), endpointId, scope, alone);
    made.access().created(endpointId);
    memory.linked(
        clusterId, new Memory.Link(order.connectionId(), order.request().type().serviceName()));
  }

  private static Found found(Order order, Endpoint endpoint) {
    return Found.of(order.access(), order.network(), false, endpoint);
  }

  /** Asks once; rivals on two threads may both ask, and get the same answer. */
  private static final class Once implements BooleanSupplier {
    private final BooleanSupplier question;
    private volatile @Nullable Boolean answer;

    Once(BooleanSupplier question) {
      this.question = question;
    }

    @Override
    public boolean getAsBoolean() {
      Boolean known = answer;
      if (known == null) {
        known = question.getAsBoolean();
        answer = known;
      }
      return known;
    }
  }
}
