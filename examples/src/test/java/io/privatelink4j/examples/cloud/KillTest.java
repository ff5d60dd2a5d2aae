package io.privatelink4j.examples.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that use the library are killed, with signal 9, at random moments. Each finds what its
 * predecessors left, and goes on with it; now and then another process finishes all that was begun.
 * In the end there is nothing left in either cloud.
 *
 * <p>To start a process takes almost a second of a processor, so each build kills but 40 of them;
 * {@code -Dkills=200} sets another number, and {@code -Dkills.seed=1} who does what and how long
 * each lives. When exactly a process is killed differs from run to run all the same.
 */
class KillTest {
  private static final int KILLS = Integer.getInteger("kills", 40);
  private static final long SEED = Long.getLong("kills.seed", new Random().nextInt(1_000_000));

  /** So many processes work at once in each cloud, each in a cluster of its own. */
  private static final int LANES = 2;

  @TempDir static Path directory;

  @Test
  @Timeout(600)
  void processesThatAreKilled_leaveNothingBehind() throws Exception {
    assertThat(KILLS % (2 * LANES)).as("-Dkills has to be a multiple of %s", 2 * LANES).isZero();
    ExecutorService threads = Executors.newCachedThreadPool();
    try (QuickCloud aws = new QuickCloud("aws", directory);
        QuickCloud alicloud = new QuickCloud("alicloud", directory)) {
      Future<List<KillLane>> onAws = threads.submit(() -> kill(aws, SEED, threads));
      Future<List<KillLane>> onAlicloud = threads.submit(() -> kill(alicloud, -SEED, threads));
      List<KillLane> all = new ArrayList<>(onAws.get());
      all.addAll(onAlicloud.get());
      System.out.printf(
          "kill -9: killed after %s, having %s%n",
          sum(all, KillLane::lastWords), sum(all, KillLane::ended));
      int left = aws.leftovers() + alicloud.leftovers();
      System.out.printf(
          "kill -9: %d kills (aws %d, alicloud %d), seed %d, %d left behind%n",
          kills(all), kills(onAws.get()), kills(onAlicloud.get()), SEED, left);
      assertThat(left).isZero();
    } finally {
      threads.shutdownNow();
    }
  }

  /** Failures name their cluster, and with it the seed. */
  private static List<KillLane> kill(QuickCloud cloud, long seed, ExecutorService threads)
      throws Exception {
    cloud.shareClasses();
    List<Callable<KillLane>> lanes = new ArrayList<>();
    for (int i = 0; i < LANES; i++) {
      KillLane lane = new KillLane(cloud, "kill-" + Math.abs(SEED) + "-" + i, seed + i);
      lanes.add(() -> lane.run(KILLS / (2 * LANES)));
    }
    List<KillLane> done = new ArrayList<>();
    for (Future<KillLane> lane : threads.invokeAll(lanes)) {
      done.add(lane.get());
    }
    return done;
  }

  private static int kills(List<KillLane> lanes) {
    return lanes.stream().mapToInt(KillLane::kills).sum();
  }

  private static Map<String, Integer> sum(
      List<KillLane> lanes, Function<KillLane, Map<String, Integer>> what) {
    Map<String, Integer> sum = new TreeMap<>();
    lanes.forEach(
        lane -> what.apply(lane).forEach((key, number) -> sum.merge(key, number, Integer::sum)));
    return sum;
  }
}
