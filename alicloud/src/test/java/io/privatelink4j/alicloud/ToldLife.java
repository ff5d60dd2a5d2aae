package io.privatelink4j.alicloud;

import com.aliyuncs.auth.BasicSessionCredentials;
import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.model.AlicloudEndpointService;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.ListRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.spi.DriverContext;
import io.privatelink4j.spi.Pacing;
import io.privatelink4j.testing.ManualTime;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A process in which connections live while each action of theirs fails once in every way. It
 * prints all that there is to print, and writes the secrets that it used into the file that it is
 * given.
 */
final class ToldLife {
  private static final String CLUSTER = "10581234";
  private static final List<String> ZONES = AlicloudCloud.ZONES;
  private static final Set<String> SECRETS = new TreeSet<>(List.of(Keys.SECRET));

  private final FakeAlicloud fake = new FakeAlicloud();
  private final ClusterNetwork network = fake.addNetwork();
  private final AlicloudOptions options;
  private final PrivateLinkClient links;

  private ToldLife(AlicloudOptions.Signature signature, String secret) {
    fake.addKey(Keys.KEY_ID, Keys.SECRET, Optional.of(Keys.TOKEN));
    options =
        AlicloudOptions.builder()
            .endpoint(fake.uri())
            .credentials(() -> new BasicSessionCredentials(Keys.KEY_ID, secret, Keys.TOKEN, 3_600))
            .signature(signature)
            .build();
    links =
        PrivateLinkClient.builder()
            .provider(new AlicloudPrivateLinkProvider(options))
            .time(fake.time())
            .executor(Runnable::run)
            .pacing(new Pacing(fake.time(), List.of()))
            .random(new Random(1))
            .clusters(id -> List.of(network))
            .build();
  }

  public static void main(String[] arguments) throws IOException {
    for (AlicloudOptions.Signature signature : AlicloudOptions.Signature.values()) {
      live(signature, Keys.SECRET, fake -> {});
      live(signature, "wrong" + Keys.SECRET, fake -> {});
      for (Trouble trouble : Trouble.values()) {
        live(signature, Keys.SECRET, trouble::strikeEachAction);
      }
    }
    Files.write(Path.of(arguments[0]), SECRETS);
  }

  private static void live(
      AlicloudOptions.Signature signature, String secret, Consumer<FakeAlicloud> trouble) {
    ToldLife life = new ToldLife(signature, secret);
    trouble.accept(life.fake);
    try {
      life.live();
      life.fake.requests().forEach(ToldLife::remember);
    } finally {
      life.links.close();
      life.fake.close();
    }
  }

  private static void remember(FakeRequest request) {
    request.parameter("Signature").ifPresent(SECRETS::add);
    String header = request.header("authorization");
    int signature = header.indexOf("Signature=");
    if (signature >= 0) {
      SECRETS.add(header.substring(signature + "Signature=".length()));
    }
    for (String value :
        List.of(
            request.parameter("AccessKeyId").orElse(""),
            request.parameter("SecurityToken").orElse(""),
            request.header("x-acs-security-token"))) {
      if (!value.isEmpty()) {
        SECRETS.add(value);
      }
    }
  }

  private void live() {
    AlicloudPrivateLinkProvider provider = new AlicloudPrivateLinkProvider(options);
    for (Object each : List.of(options, provider, links)) {
      System.out.println(each);
    }
    try (var driver = provider.open(new DriverContext(new ManualTime()))) {
      System.out.println(driver + " " + driver.traits() + " " + driver.scope(network));
    }
    String name = fake.publish(ZONES, true);
    fake.allow(name);
    ConnectionType type = AlicloudEndpointService.of(name);
    CreateConnectionRequest request =
        CreateConnectionRequest.builder()
            .clusterId(CLUSTER)
            .displayName("orders-kafka")
            .type(type)
            .requestId("op-1")
            .build();
    tell(() -> links.zones(CLUSTER));
    tell(() -> links.check(CLUSTER, type));
    Optional<PrivateLinkConnection> made = tell(() -> links.create(request));
    if (made.isEmpty()) {
      return;
    }
    PrivateLinkConnection link = made.get();
    fake.advance(Duration.ofSeconds(15));
    tell(() -> links.get(link));
    fake.accept(link.endpointId());
    tell(() -> links.awaitActive(link, Duration.ofMinutes(5)));
    tell(() -> links.list(ListRequest.of(CLUSTER)));
    tell(() -> links.planDomain(link, DomainRequest.managed()));
    Optional<DomainAttachment> domain =
        tell(() -> links.attachDomain(link, DomainRequest.managed()));
    domain.ifPresent(each -> tell(() -> links.detachDomain(link, each.id())));
    tell(() -> links.delete(link));
    tell(
        () -> {
          links.awaitDeleted(link, Duration.ofMinutes(5));
          return "gone";
        });
  }

  /** Again and again, as each of its calls may fail once. */
  private static <T> Optional<T> tell(Supplier<T> call) {
    for (int i = 0; i < AlicloudTraits.TRAITS.actions().size(); i++) {
      try {
        T result = call.get();
        System.out.println(result);
        return Optional.of(result);
      } catch (PrivateLinkException e) {
        System.out.println("failed: " + e + " " + e.details());
        e.printStackTrace(System.out);
      }
    }
    return Optional.empty();
  }

  private enum Trouble {
    DROPPED,
    LOST,
    CUT,
    REFUSED,
    QUOTED,
    PAGE;

    void strikeEachAction(FakeAlicloud fake) {
      AlicloudTraits.TRAITS.actions().values().stream()
          .map(action -> action.name())
          .distinct()
          .forEach(name -> strike(fake, request -> request.action().equals(name)));
    }

    private void strike(FakeAlicloud fake, Predicate<FakeRequest> which) {
      switch (this) {
        case DROPPED -> fake.dropNext(which);
        case LOST -> fake.loseNextReply(which);
        case CUT -> fake.truncateNextReply(which);
        case REFUSED ->
            fake.answerNext(which, FakeReply.error(403, "Forbidden.RAM", "Not allowed: " + url()));
        case QUOTED ->
            fake.answerNext(which, FakeReply.error(400, "InvalidParameter", "Bad is " + url()));
        case PAGE -> fake.answerNext(which, FakeReply.foreign(502, "text/html", url()));
      }
    }

    private static String url() {
      return "https://pvtz.aliyuncs.com/?AccessKeyId="
          + Keys.KEY_ID
          + "&SecurityToken="
          + URLEncoder.encode(Keys.TOKEN, StandardCharsets.UTF_8)
          + "&Signature=c2lnbmF0dXJlIG9m&raw="
          + Keys.TOKEN;
    }
  }
}
