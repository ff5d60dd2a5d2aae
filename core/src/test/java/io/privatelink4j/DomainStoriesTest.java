package io.privatelink4j;

import static io.privatelink4j.Looking.QUIET;
import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.exception.NotFoundException;
import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.exception.QuotaExceededException;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.DomainState;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.testing.Assumption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Several processes attach and detach one domain at once, call by call as a seed draws it, and
 * calls may take long. A story has a word for each process and a letter for each deed: {@code a}
 * attaches, {@code D} detaches what this process has attached, {@code d} what was there before, and
 * {@code o}, when all attaches have ended, each id that it saw ATTACHING meanwhile. What is told to
 * be detached is not there in the end, and what is there works.
 */
class DomainStoriesTest {
  private static final int SEEDS = Integer.getInteger("domain.stories.seeds", 8);
  private static final DomainRequest MANAGED = DomainRequest.managed();

  /** What there is before. */
  private enum Before {
    NOTHING,
    ATTACHED,
    HALF_ATTACHED,
    BARELY_ATTACHED,
    WITHOUT_ZONE;

    void make(Setup setup) {
      switch (this) {
        case NOTHING -> setup.active();
        case ATTACHED -> Disorder.attached(setup);
        case HALF_ATTACHED -> Disorder.ATTACH_DIED_AFTER_ITS_ZONE.make(setup);
        case BARELY_ATTACHED -> Disorder.ATTACH_DIED_BEFORE_ITS_ZONE.make(setup);
        case WITHOUT_ZONE -> Disorder.ZONE_DELETED_BY_HAND.make(setup);
      }
    }

    List<String> stories() {
      return switch (this) {
        case NOTHING -> List.of("aD|a", "aD|a|a");
        case ATTACHED -> List.of("d|d|a", "a|d", "da|d", "dad|a");
        case HALF_ATTACHED, BARELY_ATTACHED -> List.of("da|d", "a|a|d", "d|d|a");
        case WITHOUT_ZONE -> List.of("a|a|d", "d|d|a");
      };
    }
  }

  static Stream<Arguments> stories() {
    List<Arguments> all = new ArrayList<>();
    for (CloudProvider flavour : new CloudProvider[] {CloudProvider.AWS, CloudProvider.ALICLOUD}) {
      for (Before before : Before.values()) {
        for (String story : before.stories()) {
          Setup.labelLags().forEach(lag -> all.add(Arguments.of(flavour, before, story, lag)));
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0} {1} {2} {3}")
  @MethodSource("stories")
  void whatWasDetachedIsGone_andWhatIsThereWorks(
      CloudProvider flavour, Before before, String story, Assumption lag) throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      try (Setup setup = new Setup(flavour, lag)) {
        before.make(setup);
        setup.settle();
        setup.time.advance(QUIET);

        Told told = tell(setup, story, seed, Duration.ZERO);

        assertTrue(setup, told, story + ", seed " + seed);
      }
    }
  }

  static Stream<Arguments> slowWorlds() {
    return Setup.flavours()
        .flatMap(
            flavour ->
                Setup.labelLags()
                    .flatMap(
                        lag ->
                            Stream.of(3, 30).map(seconds -> Arguments.of(flavour, lag, seconds))));
  }

  /** Nobody is at work but them: all get what they ask for, and it is the same. */
  @ParameterizedTest(name = "{0} {1} {2} s")
  @MethodSource("slowWorlds")
  void attachesAtOnce_tellOfOneAttachment_howeverLongCallsTake(
      CloudProvider flavour, Assumption lag, int seconds) throws Exception {
    for (String story : List.of("a|a|a", "a|a|a|a|a|a|a|a", "a|a|a|a|a|a|a|a|a|a|a|a|a|a")) {
      for (int seed = 0; seed < SEEDS; seed++) {
        try (Setup setup = new Setup(flavour, lag)) {
          setup.active();
          String as = story + ", seed " + seed;

          Told told = tell(setup, story, seed, Duration.ofSeconds(seconds));

          assertThat(told.failures()).as(as).isEmpty();
          assertThat(told.attached()).as(as).hasSize(story.length() / 2 + 1);
          setup.settle();
          assertThat(link(setup).domains())
              .as(as)
              .extracting(DomainAttachment::id)
              .containsExactlyElementsOf(new TreeSet<>(told.attached()));
          assertTrue(setup, told, as);
        }
      }
    }
  }

  @ParameterizedTest(name = "{0} {1} {2} s")
  @MethodSource("slowWorlds")
  void whatItsOwnProcessDetached_staysDetached_howeverLongCallsTake(
      CloudProvider flavour, Assumption lag, int seconds) throws Exception {
    for (String story : List.of("aD|a", "aD|a|a", "aD|aD|aD")) {
      for (int seed = 0; seed < SEEDS; seed++) {
        try (Setup setup = new Setup(flavour, lag)) {
          setup.active();
          Told told = tell(setup, story, seed, Duration.ofSeconds(seconds));
          assertTrue(setup, told, story + ", seed " + seed);
        }
      }
    }
  }

  /** There is room for three labels, and each needs a second one in the end. */
  @ParameterizedTest
  @MethodSource("io.privatelink4j.Setup#labelLags")
  void attachesThatUseUpTheLabels_tellOfOneAttachment(Assumption lag) throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      try (Setup setup = new Setup(CloudProvider.ALICLOUD, lag)) {
        setup.active();
        for (int i = setup.cloud.endpoints().get(0).labels().size(); i < 20 - 3; i++) {
          setup.cloud.editLabel(Disorder.endpoint(setup), "others" + i, "x");
        }
        setup.settle();

        Told told = tell(setup, "a|a|a|a", seed, Duration.ZERO);

        String as = "seed " + seed;
        assertThat(told.failures()).as(as).allMatch(e -> e instanceof QuotaExceededException);
        assertThat(new TreeSet<>(told.attached())).as(as).hasSize(1);
        assertTrue(setup, told, as);
      }
    }
  }

  /** Each attach begins with an id of its own, and others may be told of any of these. */
  @Test
  void idsThatWereSeenWhileTwoAttached_areUnknownOrDetachTheDomain() throws Exception {
    int detached = 0;
    for (Assumption lag : Setup.labelLags().toList()) {
      for (int seed = 0; seed < SEEDS; seed++) {
        try (Setup setup = new Setup(CloudProvider.ALICLOUD, lag)) {
          setup.active();
          String as = lag + ", seed " + seed;

          Told told = tell(setup, "a|a|o", seed, Duration.ZERO);

          assertThat(told.failures()).as(as).allMatch(e -> e instanceof NotFoundException);
          assertTrue(setup, told, as);
          assertThat(link(setup).domains()).as(as).hasSize(told.detached().isEmpty() ? 1 : 0);
          detached += told.detached().size();
        }
      }
    }
    assertThat(detached).as("detaches under an id of which one was told").isPositive();
  }

  private static void assertTrue(Setup setup, Told told, String as) {
    setup.settle();
    PrivateLinkConnection link = link(setup);
    assertThat(link.domains())
        .as(as)
        .hasSizeLessThan(2)
        .extracting(DomainAttachment::id)
        .noneMatch(told.detached()::contains);
    for (DomainAttachment domain : link.domains()) {
      assertThat(domain.state()).as(as).isEqualTo(DomainState.ATTACHED);
      assertThat(setup.cloud.resolve(setup.network, "b." + domain.apex()).leadsToEndpoint())
          .as(as)
          .isTrue();
    }
    assertThat(setup.cloud.zones()).as(as).hasSameSizeAs(link.domains());
  }

  private static PrivateLinkConnection link(Setup setup) {
    return setup.client().listAll(Setup.CLUSTER).toList().get(0);
  }

  /**
   * What processes were told.
   *
   * @param detached ids that were told to be detached, and not to be attached after that
   */
  private record Told(
      List<String> attached, List<String> detached, List<PrivateLinkException> failures) {
    Told() {
      this(
          Collections.synchronizedList(new ArrayList<>()),
          Collections.synchronizedList(new ArrayList<>()),
          Collections.synchronizedList(new ArrayList<>()));
    }
  }

  private static Told tell(Setup setup, String story, int seed, Duration slowestCall)
      throws Exception {
    PrivateLinkConnection link = link(setup);
    Optional<String> first = link.domains().stream().map(DomainAttachment::id).findFirst();
    Actors actors = new Actors(setup.time, seed);
    Random random = new Random(31L * seed + story.hashCode());
    Told told = new Told();
    long attaches = story.chars().filter(letter -> letter == 'a').count();
    AtomicLong ended = new AtomicLong();
    List<Runnable> works = new ArrayList<>();
    for (String word : story.split("\\|", -1)) {
      PrivateLinkClient process = setup.actor(actors, 1000L + works.size());
      Duration later = Duration.ofSeconds(random.nextInt(14));
      works.add(
          () -> {
            Optional<String> own = Optional.empty();
            actors.rest(later);
            for (int i = 0; i < word.length(); i++) {
              try {
                switch (word.charAt(i)) {
                  case 'a' -> {
                    own = Optional.of(process.attachDomain(link, MANAGED).id());
                    told.attached().add(own.get());
                  }
                  case 'D' -> detach(process, link, own, told);
                  case 'd' -> detach(process, link, first, told);
                  case 'o' -> {
                    List<String> seen = new ArrayList<>();
                    while (ended.get() < attaches) {
                      process.get(link).domains().stream()
                          .filter(domain -> domain.state() == DomainState.ATTACHING)
                          .forEach(domain -> seen.add(domain.id()));
                      actors.rest(Duration.ofSeconds(1));
                    }
                    detach(process, link, seen.stream().skip(seen.size() / 2).findFirst(), told);
                  }
                  default -> throw new IllegalArgumentException(story);
                }
              } catch (PrivateLinkException e) {
                // An operation may refuse; what it must not do is to succeed and be undone.
                told.failures().add(e);
              }
              ended.addAndGet(word.charAt(i) == 'a' ? 1 : 0);
            }
          });
    }
    setup.cloud.onCall(
        call -> {
          if (!slowestCall.isZero()) {
            actors.rest(Duration.ofMillis(random.nextLong(slowestCall.toMillis())));
          }
          actors.step();
        });
    actors.run(works);
    setup.cloud.onCall(call -> {});
    return told;
  }

  private static void detach(
      PrivateLinkClient process, PrivateLinkConnection link, Optional<String> id, Told told) {
    if (id.isPresent()) {
      process.detachDomain(link, id.get());
      told.detached().add(id.get());
    }
  }
}
