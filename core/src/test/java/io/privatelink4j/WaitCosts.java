package io.privatelink4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.testing.LoggedCall;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What waits may cost: calls of a tick, and how late news may be. */
final class WaitCosts {
  static final int PAGE = 1_000;
  static final int ZONE_READS = 50;

  /**
   * An endpoint of AWS works twenty seconds after its owner accepted it, one of the other at 5 s.
   */
  static final Map<CloudProvider, Duration> CONNECTING =
      Map.of(
          CloudProvider.AWS, Duration.ofSeconds(20), CloudProvider.ALICLOUD, Duration.ofSeconds(5));

  private static final Duration POLL = Duration.ofSeconds(30);

  private WaitCosts() {}

  /** The longest pause between two reads, and as long as the budget takes for the calls of one. */
  static Duration onePoll(CloudProvider flavour, int calls) {
    return flavour == CloudProvider.AWS
        ? POLL
        : POLL.plus(Duration.ofSeconds(Math.max(0, calls - 20) / 10));
  }

  /** All calls of a tick; a network's subnets are read once in a few minutes and not counted. */
  static int readsOf(List<LoggedCall> tick) {
    assertThat(tick).allMatch(call -> !call.isWrite());
    assertThat(count(tick, Operation.READ_SUBNETS)).isLessThanOrEqualTo(1);
    return tick.size() - count(tick, Operation.READ_SUBNETS);
  }

  static int count(List<LoggedCall> calls, Operation operation) {
    return (int) calls.stream().filter(call -> call.operation() == operation).count();
  }

  static void report(
      CloudProvider flavour, String what, List<List<LoggedCall>> ticks, String... rest) {
    String calls =
        ticks.stream()
            .map(tick -> Integer.toString(readsOf(tick)))
            .distinct()
            .sorted()
            .collect(Collectors.joining("/"));
    System.out.println(
        "waiting "
            + flavour
            + ": "
            + what
            + ", "
            + calls
            + " calls per tick, "
            + String.join(", ", rest));
  }

  static Duration later(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
