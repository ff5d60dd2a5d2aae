package io.privatelink4j;

import static io.privatelink4j.Looking.QUIET;
import static io.privatelink4j.Looking.look;
import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.ReconcileReport;
import io.privatelink4j.testing.Assumption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One process repairs what was out of order, or detaches it, while another attaches or detaches the
 * same domain: drawn from a seed, call by call. Whatever returned success has to stay.
 */
class RepairRivalsTest {
  private static final int SEEDS = Integer.getInteger("repair.rivals.seeds", 15);
  private static final DomainRequest MANAGED = DomainRequest.managed();

  static Stream<Arguments> disorders() {
    return Disorder.ofConnections()
        .filter(arguments -> ((Disorder) arguments.get()[1]).leavesTheConnection())
        .flatMap(
            arguments ->
                Setup.labelLags()
                    .map(lag -> Arguments.of(arguments.get()[0], arguments.get()[1], lag)));
  }

  /** A world with one thing out of order for longer than the quiet period, and two processes. */
  private static final class Story implements AutoCloseable {
    final Setup setup;
    final ReconcileReport earlier;
    final PrivateLinkConnection link;
    private final Actors actors;
    private final Random random;
    private final long slowCall;
    private long calls;

    Story(CloudProvider flavour, Disorder disorder, Assumption lag, int seed) {
      setup = new Setup(flavour, lag);
      disorder.make(setup);
      setup.settle();
      earlier = look(setup);
      setup.time.advance(QUIET);
      link = setup.client().listAll(Setup.CLUSTER).toList().get(0);
      actors = new Actors(setup.time, seed);
      random = new Random(seed);
      slowCall = random.nextInt(40);
    }

    PrivateLinkClient process(int number) {
      return setup.client(
          new SameCloud(setup.cloud), builder -> builder.time(actors).random(new Random(number)));
    }

    Optional<String> onlyDomain() {
      return link.domains().stream().map(DomainAttachment::id).findFirst();
    }

    /** Both begin within the time in which labels may lag, and one call takes long. */
    void run(Runnable one, Runnable other) throws Exception {
      Duration later = Duration.ofSeconds(random.nextInt(14));
      boolean oneIsLater = random.nextBoolean();
      setup.cloud.onCall(
          call -> {
            if (++calls == slowCall) {
              actors.rest(Duration.ofSeconds(1 + random.nextInt(8)));
            }
            actors.step();
          });
      actors.run(
          List.of(
              () -> begin(oneIsLater ? later : Duration.ZERO, one),
              () -> begin(oneIsLater ? Duration.ZERO : later, other)));
      setup.cloud.onCall(call -> {});
      setup.settle();
    }

    private void begin(Duration later, Runnable work) {
      actors.rest(later);
      try {
        work.run();
      } catch (PrivateLinkException e) {
        // An operation may refuse; what it must not do is to succeed and be undone.
      }
    }

    /** {@return whether the attachment is, or began as, that one} */
    boolean goesOnWith(DomainAttachment domain, String earlierLife) {
      return domain.id().equals(earlierLife)
          || setup.cloud.endpoints().stream()
              .map(endpoint -> endpoint.labels().getOrDefault("plc.d." + domain.id(), ""))
              .anyMatch(label -> label.endsWith("_" + earlierLife.substring("ad-".length())));
    }

    void assertServed(DomainAttachment domain, String as) {
      assertThat(setup.client().get(link).domains())
          .as(as)
          .extracting(DomainAttachment::id)
          .containsExactly(domain.id());
      assertThat(setup.cloud.zones()).as(as).hasSize(1);
      assertThat(setup.cloud.resolve(setup.network, "b." + domain.apex()).leadsToEndpoint())
          .as(as)
          .isTrue();
    }

    void assertNothingAttached(String as) {
      assertThat(setup.client().get(link).domains()).as(as).isEmpty();
      assertThat(setup.cloud.zones()).as(as).isEmpty();
    }

    @Override
    public void close() {
      setup.close();
    }
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("disorders")
  void attach_thatReturnedSuccess_outlivesARepair(
      CloudProvider flavour, Disorder disorder, Assumption lag) throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      try (Story story = new Story(flavour, disorder, lag, seed)) {
        PrivateLinkClient repairer = story.process(1);
        PrivateLinkClient user = story.process(2);
        AtomicReference<Optional<DomainAttachment>> answer =
            new AtomicReference<>(Optional.empty());

        story.run(
            () -> repairer.repair(story.earlier),
            () -> answer.set(Optional.of(user.attachDomain(story.link, MANAGED))));

        String as = "seed " + seed;
        answer.get().ifPresent(domain -> story.assertServed(domain, as));
      }
    }
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("disorders")
  void detach_thatReturnedSuccess_outlivesARepair(
      CloudProvider flavour, Disorder disorder, Assumption lag) throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      try (Story story = new Story(flavour, disorder, lag, seed)) {
        if (story.onlyDomain().isEmpty()) {
          return;
        }
        PrivateLinkClient repairer = story.process(1);
        PrivateLinkClient user = story.process(2);
        AtomicReference<Boolean> detached = new AtomicReference<>(false);

        story.run(
            () -> repairer.repair(story.earlier),
            () -> {
              user.detachDomain(story.link, story.onlyDomain().orElseThrow());
              detached.set(true);
            });

        if (detached.get()) {
          story.assertNothingAttached("seed " + seed);
        }
      }
    }
  }

  /** An attach may go on with what the detach removes: then it is the detach that counts. */
  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("disorders")
  void attach_ofALaterLife_outlivesTheDetachOfAnEarlierOne(
      CloudProvider flavour, Disorder disorder, Assumption lag) throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      try (Story story = new Story(flavour, disorder, lag, seed)) {
        if (story.onlyDomain().isEmpty()) {
          return;
        }
        String earlierLife = story.onlyDomain().get();
        PrivateLinkClient detacher = story.process(1);
        PrivateLinkClient user = story.process(2);
        AtomicReference<Optional<DomainAttachment>> answer =
            new AtomicReference<>(Optional.empty());

        story.run(
            () -> detacher.detachDomain(story.link, earlierLife),
            () ->
                answer.set(
                    Optional.of(user.attachDomain(story.link, MANAGED))
                        .filter(domain -> !story.goesOnWith(domain, earlierLife))));

        String as = "seed " + seed;
        answer.get().ifPresent(domain -> story.assertServed(domain, as));
      }
    }
  }
}
