package io.privatelink4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.exception.ConflictException;
import io.privatelink4j.exception.DomainConflictException;
import io.privatelink4j.exception.NotFoundException;
import io.privatelink4j.exception.QuotaExceededException;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.Decision;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.DomainState;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.testing.Assumption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two to sixteen processes at once at one connection, in stories drawn from a seed. When all have
 * stopped, and after one repair at most, there is one endpoint, one zone for what is attached, and
 * nothing else; and who was told of a success finds it, unless somebody took it back.
 */
class RivalsTest {
  private static final DomainRequest MANAGED = DomainRequest.managed();
  private static final DomainRequest CONFLUENT = DomainRequest.confluent("domnprzqrog.us-west-2");
  private static final int[] CROWDS = {2, 3, 5, 16};
  private static final Map<String, Integer> TOLD = new ConcurrentSkipListMap<>();

  private enum Deed {
    CREATE,
    ATTACH,
    DETACH,
    DELETE,
    /** Of what seems unfinished; whatever is under way is younger than the quiet period. */
    REPAIR;

    Object by(PrivateLinkClient client, Setup setup, ConnectionRef link) {
      return switch (this) {
        case CREATE -> client.create(setup.request().requestId("op-1").build());
        case ATTACH -> client.attachDomain(link, MANAGED);
        case DETACH -> {
          List<DomainAttachment> domains = client.get(link).domains();
          domains.forEach(domain -> client.detachDomain(link, domain.id()));
          yield domains;
        }
        case DELETE -> client.delete(link);
        case REPAIR -> client.repair(client.reconcile(link.clusterId()));
      };
    }
  }

  /**
   * Who meets.
   *
   * @param deeds in turn, as many as there are processes
   * @param attached whether a domain is attached at the beginning
   */
  private record Cast(List<Deed> deeds, boolean attached) {}

  private static final List<Cast> CASTS =
      List.of(
          new Cast(List.of(Deed.CREATE), false),
          new Cast(List.of(Deed.ATTACH), false),
          new Cast(List.of(Deed.DETACH), true),
          new Cast(List.of(Deed.DELETE), false),
          new Cast(List.of(Deed.DELETE), true),
          new Cast(List.of(Deed.ATTACH, Deed.DETACH), false),
          new Cast(List.of(Deed.DETACH, Deed.ATTACH), true),
          new Cast(List.of(Deed.ATTACH, Deed.DELETE), false),
          new Cast(List.of(Deed.DELETE, Deed.CREATE), true),
          new Cast(List.of(Deed.ATTACH, Deed.DETACH, Deed.DELETE), true),
          new Cast(List.of(Deed.ATTACH, Deed.REPAIR), false),
          new Cast(List.of(Deed.REPAIR, Deed.DETACH), true),
          new Cast(List.of(Deed.DELETE, Deed.REPAIR, Deed.ATTACH), true));

  static Stream<Arguments> worlds() {
    return Setup.flavours().flatMap(flavour -> lags().map(lag -> Arguments.of(flavour, lag)));
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void rivals_endWithOneOfEach_andWhatTheyWereToldIsTrue(CloudProvider flavour, Assumption lag)
      throws Exception {
    for (Cast cast : CASTS) {
      for (int crowd : CROWDS) {
        for (int seed = 0; seed < seeds(crowd); seed++) {
          new Story(flavour, lag, cast, crowd, seed).tell();
        }
      }
    }
  }

  /** A private zone answers in the whole VPC, so that one of its tenants has the domain. */
  @ParameterizedTest
  @MethodSource("lags")
  void tenantsOfOneVpc_whoAttachTheSameDomain_leaveItToOne(Assumption lag) throws Exception {
    for (int crowd : CROWDS) {
      for (int seed = 0; seed < seeds(crowd); seed++) {
        tenants(lag, crowd, seed);
      }
    }
  }

  private static void tenants(Assumption lag, int processes, int seed) throws Exception {
    try (Setup setup = new Setup(CloudProvider.AWS, RivalsTest::trusting, lag)) {
      List<PrivateLinkConnection> links = new ArrayList<>();
      for (String cluster : List.of("1001", "1002")) {
        setup.directory.put(cluster, List.of(setup.network));
        links.add(setup.links.create(setup.request().clusterId(cluster).build()));
      }
      setup.settle();
      setup.service.acceptAll();
      for (PrivateLinkConnection link : links) {
        setup.links.awaitActive(link, Duration.ofMinutes(30));
      }
      setup.settle();
      List<Ended> ended =
          act(
              setup,
              seed,
              processes,
              (client, number) ->
                  new Ended(
                      Deed.ATTACH, client.attachDomain(links.get(number % 2), CONFLUENT), null));
      setup.time.advance(Duration.ofMinutes(20));

      String story = lag + ", " + processes + " processes, seed " + seed;
      count("tenants' stories", 1);
      assertThat(ended.stream().filter(each -> !each.well()).map(Ended::failure))
          .as(story)
          .allMatch(
              failure ->
                  failure instanceof DomainConflictException
                      || failure instanceof ConflictException);
      Set<String> winners =
          ended.stream()
              .filter(Ended::well)
              .map(each -> ((DomainAttachment) each.result()).clusterId())
              .collect(Collectors.toSet());
      assertThat(winners).as(story).hasSize(1);
      assertThat(setup.cloud.zones()).as(story).hasSize(1);
      for (PrivateLinkConnection link : links) {
        List<DomainAttachment> domains = setup.client().get(link).domains();
        assertThat(domains.stream().map(DomainAttachment::state))
            .as(story)
            .hasSize(winners.contains(link.clusterId()) ? 1 : 0)
            .containsOnly(
                winners.contains(link.clusterId())
                    ? new DomainState[] {DomainState.ATTACHED}
                    : new DomainState[0]);
        assertThat(Looking.look(setup, link.clusterId()).drifts()).as(story).isEmpty();
      }
    }
  }

  private static PrivateLinkClient.Builder trusting(PrivateLinkClient.Builder options) {
    return options.servicePolicy(use -> Decision.allow()).domainPolicy(use -> Decision.allow());
  }

  static Stream<Assumption> lags() {
    return Stream.of(
        Assumption.LABEL_LAG_0S,
        Assumption.LABEL_LAG_2S,
        Assumption.LABEL_LAG_10S,
        Assumption.FILTER_LAG_2S,
        Assumption.FILTER_LAG_10S);
  }

  @AfterAll
  static void report() {
    System.out.println("rivals: " + TOLD);
  }

  /** What one process does. */
  private interface Part {
    Ended play(PrivateLinkClient client, int number);
  }

  /** Lets processes work at once, each with a client of its own; failures are told as ends. */
  private static List<Ended> act(Setup setup, int seed, int processes, Part part) throws Exception {
    Actors actors = new Actors(setup.time, seed);
    List<Ended> ended = Collections.synchronizedList(new ArrayList<>());
    List<Runnable> works = new ArrayList<>();
    for (int i = 0; i < processes; i++) {
      int number = i;
      PrivateLinkClient client =
          setup.client(
              new SameCloud(setup.cloud),
              options -> trusting(options).time(actors).random(new Random(number)));
      works.add(
          () -> {
            try {
              ended.add(part.play(client, number));
            } catch (RuntimeException e) {
              ended.add(new Ended(null, null, e));
            }
          });
    }
    setup.cloud.onCall(operation -> actors.step());
    actors.run(works);
    setup.cloud.onCall(operation -> {});
    return ended;
  }

  /** Great crowds take long, and are many stories in one. */
  private static int seeds(int crowd) {
    return crowd > 5 ? 1 : 3;
  }

  private static void count(String what, int number) {
    TOLD.merge(what, number, Integer::sum);
  }

  /** How the deed of one process ended. */
  private record Ended(Deed deed, Object result, Throwable failure) {
    boolean well() {
      return failure == null;
    }
  }

  private record Story(CloudProvider flavour, Assumption lag, Cast cast, int processes, int seed) {

    void tell() throws Exception {
      try (Setup setup = new Setup(flavour, lag)) {
        ConnectionRef link = begin(setup);
        setup.cloud.calls().clear();
        List<Ended> ended =
            act(
                setup,
                seed,
                processes,
                (client, number) -> {
                  Deed deed = cast.deeds().get(number % cast.deeds().size());
                  return new Ended(deed, deed.by(client, setup, link), null);
                });
        count(flavour + " stories", 1);
        count(flavour + " calls", setup.cloud.calls().size());
        setup.time.advance(Duration.ofMinutes(20));

        ended.forEach(this::assertToldPlainly);
        assertTrue(setup, link, ended);
        if (!Looking.look(setup).isClean()) {
          count(flavour + " repaired", 1);
          setup.client().repairAtOnce(Setup.CLUSTER);
          setup.time.advance(Duration.ofMinutes(20));
        }
        assertThat(Looking.look(setup).drifts()).as(toString()).isEmpty();
        assertOneOfEach(setup);
      }
    }

    private ConnectionRef begin(Setup setup) {
      PrivateLinkConnection link =
          setup.links.create(setup.request().requestId("op-" + (creates() ? 0 : 1)).build());
      setup.settle();
      setup.service.acceptAll();
      setup.links.awaitActive(link, Duration.ofMinutes(30));
      if (cast.attached()) {
        setup.links.attachDomain(link, MANAGED);
      }
      setup.settle();
      return link;
    }

    /** Else the connection that is there from the beginning is the one that they ask for. */
    private boolean creates() {
      return cast.deeds().equals(List.of(Deed.CREATE));
    }

    private void assertToldPlainly(Ended each) {
      if (!each.well()) {
        count(flavour + " " + each.failure().getClass().getSimpleName(), 1);
        if (tagsMayRunOut() && each.failure() instanceof QuotaExceededException) {
          return;
        }
        assertThat(each.failure())
            .as(toString())
            .isInstanceOfAny(ConflictException.class, NotFoundException.class);
      }
    }

    /** Each attach has a label of its own until it is decided whose it is; there are twenty. */
    private boolean tagsMayRunOut() {
      return flavour == CloudProvider.ALICLOUD && processes > 8;
    }

    /** Before any repair. */
    private void assertTrue(Setup setup, ConnectionRef link, List<Ended> ended) {
      Predicate<Deed> succeeded =
          deed -> ended.stream().anyMatch(each -> each.deed() == deed && each.well());
      List<String> living =
          setup.cloud.leftovers().stream().filter(each -> each.startsWith("endpoint ")).toList();
      if (creates()) {
        assertThat(ended).as(toString()).allMatch(Ended::well);
        assertThat(ended.stream().map(each -> ((ConnectionRef) each.result()).id()).distinct())
            .as(toString())
            .hasSize(1);
        assertThat(living).as(toString()).hasSize(2);
      } else if (succeeded.test(Deed.DELETE)) {
        assertThat(living).as(toString()).isEmpty();
      } else {
        assertThat(living).as(toString()).hasSize(1);
      }
      if (takesNothingBack()) {
        assertThat(succeeded.test(Deed.ATTACH)).as(toString()).isTrue();
        assertThat(domains(setup, link))
            .as(toString())
            .singleElement()
            .extracting(DomainAttachment::state)
            .isEqualTo(DomainState.ATTACHED);
      }
      if (cast.deeds().equals(List.of(Deed.DETACH))) {
        assertThat(succeeded.test(Deed.DETACH)).as(toString()).isTrue();
        assertThat(domains(setup, link)).as(toString()).isEmpty();
        assertThat(setup.cloud.zones()).as(toString()).isEmpty();
      }
      if (cast.deeds().equals(List.of(Deed.DELETE))) {
        assertThat(succeeded.test(Deed.DELETE)).as(toString()).isTrue();
      }
    }

    private boolean takesNothingBack() {
      return cast.deeds().contains(Deed.ATTACH)
          && List.of(Deed.ATTACH, Deed.REPAIR).containsAll(cast.deeds());
    }

    private static List<DomainAttachment> domains(Setup setup, ConnectionRef link) {
      return setup.client().get(link).domains();
    }

    private void assertOneOfEach(Setup setup) {
      List<PrivateLinkConnection> links = setup.client().listAll(Setup.CLUSTER).toList();
      assertThat(links.stream().map(ConnectionRef::id)).as(toString()).doesNotHaveDuplicates();
      List<String> attached = new ArrayList<>();
      for (PrivateLinkConnection each : links) {
        for (DomainAttachment domain : each.domains()) {
          assertThat(domain.state()).as(toString()).isEqualTo(DomainState.ATTACHED);
          attached.add(domain.apex());
          assertThat(
                  setup
                      .cloud
                      .resolve(setup.network, "bootstrap." + domain.apex())
                      .leadsToEndpoint())
              .as(toString())
              .isTrue();
        }
      }
      assertThat(setup.cloud.zones().stream().map(DnsZone::name))
          .as(toString())
          .containsExactlyInAnyOrderElementsOf(attached);
      Map<String, Long> endpoints =
          setup.cloud.leftovers().stream()
              .filter(each -> each.startsWith("endpoint "))
              .collect(Collectors.groupingBy(each -> each, TreeMap::new, Collectors.counting()));
      assertThat(endpoints).as(toString()).hasSameSizeAs(links);
    }
  }
}
