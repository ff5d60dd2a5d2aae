package io.privatelink4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.exception.InUseException;
import io.privatelink4j.exception.InvalidRequestException;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.Repair;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The guard of what changefeeds and jobs use. */
class UsageTest {
  private static final List<String> USERS = List.of("changefeed cf-1", "job 2");

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void detach_ofWhatIsUsed_namesTheUsers_unlessForced(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      DomainAttachment domain = Disorder.attached(setup);
      ConnectionRef ref = ConnectionRef.of(Setup.CLUSTER, domain.connectionId());
      PrivateLinkClient guarded = setup.client(builder -> builder.usageCheck(any -> USERS));

      InUseException refusal =
          Refusal.unasked(
              setup, InUseException.class, () -> guarded.detachDomain(ref, domain.id()));

      assertThat(refusal.users()).isEqualTo(USERS);
      assertThat(refusal)
          .hasMessageContaining("is used by changefeed cf-1, job 2")
          .hasMessageContaining("or use forceDetachDomain");
      guarded.forceDetachDomain(ref, domain.id());
      assertThat(setup.cloud.zones()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void detach_canAskAboutTheDomainAlone(CloudProvider flavour) {
    UsageCheck byDomain =
        new UsageCheck() {
          @Override
          public List<String> users(ConnectionRef ref) {
            return USERS;
          }

          @Override
          public List<String> usersOfDomain(ConnectionRef ref, String attachmentId) {
            return List.of();
          }
        };
    try (Setup setup = new Setup(flavour)) {
      DomainAttachment domain = Disorder.attached(setup);
      ConnectionRef ref = ConnectionRef.of(Setup.CLUSTER, domain.connectionId());
      PrivateLinkClient guarded = setup.client(builder -> builder.usageCheck(byDomain));

      guarded.detachDomain(ref, domain.id());

      assertThat(setup.cloud.zones()).isEmpty();
      assertThat(Refusal.unasked(setup, InUseException.class, () -> guarded.delete(ref)).users())
          .isEqualTo(USERS);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void checkThatAnswersNothing_keepsTheConnection(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      ConnectionRef ref = ConnectionRef.of(Setup.CLUSTER, Disorder.attached(setup).connectionId());
      PrivateLinkClient broken = setup.client(builder -> builder.usageCheck(any -> null));

      assertThat(Refusal.unasked(setup, InvalidRequestException.class, () -> broken.delete(ref)))
          .hasMessageContaining("or an empty list");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void repair_endsWhatWasBegun_withoutAsking(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      Disorder.DELETE_DIED_AFTER_ITS_MARK.make(setup);
      PrivateLinkClient guarded = setup.client(builder -> builder.usageCheck(any -> USERS));

      assertThat(guarded.repairAtOnce(Setup.CLUSTER).with(Repair.Outcome.DONE)).hasSize(1);

      Disorder.DELETE_DIED_AFTER_ITS_MARK.assertMended(setup);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void guard_thatThrows_keepsTheConnection(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.create();
      PrivateLinkClient guarded =
          setup.client(
              builder ->
                  builder.usageCheck(
                      any -> {
                        throw new IllegalStateException("the job service is down");
                      }));
      setup.cloud.calls().clear();

      assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> guarded.delete(link)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the job service is down");
      assertThat(setup.cloud.calls().all()).isEmpty();
    }
  }
}
