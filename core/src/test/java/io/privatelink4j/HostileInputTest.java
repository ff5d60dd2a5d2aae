package io.privatelink4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.model.AlicloudEndpointService;
import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.ListRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.testing.InMemoryCloud;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Any text in any place: it is taken as it is, or refused in a message that is safe to log; it
 * never gets into a label, a domain or a filter as something else than text.
 */
class HostileInputTest {
  private static final int LONGEST_MESSAGE = 4_096;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Provide
  Arbitrary<String> hostile() {
    Arbitrary<String> nasty =
        Arbitraries.of(
            "",
            " ",
            "*",
            "?",
            "a*",
            "%",
            "\u0000",
            "\r\nX-Injected: 1",
            "\u001b[31m",
            "\u202egnp.exe",
            "\ud800",
            "\udc00\ud800",
            "\ud83d\ude00",
            "..",
            "../../etc/passwd",
            "a.b.",
            "xn--80ak6aa92e",
            "'; DROP TABLE links;--",
            "<!DOCTYPE x [<!ENTITY e \"e\">]><x>&e;</x>",
            "{\"a\":1}",
            "${jndi:ldap://127.0.0.1/a}",
            "%s%n%d",
            "ı\u0130ß",
            "\uff0a",
            "-",
            "plc.del",
            "aws:tag");
    Arbitrary<String> huge = nasty.filter(text -> !text.isEmpty()).map(text -> text.repeat(20_000));
    Arbitrary<String> any = Arbitraries.strings().all().ofMaxLength(100);
    Arbitrary<String> good =
        Arbitraries.of(
            Setup.CLUSTER,
            "plc-" + "a".repeat(26),
            "ad-" + "a".repeat(16),
            "com.amazonaws.vpce.us-west-2.vpce-svc-0123456789abcdef0",
            "com.aliyuncs.privatelink.ap-southeast-1.epsrv-t4n1x9w2k0s7c5v3b8m6",
            "domnprzqrog.us-west-2");
    Arbitrary<String> almost =
        Combinators.combine(good, nasty, Arbitraries.integers().between(0, 60))
            .as(
                (text, more, at) ->
                    new StringBuilder(text).insert(Math.min(at, text.length()), more).toString());
    // The cluster's own id is no stranger: its connection would rightly be deleted.
    return Arbitraries.oneOf(nasty, any, almost, huge, good)
        .filter(text -> !text.equals(Setup.CLUSTER));
  }

  @Property(tries = 150)
  void anyText_inAnyPlace_isTakenAsItIsOrRefused(
      @ForAll("hostile") String text, @ForAll boolean aws) {
    try (Setup setup = new Setup(aws ? CloudProvider.AWS : CloudProvider.ALICLOUD)) {
      PrivateLinkConnection link = setup.active();
      PrivateLinkClient links = setup.links;
      ConnectionType type = aws ? AwsEndpointService.of(text) : AlicloudEndpointService.of(text);

      survives(() -> links.zones(text));
      survives(() -> links.list(ListRequest.of(text)));
      survives(
          () ->
              links.list(new ListRequest(Setup.CLUSTER, 10, Optional.of(text), Optional.empty())));
      survives(() -> links.check(Setup.CLUSTER, type));
      for (ConnectionRef ref :
          List.of(ConnectionRef.of(Setup.CLUSTER, text), ConnectionRef.of(text, link.id()))) {
        survives(() -> links.get(ref));
        survives(() -> links.delete(ref));
        survives(() -> links.awaitActive(ref, MINUTE));
        survives(() -> links.awaitDeleted(ref, MINUTE));
        survives(() -> links.refresh(ref));
        survives(() -> links.planDomain(ref, DomainRequest.managed()));
        survives(() -> links.attachDomain(ref, DomainRequest.managed()));
        survives(() -> links.detachDomain(ref, "ad-" + "a".repeat(16)));
      }
      survives(() -> links.detachDomain(link, text));
      survives(() -> links.attachDomain(link, DomainRequest.managed(text)));
      survives(() -> links.attachDomain(link, DomainRequest.confluent(text)));
      List<UnaryOperator<CreateConnectionRequest.Builder>> requests =
          List.of(
              request -> request.clusterId(text),
              request -> request.displayName(text),
              request -> request.requestId(text),
              request -> request.createdBy(text),
              request -> request.type(type),
              request -> request.putExtraLabels(text, "value"),
              request -> request.putExtraLabels("key", text));
      for (UnaryOperator<CreateConnectionRequest.Builder> change : requests) {
        survives(() -> create(links, change.apply(setup.request()).build()));
      }

      assertThat(links.get(link).id()).isEqualTo(link.id());
      assertPlain(setup.cloud);
    }
  }

  /** What is accepted comes back as it was given. */
  private static void create(PrivateLinkClient links, CreateConnectionRequest request) {
    PrivateLinkConnection made = links.create(request);
    PrivateLinkConnection read = links.get(made);
    assertThat(read.displayName()).isEqualTo(request.displayName());
    assertThat(read.createdBy()).isEqualTo(request.createdBy());
  }

  private static void survives(Runnable operation) {
    try {
      operation.run();
    } catch (PrivateLinkException e) {
      String message = String.valueOf(e.getMessage());
      assertThat(message).hasSizeLessThan(LONGEST_MESSAGE);
      assertThat(message.codePoints())
          .as(message)
          .noneMatch(Character::isISOControl)
          .noneMatch(c -> Character.getType(c) == Character.FORMAT)
          .noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    }
  }

  private static void assertPlain(InMemoryCloud cloud) {
    for (Endpoint endpoint : cloud.endpoints()) {
      assertThat(endpoint.labels().keySet()).allMatch(key -> key.matches("[A-Za-z0-9._-]{1,64}"));
      assertThat(endpoint.labels().values())
          .allMatch(value -> value.matches("[A-Za-z0-9._-]{0,128}"));
    }
    assertThat(cloud.zones())
        .extracting(DnsZone::name)
        .allMatch(name -> name.matches("[a-z0-9-]+(\\.[a-z0-9-]+)+"));
  }
}
