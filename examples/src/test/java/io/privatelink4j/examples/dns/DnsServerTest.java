package io.privatelink4j.examples.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.examples.dns.LoopbackDns.Answer;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.DomainVerification;
import io.privatelink4j.model.NameCheck;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.testing.InMemoryCloud;
import io.privatelink4j.testing.OwnedService;
import io.privatelink4j.testing.Resolution;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;

class DnsServerTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final InetAddress ADDRESS = address(10, 0, 1, 2);

  private static InetAddress address(int... bytes) {
    try {
      return InetAddress.getByAddress(
          new byte[] {(byte) bytes[0], (byte) bytes[1], (byte) bytes[2], (byte) bytes[3]});
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Name name(String text) {
    try {
      return Name.fromString(text, Name.root);
    } catch (TextParseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Record a(String name, InetAddress address) {
    return new ARecord(name(name), DClass.IN, 60, address);
  }

  private static Optional<Answer> found(Record... records) {
    return Optional.of(new Answer(Rcode.NOERROR, List.of(records)));
  }

  private static Optional<Answer> failed(int rcode) {
    return Optional.of(new Answer(rcode, List.of()));
  }

  @Test
  void answers_areAddresses() throws Exception {
    try (LoopbackDns dns =
        new LoopbackDns(
            name ->
                switch (name) {
                  case "two.example" -> found(a(name, ADDRESS), a(name, address(10, 0, 1, 3)));
                  case "alias.example" ->
                      found(new CNAMERecord(name(name), DClass.IN, 60, name("one.example")));
                  case "one.example" -> found(a(name, ADDRESS));
                  case "empty.example" -> found();
                  default -> failed(Rcode.NXDOMAIN);
                })) {
      DnsServer server = new DnsServer(dns.address(), LONG);

      assertThat(server.apply("two.example"))
          .containsExactlyInAnyOrder(ADDRESS, address(10, 0, 1, 3));
      assertThat(server.apply("alias.example")).containsExactly(ADDRESS);
      assertThat(server.apply("empty.example")).isEmpty();
      assertThat(server.apply("none")).as("without search domains").isEmpty();
      assertThat(dns.asked()).contains("alias.example", "one.example", "none");
      int before = dns.asked().size();
      server.apply("two.example");
      assertThat(dns.asked()).as("no cache").hasSize(before + 1);
    }
  }

  @Test
  void serverThatCannotTell_fails() throws Exception {
    try (LoopbackDns dns = new LoopbackDns(name -> failed(Rcode.SERVFAIL))) {
      DnsServer server = new DnsServer(dns.address(), LONG);

      assertThatIllegalStateException()
          .isThrownBy(() -> server.apply("b1.example"))
          .withMessageContaining("gave no answer");
      assertThatIllegalStateException()
          .isThrownBy(() -> server.apply("x".repeat(64) + ".example"))
          .withMessageContaining("no name that DNS can have");
    }
  }

  @Test
  void queryThatIsLost_isSentAgain() throws Exception {
    AtomicBoolean lost = new AtomicBoolean();
    try (LoopbackDns dns =
        new LoopbackDns(
            name -> lost.getAndSet(true) ? found(a(name, ADDRESS)) : Optional.empty())) {
      assertThat(new DnsServer(dns.address(), Duration.ofSeconds(3)).apply("b1.example"))
          .containsExactly(ADDRESS);
      assertThat(dns.asked()).hasSize(2);
    }
  }

  @Test
  void serverThatIsSilent_fails() throws Exception {
    try (LoopbackDns dns = new LoopbackDns(name -> Optional.empty())) {
      DnsServer server = new DnsServer(dns.address(), Duration.ofMillis(300));

      assertThatIllegalStateException()
          .isThrownBy(() -> server.apply("b1.example"))
          .withMessageContaining("gave no answer");
    }
  }

  @Test
  void interruptedThread_givesUp() throws Exception {
    try (LoopbackDns dns = new LoopbackDns(name -> Optional.empty())) {
      DnsServer server = new DnsServer(dns.address(), LONG);
      Thread.currentThread().interrupt();

      assertThatIllegalStateException()
          .isThrownBy(() -> server.apply("b1.example"))
          .withMessage("interrupted");
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void badArguments_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new DnsServer(InetSocketAddress.createUnresolved("dns.example", 53), LONG))
        .withMessageContaining("dns.example has no address");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new DnsServer(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 53), Duration.ZERO))
        .withMessageContaining("patience must be 1 ms or more");
  }

  @Test
  void verifyDomain_findsTheWrongZone_asTheServerAnswers() throws Exception {
    InMemoryCloud cloud = InMemoryCloud.aws();
    OwnedService kafka = cloud.publish().allow(cloud.accountId()).acceptAutomatically();
    try (PrivateLinkClient links =
            PrivateLinkClient.builder()
                .provider(cloud)
                .time(cloud.time())
                .clusters(id -> List.of(cloud.network()))
                .build();
        LoopbackDns dns = new LoopbackDns(name -> answer(cloud, name))) {
      PrivateLinkConnection link =
          links.awaitActive(
              links.create(
                  CreateConnectionRequest.builder()
                      .clusterId("c1")
                      .displayName("orders")
                      .type(kafka.type())
                      .build()),
              Duration.ofHours(1));
      links.attachDomain(link, DomainRequest.managed());
      cloud.editRecordOutOfBand(
          cloud.zones().get(0).id(), "*.usw2-az2", link.zonalHostNames().get("usw2-az1"));
      cloud.manualTime().advance(Duration.ofMinutes(2));
      String apex = links.planDomain(link, DomainRequest.managed()).apex();

      DomainVerification verification =
          links.verifyDomain(
              link,
              DomainRequest.managed(),
              Stream.of("b1.usw2-az1.", "b2.usw2-az2.").map(host -> host + apex).toList(),
              new DnsServer(dns.address(), LONG));

      assertThat(verification.names())
          .extracting(NameCheck::outcome)
          .containsExactly(NameCheck.Outcome.CORRECT, NameCheck.Outcome.WRONG_ZONE);
    }
  }

  /** As the cluster network's resolver answers: with the CNAME records that it followed. */
  private static Optional<Answer> answer(InMemoryCloud cloud, String name) {
    Resolution found = cloud.resolve(cloud.network(), name);
    if (found.status() != Resolution.Status.NOERROR) {
      return failed(Rcode.NXDOMAIN);
    }
    Stream.Builder<Record> records = Stream.builder();
    String last = name;
    for (String next : found.chain()) {
      records.add(new CNAMERecord(name(last), DClass.IN, 60, name(next)));
      last = next;
    }
    for (String zone : found.zoneIds()) {
      records.add(a(last, address(10, 0, 1, zone.charAt(zone.length() - 1))));
    }
    return found(records.build().toArray(Record[]::new));
  }
}
