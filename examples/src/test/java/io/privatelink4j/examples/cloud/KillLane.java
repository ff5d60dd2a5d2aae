package io.privatelink4j.examples.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;

/** One process after the other works in a cluster and is killed, until somebody finishes. */
final class KillLane {
  /** So often a cluster loses its process before another one finishes. */
  private static final int KILLS_PER_CLUSTER = 5;

  /** In so many deeds, drawn anew, each process is killed at the latest. */
  private static final int MOST_DEEDS = 3;

  private static final int LONGEST_DEED_MILLIS = 200;

  private static final List<Finisher.Way> WAYS = List.of(Finisher.Way.values());

  private final QuickCloud cloud;
  private final String name;
  private final Random random;
  private final Map<String, Integer> lastWords = new ConcurrentSkipListMap<>();
  private final Map<String, Integer> ended = new ConcurrentSkipListMap<>();
  private int kills;

  KillLane(QuickCloud cloud, String name, long seed) {
    this.cloud = cloud;
    this.name = name;
    random = new Random(seed);
  }

  /** Kills so many processes. */
  KillLane run(int count) throws InterruptedException {
    try (ChildJvm finisher = cloud.worker()) {
      ChildJvm next = cloud.worker();
      while (kills < count) {
        String cluster = name + "-" + kills;
        for (int i = 0; i < KILLS_PER_CLUSTER && kills < count; i++) {
          ChildJvm doomed = next;
          next = cloud.worker(); // starts while the other one works
          kill(doomed, cluster);
        }
        finish(finisher, cluster);
      }
      next.close();
    }
    return this;
  }

  private void kill(ChildJvm doomed, String cluster) throws InterruptedException {
    doomed.awaitLine(Worker.READY);
    doomed.send("wander " + cluster + " " + random.nextLong() + " " + Integer.MAX_VALUE);
    for (int deeds = random.nextInt(MOST_DEEDS); deeds >= 0; deeds--) {
      doomed.awaitLine(Wanderer.BEGUN);
    }
    Thread.sleep(random.nextInt(LONGEST_DEED_MILLIS));
    List<String> lines = doomed.kill();
    kills++;
    lines.stream()
        .filter(line -> line.startsWith(Wanderer.ENDED))
        .forEach(line -> ended.merge(line, 1, Integer::sum));
    lastWords.merge(lines.get(lines.size() - 1), 1, Integer::sum);
  }

  private void finish(ChildJvm finisher, String cluster) throws InterruptedException {
    Finisher.Way way = WAYS.get(random.nextInt(WAYS.size()));
    finisher.send("finish " + cluster + " " + way);
    assertThat(finisher.awaitLine(Finisher.FINISHED))
        .as("%s after %s", way, cluster)
        .isEqualTo(Finisher.FINISHED + "[]");
  }

  int kills() {
    return kills;
  }

  /** What the killed said last, which is what they were at. */
  Map<String, Integer> lastWords() {
    return lastWords;
  }

  /** What came of what they had done before. */
  Map<String, Integer> ended() {
    return ended;
  }
}
