package io.privatelink4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.exception.OutcomeUnknownException;
import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.exception.WaitTimeoutException;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.ListRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.ResourceState;
import io.privatelink4j.testing.Assumption;
import io.privatelink4j.testing.InMemoryCloud;
import io.privatelink4j.testing.ManualTime;
import io.privatelink4j.testing.OwnedService;
import io.privatelink4j.testing.SimulatedCrash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One cloud, two processes that work on it, and what is known from their answers alone: which
 * connections and domains there must be, may be and must not be. Everything that the cloud holds is
 * compared with that.
 */
final class ModelWorld implements AutoCloseable {
  static final String CLUSTER = "10581234";

  /** A caller's own label: tells which create made an endpoint, whatever its outcome was. */
  private static final String KEY = "model.key";

  private static final Duration PATIENCE = Duration.ofMinutes(30);

  final InMemoryCloud cloud;
  final ManualTime time;
  final ClusterNetwork network;
  final List<OwnedService> services;
  private final List<Worker> processes = new ArrayList<>();
  private final Map<String, Known> known = new LinkedHashMap<>();
  private final List<String> log = new ArrayList<>();
  private final Map<String, Integer> ends = new TreeMap<>();
  private final Duration lag;
  private final boolean labelsLag;
  private int clients;
  private int anonymous;

  /** What the answers so far tell of the connection of one create key. */
  private static final class Known {
    final String key;

    /** Some create succeeded, or may have. */
    boolean mayExist;

    /** The last create succeeded, and nobody has begun to delete it since. */
    boolean mustExist;

    /** Somebody deleted the endpoint past the library. */
    boolean lost;

    /** When its deletion last began, by whomever. */
    Instant goneAt = Instant.EPOCH;

    /** When the detaching of one of its domains last began. */
    Instant detachedAt = Instant.EPOCH;

    /** An operation on its domains did not end well: something may be left half done. */
    boolean domainsDoubtful;

    final Set<String> connectionIds = new TreeSet<>();
    Optional<PrivateLinkConnection> link = Optional.empty();
    final Map<String, DomainAttachment> attached = new LinkedHashMap<>();

    Known(String key) {
      this.key = key;
    }
  }

  /** A process with its client; a new one takes its place when it dies. */
  private final class Worker {
    ModelProvider provider = new ModelProvider(cloud);
    PrivateLinkClient client = build(provider);

    PrivateLinkClient running() {
      if (provider.dead()) {
        restart();
      }
      return client;
    }

    void restart() {
      client.close();
      provider = new ModelProvider(cloud);
      client = build(provider);
    }
  }

  ModelWorld(CloudProvider flavour, List<Assumption> assumptions, long seed) {
    InMemoryCloud.Builder builder = InMemoryCloud.builder(flavour).seed(seed);
    assumptions.forEach(builder::assume);
    lag = assumptions.stream().map(ModelWorld::lag).findFirst().orElse(Duration.ZERO);
    labelsLag = assumptions.stream().anyMatch(a -> a.question() == Assumption.Question.LABEL_LAG);
    cloud = builder.build();
    time = cloud.manualTime();
    network = cloud.network();
    services = List.of(publish(), publish());
    processes.add(new Worker());
    processes.add(new Worker());
  }

  /** How late the cloud shows a deletion: nobody can know of it earlier. */
  private static Duration lag(Assumption assumption) {
    return switch (assumption) {
      case FILTER_LAG_2S, LABEL_LAG_2S -> Duration.ofSeconds(2);
      case FILTER_LAG_10S, LABEL_LAG_10S -> Duration.ofSeconds(10);
      case DELETION_SEEN_AFTER_3S -> Duration.ofSeconds(3);
      default -> Duration.ZERO;
    };
  }

  private boolean maySeemToLive(Known entry) {
    return time.now().isBefore(entry.goneAt.plus(lag));
  }

  /** Where even reads by id show labels late. What lists show late, a read by id can tell. */
  private boolean maySeemAttached(Known entry) {
    return labelsLag && time.now().isBefore(entry.detachedAt.plus(lag));
  }

  private OwnedService publish() {
    return cloud.publish().allow(cloud.accountId());
  }

  private PrivateLinkClient build(ModelProvider provider) {
    PrivateLinkClient client =
        PrivateLinkClient.builder()
            .provider(provider)
            .time(time)
            .random(new Random(1_000 + clients++))
            .clusters(id -> id.equals(CLUSTER) ? List.of(network) : List.of())
            .build();
    provider.onDeath(client::close);
    return client;
  }

  void restart(int process) {
    processes.get(process).restart();
  }

  // ---- operations

  /**
   * How an operation ended.
   *
   * @param result what it answered
   * @param failure the exception, or the death of the process
   * @param interrupted whether it failed after its first write
   */
  private record Ended<T>(Optional<T> result, Optional<Throwable> failure, boolean interrupted) {
    boolean unknown() {
      return failure.isPresent()
          && (failure.get() instanceof OutcomeUnknownException
              || failure.get() instanceof WaitTimeoutException
              || failure.get() instanceof SimulatedCrash);
    }
  }

  /** Lets a process do something; only the library's own exceptions may come out. */
  private <T> Ended<T> run(String what, int process, Function<PrivateLinkClient, T> operation) {
    int writes = cloud.calls().writes().size();
    Worker runner = processes.get(process);
    PrivateLinkClient client = runner.running();
    Ended<T> ended;
    try {
      ended = new Ended<>(Optional.of(operation.apply(client)), Optional.empty(), false);
    } catch (PrivateLinkException e) {
      boolean wrote = cloud.calls().writes().size() > writes;
      ended = new Ended<>(Optional.empty(), Optional.of(e), wrote);
    } catch (RuntimeException | SimulatedCrash e) {
      Optional<Throwable> crash = crash(e);
      if (crash.isEmpty()) {
        throw new AssertionError("an exception that is none of the library's\n" + this, e);
      }
      // Whoever died, the caller's stack is gone, and its process with it.
      runner.restart();
      ended = new Ended<>(Optional.empty(), crash, true);
    }
    ends.merge(
        what.substring(0, what.indexOf(' ') < 0 ? what.length() : what.indexOf(' '))
            + (ended.unknown() ? " unknown" : ended.failure().isPresent() ? " failed" : " ok"),
        1,
        Integer::sum);
    note(what + " by " + process + " -> " + said(ended));
    return ended;
  }

  private static Optional<Throwable> crash(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof SimulatedCrash) {
        return Optional.of(t);
      }
    }
    return Optional.empty();
  }

  private static String said(Ended<?> ended) {
    return ended
        .failure()
        .map(e -> e.getClass().getSimpleName() + ": " + e.getMessage())
        .orElseGet(
            () ->
                ended
                    .result()
                    .map(
                        r ->
                            r instanceof PrivateLinkConnection link
                                ? link.id() + " " + link.endpointId() + " " + link.state()
                                : r instanceof DomainAttachment domain
                                    ? domain.id() + " " + domain.apex() + " " + domain.state()
                                    : r.toString())
                    .orElse("ok"));
  }

  void create(int process, int key, boolean withRequestId) {
    String name = withRequestId ? "k" + key : "anonymous" + anonymous++;
    Known entry = known.computeIfAbsent(name, Known::new);
    CreateConnectionRequest.Builder request =
        CreateConnectionRequest.builder()
            .clusterId(CLUSTER)
            .displayName("orders " + name)
            .type(services.get(key % services.size()).type())
            .putExtraLabels(KEY, name);
    if (withRequestId) {
      request.requestId("request-" + name);
    }
    CreateConnectionRequest built = request.build();
    Ended<PrivateLinkConnection> ended =
        run("create " + name, process, client -> client.create(built));
    if (ended.result().isPresent()) {
      PrivateLinkConnection link = ended.result().get();
      entry.mayExist = true;
      if (maySeemToLive(entry)) {
        return;
      }
      assertThat(alive())
          .as("the endpoint that create answered with is alive\n%s", this)
          .anyMatch(e -> e.id().equals(link.endpointId()));
      if (!entry
          .link
          .map(PrivateLinkConnection::endpointId)
          .equals(Optional.of(link.endpointId()))) {
        entry.attached.clear();
      }
      entry.mustExist = true;
      entry.link = Optional.of(link);
      entry.connectionIds.add(link.id());
    } else if (ended.unknown()) {
      entry.mayExist = true;
    }
  }

  void get(int process, int which) {
    pick(which)
        .ifPresent(
            entry -> {
              Ended<PrivateLinkConnection> ended =
                  run("get " + entry.key, process, client -> client.get(ref(entry)));
              ended.result().ifPresent(link -> entry.connectionIds.add(link.id()));
            });
  }

  void list(int process) {
    run(
        "list",
        process,
        client ->
            client.list(ListRequest.of(CLUSTER).withPageSize(3)).connections().stream()
                .map(PrivateLinkConnection::id)
                .toList());
  }

  void awaitActive(int process, int which, int seconds) {
    pick(which)
        .ifPresent(
            entry ->
                run(
                    "await " + entry.key,
                    process,
                    client -> client.awaitActive(ref(entry), Duration.ofSeconds(seconds))));
  }

  void attach(int process, int which, boolean second) {
    pick(which)
        .ifPresent(
            entry -> {
              String id = ref(entry).id();
              DomainRequest request =
                  second
                      ? DomainRequest.managed(id.substring("plc-".length()) + "-2")
                      : DomainRequest.managed();
              Ended<DomainAttachment> ended =
                  run(
                      "attach " + (second ? "second to " : "to ") + entry.key,
                      process,
                      client -> client.attachDomain(ref(entry), request));
              if (ended.failure().isPresent()) {
                entry.domainsDoubtful |= ended.interrupted();
                return;
              }
              if (maySeemToLive(entry) || maySeemAttached(entry)) {
                entry.domainsDoubtful = true;
                return;
              }
              DomainAttachment domain = ended.result().orElseThrow();
              entry.attached.put(domain.id(), domain);
              assertThat(ownZones())
                  .as("the zone of an attached domain\n%s", this)
                  .anyMatch(
                      zone ->
                          zone.name().equals(domain.apex())
                              && !zone.networks().isEmpty()
                              && cloud.records(zone.id()).size() >= 2);
              assertThat(endpointsOf(entry))
                  .as("the label of an attached domain\n%s", this)
                  .anyMatch(e -> domainLabels(e).contains(domain.id()));
            });
  }

  void detach(int process, int which) {
    pick(which)
        .ifPresent(
            entry -> {
              Optional<DomainAttachment> first = entry.attached.values().stream().findFirst();
              if (first.isEmpty()) {
                return;
              }
              DomainAttachment domain = first.get();
              entry.detachedAt = time.now();
              Ended<DomainAttachment> ended =
                  run(
                      "detach " + domain.apex() + " from " + entry.key,
                      process,
                      client -> client.detachDomain(ref(entry), domain.id()));
              if (ended.failure().isPresent()) {
                entry.domainsDoubtful |= ended.interrupted();
                return;
              }
              entry.attached.remove(domain.id());
              assertThat(endpointsOf(entry))
                  .as("labels after detach\n%s", this)
                  .noneMatch(e -> domainLabels(e).contains(domain.id()));
              assertThat(ownZones())
                  .as("zones after detach\n%s", this)
                  .noneMatch(
                      zone ->
                          zone.reference().map(r -> r.contains(domain.id())).orElse(false)
                              || (zone.reference().isEmpty() && zone.name().equals(domain.apex())));
            });
  }

  void delete(int process, int which, boolean force) {
    pick(which)
        .ifPresent(
            entry -> {
              entry.mustExist = false;
              entry.domainsDoubtful = true;
              entry.goneAt = time.now();
              run(
                  "delete " + entry.key,
                  process,
                  client -> force ? client.forceDelete(ref(entry)) : client.delete(ref(entry)));
            });
  }

  // ---- owners, clocks, others

  void owner(int which, boolean accept) {
    List<String> ids = alive().stream().map(Endpoint::id).sorted().toList();
    if (ids.isEmpty()) {
      return;
    }
    String id = ids.get(which % ids.size());
    try {
      if (accept) {
        cloud.serviceOf(id).accept(id);
      } else {
        cloud.serviceOf(id).reject(id);
      }
      note("owner " + (accept ? "accepts " : "rejects ") + id);
    } catch (IllegalStateException e) {
      note("owner cannot: " + e.getMessage());
    }
  }

  void acceptAll() {
    services.forEach(OwnedService::acceptAll);
    note("owners accept all");
  }

  void allow(int service, boolean allowed) {
    OwnedService owned = services.get(service);
    if (allowed) {
      owned.allow(cloud.accountId());
    } else {
      owned.disallow(cloud.accountId());
    }
    note("owner " + (allowed ? "allows" : "disallows"));
  }

  void deleteService(int service) {
    services.get(service).delete();
    note("owner deletes service " + service);
  }

  /** Moves the clock; a process that dies in the background does not hold it up. */
  void advance(Duration duration) {
    Instant end = time.now().plus(duration);
    while (time.now().isBefore(end)) {
      try {
        time.advance(Duration.between(time.now(), end));
      } catch (SimulatedCrash e) {
        note("background: " + e.getMessage());
      }
    }
    note("clock + " + duration);
  }

  void lose(int which, boolean vanish) {
    List<Endpoint> all = alive();
    if (all.isEmpty()) {
      return;
    }
    Endpoint endpoint = all.get(which % all.size());
    if (vanish) {
      cloud.vanish(endpoint.id());
    } else {
      cloud.deleteEndpointOutOfBand(endpoint.id());
    }
    Known entry = known.computeIfAbsent(keyOf(endpoint), Known::new);
    entry.lost = true;
    entry.goneAt = time.now();
    entry.mustExist = false;
    entry.domainsDoubtful = true;
    note("somebody deletes " + endpoint.id() + " of " + keyOf(endpoint));
  }

  // ---- what must hold

  /** Compares the cloud with what is known; holds after every step. */
  void check() {
    Map<String, Long> perKey =
        alive().stream()
            .collect(Collectors.groupingBy(ModelWorld::keyOf, TreeMap::new, Collectors.counting()));
    perKey.forEach(
        (key, count) -> {
          Known entry = known.computeIfAbsent(key, Known::new);
          assertThat(entry.mayExist)
              .as("an endpoint of %s, whose creation failed for certain\n%s", key, this)
              .isTrue();
          assertThat(count).as("endpoints of %s\n%s", key, this).isEqualTo(1);
        });
    for (Known entry : known.values()) {
      if (entry.mustExist) {
        assertThat(perKey).as("the endpoint of %s\n%s", entry.key, this).containsKey(entry.key);
      }
      if (entry.mustExist && !entry.domainsDoubtful) {
        Set<String> labels = new HashSet<>();
        endpointsOf(entry).forEach(e -> labels.addAll(domainLabels(e)));
        assertThat(labels)
            .as("attachments of %s\n%s", entry.key, this)
            .isEqualTo(entry.attached.keySet());
      }
    }
    Map<String, Long> answering =
        ownZones().stream()
            .filter(zone -> !zone.networks().isEmpty())
            .collect(Collectors.groupingBy(DnsZone::name, TreeMap::new, Collectors.counting()));
    assertThat(answering.values()).as("zones per name\n%s", this).allMatch(count -> count == 1);
    for (DnsZone zone : ownZones()) {
      assertThat(isExplained(zone)).as("zone %s is somebody's\n%s", zone, this).isTrue();
    }
  }

  private boolean isExplained(DnsZone zone) {
    return known.values().stream()
        .filter(entry -> entry.domainsDoubtful || !entry.attached.isEmpty())
        .filter(
            entry ->
                entry.domainsDoubtful
                    || entry.attached.values().stream()
                        .anyMatch(domain -> domain.apex().equals(zone.name())))
        .anyMatch(
            entry ->
                idsOf(entry).stream()
                    .anyMatch(id -> zone.name().startsWith(id.substring("plc-".length()))));
  }

  /** Everything settles, is deleted by a new process, and nothing is left. */
  void end() {
    cloud.faults().clear();
    advance(Duration.ofMinutes(20));
    check();
    processes.add(new Worker());
    int last = processes.size() - 1;
    List<PrivateLinkConnection> listed =
        run("last list", last, client -> client.listAll(CLUSTER).toList()).result().orElseThrow();
    Set<String> keys =
        listed.stream()
            .map(link -> link.extraLabels().getOrDefault(KEY, ""))
            .collect(Collectors.toSet());
    known.values().stream()
        .filter(entry -> entry.mustExist)
        .forEach(entry -> assertThat(keys).as("listed\n%s", this).contains(entry.key));
    for (PrivateLinkConnection link : listed) {
      Ended<PrivateLinkConnection> deleted =
          run("last delete", last, client -> client.forceDelete(link));
      assertThat(deleted.failure()).as("deletion of %s\n%s", link.id(), this).isEmpty();
      Ended<Boolean> gone =
          run(
              "last await",
              last,
              client -> {
                client.awaitDeleted(link, PATIENCE);
                return true;
              });
      assertThat(gone.failure()).as("deletion of %s\n%s", link.id(), this).isEmpty();
    }
    advance(Duration.ofMinutes(20));
    assertThat(run("very last list", last, client -> client.listAll(CLUSTER).toList()).result())
        .as("listed after all was deleted\n%s", this)
        .contains(List.of());
    Set<String> lostIds =
        known.values().stream()
            .filter(entry -> entry.lost)
            .flatMap(entry -> idsOf(entry).stream())
            .map(id -> id.substring("plc-".length()))
            .collect(Collectors.toSet());
    assertThat(cloud.leftovers())
        .as("left behind\n%s", this)
        .allMatch(
            thing ->
                thing.startsWith("zone ") && lostIds.stream().anyMatch(id -> thing.contains(id)));
  }

  /** {@return how often operations ended how} */
  Map<String, Integer> ends() {
    return ends;
  }

  // ---- helpers

  private Optional<Known> pick(int which) {
    List<Known> all = known.values().stream().filter(entry -> entry.link.isPresent()).toList();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(which % all.size()));
  }

  private static ConnectionRef ref(Known entry) {
    PrivateLinkConnection link = entry.link.orElseThrow();
    return ConnectionRef.of(link.clusterId(), link.id());
  }

  /** Endpoints that nobody has begun to delete. */
  private List<Endpoint> alive() {
    Set<String> living =
        cloud.leftovers().stream()
            .filter(thing -> thing.startsWith("endpoint "))
            .map(thing -> thing.split(" ", -1)[1])
            .collect(Collectors.toSet());
    return cloud.endpoints().stream()
        .filter(e -> e.resource() != ResourceState.DELETED && living.contains(e.id()))
        .toList();
  }

  private List<Endpoint> endpointsOf(Known entry) {
    return alive().stream().filter(e -> keyOf(e).equals(entry.key)).toList();
  }

  private static String keyOf(Endpoint endpoint) {
    return endpoint.labels().getOrDefault(KEY, "");
  }

  private Set<String> idsOf(Known entry) {
    endpointsOf(entry).forEach(e -> entry.connectionIds.add(e.labels().getOrDefault("plc.id", "")));
    return entry.connectionIds;
  }

  private static Set<String> domainLabels(Endpoint endpoint) {
    return endpoint.labels().keySet().stream()
        .filter(key -> key.startsWith("plc.d."))
        .map(key -> key.substring("plc.d.".length()))
        .collect(Collectors.toSet());
  }

  private List<DnsZone> ownZones() {
    return cloud.zones();
  }

  private void note(String line) {
    log.add(time.now() + " " + line);
  }

  /** What happened, and what the cloud holds. */
  @Override
  public String toString() {
    return String.join("\n", log)
        + "\n-- endpoints: "
        + cloud.endpoints().stream().map(e -> e.id() + e.labels()).toList()
        + "\n-- zones: "
        + cloud.zones()
        + "\n-- last calls:\n"
        + cloud.calls().all().stream()
            .skip(Math.max(0, cloud.calls().size() - 60))
            .map(
                c ->
                    c.at()
                        + " "
                        + c.action()
                        + " "
                        + c.subject()
                        + c.failure().map(f -> " -> " + f.code()).orElse(""))
            .collect(Collectors.joining("\n"));
  }

  @Override
  public void close() {
    processes.forEach(process -> process.client.close());
  }
}
