package io.privatelink4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.privatelink4j.exception.OutcomeUnknownException;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.DomainState;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.testing.Fault;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults that last, and what they were once taken for. */
class FaultsRegressionTest {

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"SERVER_ERROR", "TIMEOUT_BEFORE"})
  void attach_whoseZoneIsNeverAnswered_doesNotBlameARival(Fault fault) {
    try (Setup setup = new Setup(CloudProvider.AWS)) {
      PrivateLinkConnection link = setup.active();
      setup.cloud.faults().always(Operation.CREATE_ZONE, fault);

      assertThatThrownBy(() -> setup.links.attachDomain(link, DomainRequest.managed()))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("CreateHostedZone");
    }
  }

  @Test
  void attach_whoseBindingsAreNeverAnswered_seesThatItIsBound() {
    try (Setup setup = new Setup(CloudProvider.ALICLOUD)) {
      PrivateLinkConnection link = setup.active();
      setup.cloud.faults().always(Operation.BIND_ZONE, Fault.REPLY_LOST);
      Instant start = setup.time.now();

      assertThat(setup.links.attachDomain(link, DomainRequest.managed()).state())
          .isEqualTo(DomainState.ATTACHED);

      assertThat(Duration.between(start, setup.time.now())).isLessThan(Duration.ofMinutes(2));
    }
  }
}
