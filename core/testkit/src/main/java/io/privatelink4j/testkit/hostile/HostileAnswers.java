package io.privatelink4j.testkit.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.testkit.faults.FaultyCloud;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What comes of answers that no cloud should give: documented ones that were cut, bent, doubled,
 * blown up or put under another status. A call of the driver gives a value or a {@link
 * io.privatelink4j.spi.RemoteException} that keeps its promises, an operation of the client a value
 * or a documented exception; {@link Judge} says what that means.
 *
 * <p>The seed is fixed, so that a build does not fail by chance. To explore, give another one, and
 * more tries per call: {@code -Dhostile.seed=7 -Dhostile.tries=5000}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class HostileAnswers {
  private static final long SEED = Long.getLong("hostile.seed", 20261122L);
  private static final int TRIES = Integer.getInteger("hostile.tries", 75);
  private static final String MARK = "what-a-file-of-ours-holds";
  private static final int SHOWN = 5;

  private final String name;
  private final Markup markup;
  private final AtomicInteger led = new AtomicInteger();
  private final Map<String, Integer> outcomes = new TreeMap<>();
  private HostileServer elsewhere;
  private List<String> entities;
  private int answers;
  private int unexpected;

  /**
   * For subclasses.
   *
   * @param name what the line that is printed in the end calls the driver
   * @param markup what the cloud's answers are written in
   */
  protected HostileAnswers(String name, Markup markup) {
    this.name = name;
    this.markup = markup;
  }

  /** {@return each call of the driver with a documented answer} */
  protected abstract List<HostileCall> calls();

  /** {@return documented bodies of refusals} */
  protected abstract List<String> refusals();

  /** {@return what the cloud hears that no message may tell, and may echo: keys, tokens} */
  protected abstract List<String> heard();

  /** {@return an empty cloud} Called once; the test closes it. */
  protected abstract FaultyCloud openCloud();

  /**
   * {@return where the cloud answers}
   *
   * @param cloud what {@link #openCloud} returned
   */
  protected abstract URI uri(FaultyCloud cloud);

  /**
   * {@return a new driver with the secrets of {@link #openCloud}}
   *
   * @param uri where its requests go
   */
  protected abstract PrivateLinkDriver open(URI uri);

  /** What entities lead to: a file, and a server that counts who comes. */
  @BeforeAll
  final void bait(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("bait"), MARK);
    elsewhere =
        new HostileServer(
            request -> {
              led.incrementAndGet();
              return HostileAnswer.of(200, List.of(), MARK.getBytes(UTF_8));
            });
    entities =
        List.of(
            "SYSTEM \"" + file.toUri() + "\"",
            "SYSTEM \"" + elsewhere.uri() + "/\"",
            "PUBLIC \"x\" \"" + elsewhere.uri() + "/\"");
  }

  @AfterAll
  final void tell() {
    elsewhere.close();
    System.out.printf(
        "hostile answers %s: %d answers, %d unexpected %s%n", name, answers, unexpected, outcomes);
  }

  private Mutator mutator() {
    return new Mutator(SEED, markup, heard(), entities);
  }

  private Judge judge() {
    List<String> hidden = new ArrayList<>(heard());
    hidden.add(MARK);
    return new Judge(hidden);
  }

  @Test
  final void everyCall_takesWhateverItIsAnswered() {
    Mutator mutator = mutator();
    Judge judge = judge();
    Random random = new Random(SEED);
    HostileAnswer[] answer = new HostileAnswer[1];
    List<String> wrong = new ArrayList<>();
    try (HostileServer server = new HostileServer(request -> answer[0]);
        PrivateLinkDriver driver = open(server.uri())) {
      for (HostileCall call : calls()) {
        answer[0] =
            HostileAnswer.of(
                200,
                List.of("Content-Type: " + markup.contentType()),
                call.document().getBytes(UTF_8));
        assertThat(call.call().apply(driver)).as("%s, undisturbed", call.name()).isNotNull();
        for (int i = 0; i < TRIES; i++) {
          boolean refused = random.nextInt(4) == 0;
          String document =
              refused ? refusals().get(random.nextInt(refusals().size())) : call.document();
          answer[0] = mutator.next(refused ? 400 : 200, document);
          HostileAnswer given = answer[0];
          Judge.Verdict verdict = judge.ofDriver(call, given, () -> call.call().apply(driver));
          count(call.name() + " " + i, given, verdict, wrong);
        }
      }
    }
    assertNothingWrong(wrong);
  }

  private void count(String what, HostileAnswer given, Judge.Verdict verdict, List<String> wrong) {
    answers++;
    outcomes.merge(verdict.outcome(), 1, Integer::sum);
    verdict
        .complaint()
        .ifPresent(
            complaint -> {
              unexpected++;
              wrong.add(complaint + "\n  of " + what + " answered with " + given.shown());
            });
  }

  private void assertNothingWrong(List<String> wrong) {
    assertThat(wrong.stream().limit(SHOWN))
        .as("%d unexpected, seed %d", wrong.size(), SEED)
        .isEmpty();
    assertThat(led).as("followed entities").hasValue(0);
  }

  /** One answer of each operation is hostile, and in one of two operations all later ones too. */
  @Test
  final void client_takesWhateverTheDriverIsAnswered() {
    try (FaultyCloud cloud = openCloud()) {
      Mutator mutator = mutator();
      Judge judge = judge();
      Random random = new Random(SEED);
      List<String> wrong = new ArrayList<>();
      HostileWorld world = new HostileWorld(cloud);
      Tampering tampering = new Tampering(uri(cloud), mutator);
      List<Function<PrivateLinkClient, Object>> operations = world.operations();
      try (HostileServer server = new HostileServer(tampering::answer);
          PrivateLinkDriver driver = open(server.uri())) {
        for (int i = 0; i < TRIES * 2; i++) {
          Function<PrivateLinkClient, Object> operation = operations.get(i % operations.size());
          try (PrivateLinkClient client = world.client(driver)) {
            tampering.begin(random.nextInt(6), random.nextBoolean());
            Judge.Verdict verdict = judge.ofClient(() -> operation.apply(client));
            count("operation " + i, tampering.last(), verdict, wrong);
          }
        }
      }
      assertThat(world.isUntouched()).as("the world is as it was").isTrue();
      assertNothingWrong(wrong);
    }
  }
}
