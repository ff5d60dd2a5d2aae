package io.privatelink4j.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.internal.Memory.Known;
import io.privatelink4j.internal.Memory.Link;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.testing.ManualTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryTest {
  private static final ConnectionRef REF = ConnectionRef.of("c1", "plc-1");
  private static final DnsZone ZONE = new DnsZone("Z1", "x.example", Optional.empty(), Set.of());

  private final ManualTime time = new ManualTime();
  private final Memory memory = new Memory(time);

  @Test
  void endpoint_ofACreatedOne_isKnownWithItsTime() {
    time.advance(Duration.ofSeconds(5));
    memory.created("c1", "plc-1", "vpce-1", "aws/1/us-west-2", true);

    assertThat(memory.endpoint(REF))
        .contains(new Known("vpce-1", "aws/1/us-west-2", Optional.of(time.now()), true));
  }

  @Test
  void endpoint_ofAFoundOne_isKnownWithoutTimeAndNotAlone() {
    memory.found("c1", "plc-1", "vpce-1", "s");

    assertThat(memory.endpoint(REF)).contains(new Known("vpce-1", "s", Optional.empty(), false));
  }

  @Test
  void found_ofWhatThisClientCreated_keepsWhatIsKnown() {
    memory.created("c1", "plc-1", "vpce-1", "s", true);
    memory.found("c1", "plc-1", "vpce-1", "s");

    assertThat(memory.endpoint(REF)).map(Known::alone).contains(true);
  }

  @Test
  void found_ofAnotherEndpoint_replacesWhatWasKnown() {
    memory.created("c1", "plc-1", "vpce-1", "s", true);
    memory.found("c1", "plc-1", "vpce-2", "s");

    assertThat(memory.endpoint(REF)).contains(new Known("vpce-2", "s", Optional.empty(), false));
  }

  @Test
  void endpoint_ofAnotherClusterWithTheSameId_isNotKnown() {
    memory.created("c1", "plc-1", "vpce-1", "s", true);

    assertThat(memory.endpoint(ConnectionRef.of("c2", "plc-1"))).isEmpty();
  }

  @Test
  void endpoint_afterTenMinutes_isForgotten() {
    memory.created("c1", "plc-1", "vpce-1", "s", true);
    time.advance(Duration.ofMinutes(10).minusNanos(1));
    assertThat(memory.endpoint(REF)).isPresent();
    time.advance(Duration.ofNanos(1));

    assertThat(memory.endpoint(REF)).isEmpty();
  }

  @Test
  void endpoint_whenForgotten_isNotKnown() {
    memory.created("c1", "plc-1", "vpce-1", "s", true);
    memory.forget(REF);

    assertThat(memory.endpoint(REF)).isEmpty();
  }

  @Test
  void endpoint_ofManyConnections_isBounded() {
    for (int i = 0; i <= 20_000; i++) {
      memory.created("c1", "plc-" + i, "vpce-" + i, "s", true);
    }

    assertThat(memory.endpoint(ConnectionRef.of("c1", "plc-0"))).isEmpty();
    assertThat(memory.endpoint(ConnectionRef.of("c1", "plc-1"))).isPresent();
    assertThat(memory.endpoint(ConnectionRef.of("c1", "plc-20000"))).isPresent();
  }

  @Test
  void zone_thatWasMade_isKnownUntilForgotten() {
    assertThat(memory.zone("ad-1")).isEmpty();
    memory.madeZone("ad-1", ZONE);
    assertThat(memory.zone("ad-1")).contains(ZONE);
    memory.forgetZone("ad-1");

    assertThat(memory.zone("ad-1")).isEmpty();
  }

  @Test
  void zone_afterTenMinutes_isForgotten() {
    memory.madeZone("ad-1", ZONE);
    time.advance(Duration.ofMinutes(10));

    assertThat(memory.zone("ad-1")).isEmpty();
  }

  @Test
  void links_beforeTheyWereListed_areNotKnown() {
    memory.linked("c1", new Link("plc-1", "svc"));
    memory.unlinked("c1", "plc-1");

    assertThat(memory.links("c1")).isEmpty();
  }

  @Test
  void links_followWhatThisClientDoes() {
    Link one = new Link("plc-1", "svc-1");
    Link two = new Link("plc-2", "svc-2");
    memory.listed("c1", Set.of(one));
    memory.linked("c1", two);
    assertThat(memory.links("c1")).contains(Set.of(one, two));
    memory.unlinked("c1", "plc-1");

    assertThat(memory.links("c1")).contains(Set.of(two));
    assertThat(memory.links("c2")).isEmpty();
  }

  @Test
  void links_ofACluster_areReadAnewAMinuteAfterTheListing() {
    memory.listed("c1", Set.of());
    time.advance(Duration.ofSeconds(59));
    memory.linked("c1", new Link("plc-1", "svc"));
    assertThat(memory.links("c1")).isPresent();
    time.advance(Duration.ofSeconds(1));

    assertThat(memory.links("c1")).isEmpty();
  }

  @Test
  void listed_copiesTheLinks() {
    Set<Link> links = new HashSet<>(Set.of(new Link("plc-1", "svc")));
    memory.listed("c1", links);
    links.clear();

    assertThat(memory.links("c1").orElseThrow()).hasSize(1);
  }
}
