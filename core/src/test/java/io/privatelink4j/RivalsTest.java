package io.privatelink4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.privatelink4j.exception.ConflictException;
import io.privatelink4j.exception.NotFoundException;
import io.privatelink4j.exception.QuotaExceededException;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.DomainState;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.DriverContext;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.PrivateLinkProvider;
import io.privatelink4j.testing.Assumption;
import io.privatelink4j.testing.InMemoryCloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
  private static final int[] CROWDS = {2, 3, 5, 16};
  private static final int SEEDS = 3;
  private static final Map<String, Integer> TOLD = new ConcurrentSkipListMap<>();

  private enum Deed {
    CREATE,
    ATTACH,
    DETACH,
    DELETE;

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
          new Cast(List.of(Deed.ATTACH, Deed.DETACH, Deed.DELETE), true));

  static Stream<Arguments> worlds() {
    return Setup.flavours()
        .flatMap(
            flavour ->
                Stream.of(
                        Assumption.LABEL_LAG_0S,
                        Assumption.LABEL_LAG_2S,
                        Assumption.LABEL_LAG_10S,
                        Assumption.FILTER_LAG_2S,
                        Assumption.FILTER_LAG_10S)
                    .map(lag -> Arguments.of(flavour, lag)));
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void rivals_endWithOneOfEach_andWhatTheyWereToldIsTrue(CloudProvider flavour, Assumption lag)
      throws Exception {
    for (Cast cast : CASTS) {
      for (int crowd : CROWDS) {
        for (int seed = 0; seed < SEEDS; seed++) {
          new Story(flavour, lag, cast, crowd, seed).tell();
        }
      }
    }
  }

  @AfterAll
  static void report() {
    System.out.println("rivals: " + TOLD);
  }

  private static void count(String what, int number) {
    TOLD.merge(what, number, Integer::sum);
  }

  /** The cloud has a clock of its own, which the clock of the processes moves. */
  private record SameCloud(InMemoryCloud world) implements PrivateLinkProvider {
    @Override
    public CloudProvider cloud() {
      return world.cloud();
    }

    @Override
    public PrivateLinkDriver open(DriverContext context) {
      return world.open();
    }
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
        List<Ended> ended = act(setup, link);
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

    private List<Ended> act(Setup setup, ConnectionRef link) throws Exception {
      Actors actors = new Actors(setup.time, seed);
      List<Ended> ended = Collections.synchronizedList(new ArrayList<>());
      List<Runnable> works = new ArrayList<>();
      for (int i = 0; i < processes; i++) {
        Deed deed = cast.deeds().get(i % cast.deeds().size());
        int number = i;
        PrivateLinkClient client =
            setup.client(
                new SameCloud(setup.cloud),
                options -> options.time(actors).random(new Random(number)));
        works.add(
            () -> {
              Object[] result = new Object[1];
              Throwable failure = catchThrowable(() -> result[0] = deed.by(client, setup, link));
              ended.add(new Ended(deed, result[0], failure));
            });
      }
      setup.cloud.onCall(operation -> actors.step());
      actors.run(works);
      setup.cloud.onCall(operation -> {});
      return ended;
    }

    private void assertToldPlainly(Ended each) {
      if (!each.well()) {
        count(flavour + " " + each.failure().getClass().getSimpleName(), 1);
        if (tagsMayRunOut() && each.failure() instanceof QuotaExceededException) {
          return;
        }
        assertThat(each.failure())
            .as("%s of %s", each.deed(), this)
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
      if (cast.deeds().equals(List.of(Deed.ATTACH))) {
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
