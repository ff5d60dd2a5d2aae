package io.privatelink4j.examples.cloud;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.testkit.FastTime;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * A process that uses the library in quick time, and that is told by lines on its standard input
 * what to do. Its arguments: since when time is quick, how quick it is, then an example's.
 */
final class Worker {
  static final String READY = "ready";

  /** A busy machine takes many a quick second for a call. */
  static final Duration PATIENCE = Duration.ofHours(2);

  private final CloudArguments where;
  final FastTime time;

  private Worker(CloudArguments where, FastTime time) {
    this.where = where;
    this.time = time;
  }

  public static void main(String[] args) throws Exception {
    // A test that is killed itself cannot kill who works for it.
    Optional<CompletableFuture<Void>> unused =
        ProcessHandle.current()
            .parent()
            .map(test -> test.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
    CloudArguments where = CloudArguments.parse(Arrays.copyOfRange(args, 2, args.length));
    try (FastTime time = new FastTime(Instant.parse(args[0]), Integer.parseInt(args[1]))) {
      new Worker(where, time).run(where.clusterId());
    }
  }

  private void run(String clusterId) throws Exception {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (PrivateLinkClient links = client();
        Rivalry rivalry = new Rivalry(this)) {
      // Who asked once has loaded and opened what else would take the time of the first deed.
      links.zones(clusterId);
      System.out.println(READY);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", -1);
        switch (words[0]) {
          case "wander" ->
              new Wanderer(this, links, words[1], new Random(Long.parseLong(words[2])))
                  .run(Integer.parseInt(words[3]));
          case "finish" -> new Finisher(this, words[1]).run(Finisher.Way.valueOf(words[2]));
          case "mend" -> new Finisher(this, words[1]).mend();
          case "prepare" -> rivalry.prepare(words[1], Boolean.parseBoolean(words[2]));
          case "rival" ->
              rivalry.run(
                  ConnectionRef.of(words[1], words[2]),
                  Integer.parseInt(words[3]),
                  Rivalry.Deed.parse(words[4]),
                  new Random(Long.parseLong(words[5])));
          default -> throw new IllegalArgumentException(line);
        }
      }
    }
  }

  /** A client without memory, that finds every cluster in the one network. */
  PrivateLinkClient client() {
    return PrivateLinkClient.builder()
        .provider(where.provider())
        .clusters(id -> List.of(where.network()))
        .time(time)
        .operationTimeout(PATIENCE)
        .build();
  }

  CreateConnectionRequest request(String clusterId, String requestId) {
    return CreateConnectionRequest.builder()
        .clusterId(clusterId)
        .displayName(requestId)
        .type(where.service())
        .requestId(requestId)
        .build();
  }
}
