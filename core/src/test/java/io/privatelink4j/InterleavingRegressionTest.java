package io.privatelink4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.privatelink4j.exception.ConflictException;
import io.privatelink4j.exception.NotFoundException;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.testing.Assumption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two clients at one connection: whichever of attach, detach and delete comes in between the calls
 * of another, one delete in the end leaves nothing.
 */
class InterleavingRegressionTest {
  private static final DomainRequest MANAGED = DomainRequest.managed();

  private enum Work {
    ATTACH,
    DETACH,
    DELETE;

    void run(PrivateLinkClient client, PrivateLinkConnection link) {
      switch (this) {
        case ATTACH -> client.attachDomain(link, MANAGED);
        case DETACH -> {
          for (DomainAttachment domain : client.get(link).domains()) {
            client.detachDomain(link, domain.id());
          }
        }
        case DELETE -> client.delete(link);
      }
    }
  }

  static Stream<Arguments> worlds() {
    return Setup.flavours()
        .flatMap(
            flavour ->
                Stream.of(
                        Assumption.LABEL_LAG_0S,
                        Assumption.LABEL_LAG_2S,
                        Assumption.LABEL_LAG_10S,
                        Assumption.FILTER_LAG_10S,
                        Assumption.FRESH_ZONE_MISSING_3S,
                        Assumption.BINDING_LAG_10S)
                    .filter(assumption -> assumption.question().concerns(flavour))
                    .map(assumption -> Arguments.of(flavour, assumption)));
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void deleteInTheEnd_leavesNothing_whoeverCameInBetween(
      CloudProvider flavour, Assumption assumption) {
    for (Work first : Work.values()) {
      for (Work rival : Work.values()) {
        int call = 1;
        while (leavesNothing(flavour, assumption, first, rival, call)) {
          call++;
        }
        assertThat(call).as("calls of %s", first).isGreaterThan(2);
      }
    }
  }

  /** {@return whether the first client made so many calls that the rival came in} */
  private static boolean leavesNothing(
      CloudProvider flavour, Assumption assumption, Work first, Work rival, int before) {
    try (Setup setup = new Setup(flavour, assumption)) {
      PrivateLinkConnection link = setup.active();
      setup.settle();
      if (first != Work.ATTACH) {
        setup.client().attachDomain(link, MANAGED);
        setup.settle();
      }
      PrivateLinkClient one = setup.client();
      PrivateLinkClient other = setup.client();
      AtomicInteger calls = new AtomicInteger();
      AtomicReference<Throwable> rivals = new AtomicReference<>();
      setup.cloud.onCall(
          operation -> {
            if (calls.incrementAndGet() == before) {
              rivals.set(catchThrowable(() -> rival.run(other, link)));
            }
          });
      Throwable firsts = catchThrowable(() -> first.run(one, link));
      setup.cloud.onCall(operation -> {});

      Throwable last = catchThrowable(() -> setup.client().delete(link));
      setup.time.advance(Duration.ofMinutes(20));

      SoftAssertions softly = new SoftAssertions();
      String when = first + ", " + rival + " before call " + before;
      for (Throwable failure : new Throwable[] {firsts, rivals.get()}) {
        if (failure != null) {
          softly
              .assertThat(failure)
              .as(when)
              .isInstanceOfAny(ConflictException.class, NotFoundException.class);
        }
      }
      if (last != null) {
        softly.assertThat(last).as(when).isInstanceOf(NotFoundException.class);
      }
      softly.assertThat(setup.cloud.leftovers()).as(when).isEmpty();
      softly.assertThat(setup.cloud.endpoints()).as(when).isEmpty();
      softly.assertAll();
      return calls.get() >= before;
    }
  }
}
