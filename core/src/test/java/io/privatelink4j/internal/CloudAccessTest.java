package io.privatelink4j.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.CallFamily;
import io.privatelink4j.spi.DriverTraits;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.Pacing;
import io.privatelink4j.spi.Page;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.Subnet;
import io.privatelink4j.testing.ManualTime;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class CloudAccessTest {
  private static final ClusterNetwork NETWORK = Fixtures.awsNetwork("subnet-a");
  private static final CallFamily PLENTY = new CallFamily("plenty", 1000, 1000, false);
  private static final Duration WINDOW = Duration.ofSeconds(10);

  private final ManualTime time = new ManualTime();
  private final List<String> calls = new ArrayList<>();
  private List<Subnet> subnets = List.of(subnet("subnet-a"));
  private Map<String, String> labels = Map.of("a", "1");

  private final CloudAccess access =
      new CloudAccess(
          new Remote(
              CloudProvider.AWS,
              driver(),
              new Pacing(time),
              time,
              new Notices(call -> {}, change -> {}, conflict -> {}, orphan -> {}),
              new Random(7),
              new AtomicBoolean()),
          time,
          WINDOW);

  private static Subnet subnet(String id) {
    return new Subnet(id, "vpc-1", "usw2-az1", "us-west-2a", "123456789012", OptionalInt.empty());
  }

  private PrivateLinkDriver driver() {
    DriverTraits traits = Fixtures.traits(PLENTY);
    return (PrivateLinkDriver)
        Proxy.newProxyInstance(
            CloudAccessTest.class.getClassLoader(),
            new Class<?>[] {PrivateLinkDriver.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "traits" -> traits;
                  case "scope" -> "aws/1/us-west-2";
                  default -> {
                    calls.add(method.getName());
                    yield answer(method.getName());
                  }
                });
  }

  private Object answer(String method) {
    return switch (method) {
      case "subnets" -> new Page<>(subnets, Optional.empty());
      case "endpoint" -> Optional.of(Fixtures.endpointBuilder("vpce-1").labels(labels).build());
      case "putLabels", "removeLabels" -> null;
      default -> throw new AssertionError("not in the script: " + method);
    };
  }

  private Deadline soon() {
    return Deadline.in(time, Duration.ofMinutes(5));
  }

  private Map<String, String> labelsSeen() {
    return access.endpoint(NETWORK, "vpce-1", soon()).map(Endpoint::labels).orElseThrow();
  }

  @Test
  void view_isReadOnceInFiveMinutes() {
    access.view(NETWORK, soon());
    time.advance(Duration.ofMinutes(5).minusNanos(1));
    NetworkView view = access.view(NETWORK, soon());
    assertThat(calls).containsExactly("subnets");
    assertThat(view.account()).isEqualTo("123456789012");
    time.advance(Duration.ofNanos(1));
    access.view(NETWORK, soon());

    assertThat(calls).containsExactly("subnets", "subnets");
  }

  @Test
  void view_whenForgotten_isReadAgain() {
    access.view(NETWORK, soon());
    access.forget(NETWORK);
    access.view(NETWORK, soon());

    assertThat(calls).containsExactly("subnets", "subnets");
  }

  @Test
  void view_withASubnetMissing_isReadAgainWhenForgotten() {
    subnets = List.of();
    assertThat(access.view(NETWORK, soon()).missing()).containsExactly("subnet-a");
    subnets = List.of(subnet("subnet-a"));
    access.forget(NETWORK);

    assertThat(access.view(NETWORK, soon()).missing()).isEmpty();
  }

  @Test
  void withoutSubnets_namesTheAccountAsSoonAsItWasSeen_andForGood() {
    assertThat(access.withoutSubnets(NETWORK).account()).isEmpty();
    access.view(NETWORK, soon());
    time.advance(Duration.ofDays(365));
    access.forget(NETWORK);

    assertThat(access.withoutSubnets(NETWORK).account()).isEqualTo("123456789012");
    assertThat(access.withoutSubnets(NETWORK).missing()).containsExactly("subnet-a");
  }

  @Test
  void endpoint_afterAWriteThatTheCloudDoesNotShowYet_showsIt() {
    access.putLabels(NETWORK, List.of("vpce-1"), Map.of("b", "2"), soon());
    assertThat(labelsSeen()).isEqualTo(Map.of("a", "1", "b", "2"));
    access.removeLabels(NETWORK, "vpce-1", Map.of("a", "1"), soon());
    assertThat(labelsSeen()).isEqualTo(Map.of("b", "2"));
    time.advance(WINDOW);

    assertThat(labelsSeen()).isEqualTo(Map.of("a", "1"));
  }

  @Test
  void withZones_whereTheEndpointTellsThem_makesNoCall() {
    Endpoint endpoint = Fixtures.endpointBuilder("vpce-1").build();

    assertThat(access.withZones(NETWORK, endpoint, soon())).isSameAs(endpoint);
    assertThat(calls).isEmpty();
  }
}
