package io.privatelink4j.alicloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.exception.OutcomeUnknownException;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.DomainState;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.testing.Assumption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each write of each operation is lost once, on the way there or on the way back. */
class AlicloudLossTest {
  private static final Pattern READ = Pattern.compile("(Describe|Get|List).*");

  /** With the writes that it makes, in order. */
  private enum Step {
    CREATE("CreateVpcEndpoint"),
    ATTACH(
        "TagResources",
        "AddZone",
        "AddZoneRecord",
        "AddZoneRecord",
        "AddZoneRecord",
        "AddZoneRecord",
        "BindZoneVpc",
        "TagResources"),
    DETACH("TagResources", "BindZoneVpc", "DeleteZone", "UntagResources"),
    DELETE(
        "TagResources",
        "BindZoneVpc",
        "DeleteZone",
        "RemoveZoneFromVpcEndpoint",
        "RemoveZoneFromVpcEndpoint",
        "RemoveZoneFromVpcEndpoint",
        "DeleteVpcEndpoint");

    private final String writes;

    Step(String... writes) {
      this.writes = String.join(" ", writes);
    }

    List<String> writes() {
      return List.of(writes.split(" ", -1));
    }
  }

  private enum Loss {
    REQUEST,
    REPLY,
    REST_OF_REPLY
  }

  static Stream<Arguments> losses() {
    return Stream.of(Step.values())
        .flatMap(
            step ->
                Stream.of(Loss.values())
                    .flatMap(
                        loss ->
                            IntStream.rangeClosed(1, step.writes().size())
                                .mapToObj(number -> Arguments.of(step, number, loss))));
  }

  @ParameterizedTest
  @EnumSource
  void eachStep_makesTheseWrites(Step step) {
    try (Life life = new Life(List.of())) {
      life.upTo(step);

      assertThat(life.cloud.actions(() -> life.run(step)))
          .filteredOn(action -> !READ.matcher(action).matches())
          .isEqualTo(step.writes());
      life.assertAfter(step);
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void lostWrite_leavesOneOfEachOrNone(Step step, int number, Loss loss) {
    try (Life life = new Life(List.of())) {
      life.upTo(step);
      NthWrite lost = new NthWrite(number);
      life.lose(lost, loss);

      int repeats = 0;
      try {
        life.run(step);
      } catch (OutcomeUnknownException e) {
        repeats++;
        life.run(step);
      }

      assertThat(repeats)
          .as("a create that did not happen looks like one that cannot be seen yet")
          .isEqualTo(step == Step.CREATE && loss == Loss.REQUEST ? 1 : 0);
      assertThat(lost.action)
          .as("the write that was lost")
          .isEqualTo(step.writes().get(number - 1));
      life.assertAfter(step);
    }
  }

  static Stream<Arguments> positions() {
    return AlicloudLifeCycleTest.positions()
        .flatMap(position -> Stream.of(Loss.values()).map(loss -> Arguments.of(position, loss)));
  }

  /** Whatever the cloud remembers of tokens, and however late its lists are. */
  @ParameterizedTest
  @MethodSource("positions")
  void lostCreate_leavesOneEndpoint(List<Assumption> position, Loss loss) {
    try (Life life = new Life(position)) {
      life.lose(new NthWrite(1), loss);

      try {
        life.run(Step.CREATE);
      } catch (OutcomeUnknownException e) {
        life.cloud.settle();
        life.run(Step.CREATE);
      }

      life.assertAfter(Step.CREATE);
    }
  }

  /** Asked once about each request, until it has said yes. */
  private static final class NthWrite implements Predicate<FakeRequest> {
    private int left;
    private volatile String action = "none";

    NthWrite(int number) {
      left = number;
    }

    @Override
    public boolean test(FakeRequest request) {
      if (READ.matcher(request.action()).matches() || --left > 0) {
        return false;
      }
      action = request.action();
      return true;
    }
  }

  /** A connection from its creation to its deletion. */
  private static final class Life implements AutoCloseable {
    private final AlicloudCloud cloud;
    private final ConnectionType type;
    private final List<PrivateLinkConnection> made = new ArrayList<>();
    private final List<DomainAttachment> attached = new ArrayList<>();

    Life(List<Assumption> position) {
      cloud = new AlicloudCloud(position);
      type = cloud.service();
    }

    void lose(Predicate<FakeRequest> which, Loss loss) {
      switch (loss) {
        case REQUEST -> cloud.fake.dropNext(which);
        case REPLY -> cloud.fake.loseNextReply(which);
        case REST_OF_REPLY -> cloud.fake.truncateNextReply(which);
      }
    }

    /** Everything that comes before. */
    void upTo(Step step) {
      for (Step before : Step.values()) {
        if (before.compareTo(step) >= 0) {
          return;
        }
        // What is deleted still has its domain.
        if (before != Step.DETACH) {
          run(before);
        }
        if (before == Step.CREATE) {
          cloud.settle();
          cloud.fake.accept(link().endpointId());
          cloud.links.awaitActive(link(), Duration.ofMinutes(30));
        }
      }
    }

    void run(Step step) {
      switch (step) {
        case CREATE -> made.add(cloud.links.create(AlicloudCloud.request(type, "op-1")));
        case ATTACH -> attached.add(cloud.links.attachDomain(link(), DomainRequest.managed()));
        case DETACH -> cloud.links.detachDomain(link(), attached.get(0).id());
        case DELETE -> cloud.links.delete(link());
      }
    }

    private PrivateLinkConnection link() {
      return made.get(0);
    }

    void assertAfter(Step step) {
      cloud.settle();
      boolean deleted = step == Step.DELETE;
      assertThat(cloud.fake.endpoints()).as("endpoints").hasSize(deleted ? 0 : 1);
      assertThat(cloud.fake.zoneCount()).as("zones").isEqualTo(step == Step.ATTACH ? 1 : 0);
      assertThat(cloud.listed())
          .extracting(PrivateLinkConnection::id)
          .isEqualTo(deleted ? List.of() : List.of(link().id()));
      assertThat(cloud.listed())
          .flatExtracting(PrivateLinkConnection::domains)
          .extracting(DomainAttachment::state)
          .isEqualTo(step == Step.ATTACH ? List.of(DomainState.ATTACHED) : List.of());
      if (step == Step.ATTACH) {
        assertResolves();
      }
    }

    /** Each name, and no record twice. */
    private void assertResolves() {
      String apex = attached.get(0).apex();
      PrivateLinkConnection link = cloud.links.get(link());
      for (String zone : AlicloudCloud.ZONES) {
        assertThat(cloud.fake.resolve(cloud.network.vpcId(), "b1." + zone + "." + apex))
            .contains(link.zonalHostNames().get(zone));
      }
      assertThat(cloud.fake.resolve(cloud.network.vpcId(), "b1." + apex))
          .isEqualTo(link.hostName());
      assertThat(cloud.recordNames(apex))
          .containsExactlyInAnyOrder(
              "*", "*.ap-southeast-1a", "*.ap-southeast-1b", "*.ap-southeast-1c");
    }

    @Override
    public void close() {
      cloud.close();
    }
  }
}
