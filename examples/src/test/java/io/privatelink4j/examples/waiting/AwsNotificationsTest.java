package io.privatelink4j.examples.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.testing.InMemoryCloud;
import io.privatelink4j.testing.LoggedCall;
import io.privatelink4j.testing.OwnedService;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AwsNotificationsTest {
  private final InMemoryCloud cloud = InMemoryCloud.aws();
  private final OwnedService kafka = cloud.publish().allow(cloud.accountId());
  private final PrivateLinkClient links =
      PrivateLinkClient.builder()
          .provider(cloud)
          .time(cloud.time())
          .clusters(clusterId -> List.of(cloud.network()))
          .build();
  private final PrivateLinkConnection link = create("op-1");
  private final AwsNotifications notifications = new AwsNotifications(links);
  private final CompletableFuture<PrivateLinkConnection> wait =
      notifications.whenActive(link, Duration.ofDays(2));

  private PrivateLinkConnection create(String requestId) {
    return links.create(
        CreateConnectionRequest.builder()
            .clusterId("c1")
            .displayName(requestId)
            .type(kafka.type())
            .requestId(requestId)
            .build());
  }

  @AfterEach
  void close() {
    links.close();
  }

  /** The envelope as SNS documents it. */
  private static String posted(String type, String message) {
    return new Gson()
        .toJson(
            Map.of(
                "Type", type,
                "MessageId", "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
                "TopicArn", "arn:aws:sns:us-west-2:123456789012:endpoints",
                "Message", message,
                "Timestamp", "2026-05-02T00:54:06.655Z",
                "SignatureVersion", "1",
                "Signature", "EXAMPLEw6JRN",
                "SigningCertURL",
                    "https://sns.us-west-2.amazonaws.com/SimpleNotificationService.pem"));
  }

  private int callsOf(String body) {
    cloud.calls().clear();
    notifications.onMessage(body);
    cloud.manualTime().advance(Duration.ZERO);
    return cloud.calls().size();
  }

  @Test
  void afterHoursOfWaiting_aNotificationEndsTheWaitWithOneRead() {
    cloud.manualTime().advance(Duration.ofHours(10));
    kafka.acceptAll();
    cloud
        .manualTime()
        .advance(Duration.ofSeconds(20)); // it is built; the next poll is minutes away
    cloud.calls().clear();

    assertThat(
            notifications.onMessage(
                posted("Notification", "{\"VpcEndpointId\":\"" + link.endpointId() + "\"}")))
        .extracting(ConnectionRef::id)
        .containsExactly(link.id());
    cloud.manualTime().advance(Duration.ZERO);

    assertThat(cloud.calls().all())
        .as("the link, and its network's zones, which are known for five minutes only")
        .filteredOn(call -> !call.isWrite())
        .extracting(LoggedCall::operation)
        .containsExactly(Operation.READ_ENDPOINT, Operation.READ_SUBNETS);
    assertThat(wait).isCompletedWithValueMatching(it -> it.state() == ConnectionState.ACTIVE);
  }

  @Test
  void aTextOfAnyShape_isSearchedForTheEndpoint() {
    cloud.manualTime().advance(Duration.ofHours(10));

    assertThat(callsOf(posted("Notification", "Accept: " + link.endpointId() + "."))).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "not JSON",
        "[]",
        "{\"Type\":\"Notification\"}",
        "{\"Type\":\"Notification\",\"Message\":\"vpce-0123456789abcdef0 vpce-svc-0123456789abcdef0\"}"
      })
  void whatIsNotOfALinkThatIsWaitedFor_costsNoCall(String body) {
    cloud.manualTime().advance(Duration.ofHours(10));

    assertThat(callsOf(body)).isZero();
  }

  @Test
  void theConfirmationOfASubscription_isNoNews() {
    assertThat(notifications.onMessage(posted("SubscriptionConfirmation", link.endpointId())))
        .isEmpty();
  }

  @Test
  void afterTheWait_nothingIsRemembered() {
    kafka.acceptAll();
    cloud.manualTime().advance(Duration.ofMinutes(1));
    assertThat(wait).isCompleted();

    assertThat(notifications.onMessage(posted("Notification", link.endpointId()))).isEmpty();
  }
}
