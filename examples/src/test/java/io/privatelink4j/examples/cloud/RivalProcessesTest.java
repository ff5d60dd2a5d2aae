package io.privatelink4j.examples.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import io.privatelink4j.examples.cloud.Rivalry.Deed;
import io.privatelink4j.model.ConnectionRef;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Two processes, each with several clients, at one connection. When all have stopped there is what
 * they were told of; and after one repair at most there is one endpoint with one zone for what is
 * attached, and nothing else.
 *
 * <p>{@code -Drivals.seed=1} sets who does what. When they meet is not exactly the same in the next
 * run. Their time runs much faster than the machine's, so that a machine with other work looks like
 * calls that take half a minute each, for which nothing is promised: this runs alone.
 */
@Isolated
@Timeout(300)
class RivalProcessesTest {
  private static final long SEED = Long.getLong("rivals.seed", new Random().nextInt(1_000_000));
  private static final int FEWEST_CLIENTS = 2;
  private static final int MOST_CLIENTS = 8;
  private static final String ATTACHED = "attached link zone:4";
  private static final String BARE = "link";
  private static final String NOTHING = "nothing";

  private static final AtomicInteger ROUNDS = new AtomicInteger();
  private static final AtomicInteger OPERATIONS = new AtomicInteger();
  private static final AtomicInteger REPAIRED = new AtomicInteger();
  private static final AtomicInteger DIVERGED = new AtomicInteger();
  private static final Map<String, Integer> ENDED = new ConcurrentSkipListMap<>();

  @TempDir Path directory;

  /**
   * Who meets.
   *
   * @param deeds in turn, as many as a process has clients
   * @param attached whether a domain is attached at the beginning
   */
  private record Cast(List<Deed> deeds, boolean attached) {
    /** Only creators meet at what is not there yet. */
    boolean creates() {
      return deeds.equals(List.of(Deed.CREATE));
    }
  }

  private static final List<Cast> CASTS =
      List.of(
          new Cast(List.of(Deed.CREATE), false),
          new Cast(List.of(Deed.ATTACH), false),
          new Cast(List.of(Deed.DETACH), true),
          new Cast(List.of(Deed.DELETE), true),
          new Cast(List.of(Deed.ATTACH, Deed.DETACH), false),
          new Cast(List.of(Deed.ATTACH, Deed.DELETE), false),
          new Cast(List.of(Deed.CREATE, Deed.DELETE), true),
          new Cast(List.of(Deed.CREATE, Deed.ATTACH, Deed.DETACH, Deed.DELETE), true));

  /** Both clouds' processes mostly wait, so they do it side by side. */
  @Test
  void rivalsInTwoProcesses_endWithOneOfEach() throws Exception {
    ExecutorService sides = Executors.newFixedThreadPool(2);
    try {
      List<Callable<Integer>> clouds =
          List.of(() -> leftByRivals("aws"), () -> leftByRivals("alicloud"));
      assertAll(
          sides.invokeAll(clouds).stream()
              .map(left -> () -> assertThat(left.get()).as("left behind").isZero()));
    } finally {
      sides.shutdownNow();
    }
  }

  private int leftByRivals(String name) throws Exception {
    Random random = new Random(SEED);
    try (QuickCloud cloud = new QuickCloud(name, Files.createDirectory(directory.resolve(name)));
        ChildJvm one = cloud.shareClasses().worker();
        ChildJvm other = cloud.worker()) {
      one.awaitLine(Worker.READY);
      other.awaitLine(Worker.READY);
      for (Cast cast : CASTS) {
        new Round(cloud, one, other, cast, random).play();
      }
      return cloud.leftovers();
    }
  }

  @AfterAll
  static void report() {
    System.out.printf(
        "rivals in two processes: seed %d, %d rounds repaired, %s%n", SEED, REPAIRED.get(), ENDED);
    System.out.printf(
        "rivals in two processes: %d rounds, %d operations, %d diverged%n",
        ROUNDS.get(), OPERATIONS.get(), DIVERGED.get());
  }

  private record Round(QuickCloud cloud, ChildJvm one, ChildJvm other, Cast cast, Random random) {

    void play() throws InterruptedException {
      String cluster = "rivals-" + SEED + "-" + ROUNDS.incrementAndGet();
      String begun = begin(cluster);
      List<String> ended = meet(ConnectionRef.of(cluster, begun));
      ended.forEach(this::count);
      ConnectionRef link = ConnectionRef.of(cluster, cast.creates() ? id(ended) : begun);

      String told = cloud.fake.words(link);
      assertTrue(ended, told);
      one.send("mend " + cluster);
      if (Boolean.parseBoolean(
          one.awaitLine(Finisher.MENDED).substring(Finisher.MENDED.length()))) {
        REPAIRED.incrementAndGet();
      }
      String left = cloud.fake.words(link);
      if (!List.of(NOTHING, BARE, ATTACHED).contains(left)) {
        DIVERGED.incrementAndGet();
      }
      assertThat(left).as("%s after %s, then %s", cast, ended, told).isIn(NOTHING, BARE, ATTACHED);
      assertTrue(ended, left);

      one.send("finish " + cluster + " " + Finisher.Way.NOTHING);
      assertThat(one.awaitLine(Finisher.FINISHED)).isEqualTo(Finisher.FINISHED + "[]");
      assertThat(cloud.fake.words(link)).isEqualTo(NOTHING);
    }

    /** {@return the id of the connection that they meet at, if there is one} */
    private String begin(String cluster) throws InterruptedException {
      if (cast.creates()) {
        return Rivalry.NONE;
      }
      one.send("prepare " + cluster + " " + cast.attached());
      return one.awaitLine(Rivalry.PREPARED).substring(Rivalry.PREPARED.length());
    }

    private List<String> meet(ConnectionRef link) throws InterruptedException {
      int clients = random.nextInt(FEWEST_CLIENTS, MOST_CLIENTS + 1);
      String deeds = String.join(",", cast.deeds().stream().map(Deed::name).toList());
      String command = "rival %s %s %d %s ".formatted(link.clusterId(), link.id(), clients, deeds);
      one.send(command + random.nextLong());
      other.send(command + random.nextLong());
      List<String> ended = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        ended.add(one.awaitLine(Rivalry.ENDED));
        ended.add(other.awaitLine(Rivalry.ENDED));
      }
      one.awaitLine(Rivalry.STOPPED);
      other.awaitLine(Rivalry.STOPPED);
      return ended;
    }

    private void count(String ended) {
      String[] words = ended.split(" ", -1);
      assertThat(words[2])
          .as("%s in %s", ended, cast)
          .isIn("ok", "ConflictException", "NotFoundException", "QuotaExceededException");
      OPERATIONS.incrementAndGet();
      ENDED.merge(words[1] + " " + words[2], 1, Integer::sum);
    }

    /** All succeed, and tell the same. */
    private static String id(List<String> ended) {
      assertThat(ended).allMatch(line -> line.contains(Rivalry.OK));
      List<String> ids =
          ended.stream()
              .map(line -> line.substring(line.indexOf(Rivalry.OK) + Rivalry.OK.length()))
              .distinct()
              .toList();
      assertThat(ids).as("%s", ended).hasSize(1);
      return ids.get(0);
    }

    /** What was told of a success is so, unless somebody took it back. */
    private void assertTrue(List<String> ended, String told) {
      String why = cast + " after " + ended;
      if (ended.stream().anyMatch(line -> line.startsWith(Rivalry.ENDED + Deed.DELETE + " ok"))) {
        assertThat(told).as(why).isEqualTo(NOTHING);
      } else {
        assertThat(told.split(" ", -1)).as(why).containsOnlyOnce(BARE);
      }
      if (cast.deeds().equals(List.of(Deed.ATTACH))) {
        assertThat(told).as(why).isEqualTo(ATTACHED);
      }
      if (cast.creates() || cast.deeds().equals(List.of(Deed.DETACH))) {
        assertThat(told).as(why).isEqualTo(BARE);
      }
    }
  }
}
