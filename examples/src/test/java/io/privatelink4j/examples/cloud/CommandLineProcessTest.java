package io.privatelink4j.examples.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.examples.dns.LoopbackDns;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;

/** The command line on clouds that are none in memory, each command a process of its own. */
@Timeout(180)
class CommandLineProcessTest {
  private static final int CLOUD_UNAVAILABLE = 11;
  private static final int FOUND = 18;

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>(FakeCloudProcess.CREDENTIALS);
  private final List<String> all = new ArrayList<>();
  private String endpointUrl = "";

  /** Whatever is shown meanwhile, of failures too, has no secret. */
  @ParameterizedTest
  @CsvSource({"aws, vpce-", "alicloud, ep-"})
  void connection_isMade_verified_probed_andDeleted(String name, String endpoint) throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (FakeCloudProcess cloud = new FakeCloudProcess(name, Instant.now(), 10);
        LoopbackDns dns = new LoopbackDns(host -> Optional.of(answer(host, loopback)));
        ServerSocket kafka = new ServerSocket(0, 1, loopback)) {
      String service = prepare(cloud.arguments("c1"));
      String server = "127.0.0.1:" + dns.address().getPort();

      String id =
          plc(
                  0,
                  "create",
                  "--display-name",
                  "orders",
                  "--" + name + ".endpoint-service-name",
                  service)
              .get(0)
              .replaceFirst("ID +", "");
      assertThat(plc(0, "wait", "-p", id)).contains("State     ACTIVE");
      assertThat(plc(0, "verify-domain", "-p", id, "--server", server))
          .hasSizeGreaterThan(1)
          .allMatch(line -> line.startsWith("CORRECT check-"));
      String port = String.valueOf(kafka.getLocalPort());
      assertThat(plc(0, "probe", "-p", id, "--port", port, "--server", server))
          .singleElement()
          .asString()
          .startsWith("OPEN 127.0.0.1:" + port + " (" + endpoint);
      String closed = String.valueOf(freePort(loopback));
      assertThat(plc(FOUND, "probe", "-p", id, "--port", closed, "--server", server))
          .singleElement()
          .asString()
          .startsWith("REFUSED 127.0.0.1:" + closed);
      plc(0, "delete", "-p", id, "--force");
      plc(0, "wait", "-p", id, "--deleted");

      endpointUrl = "http://127.0.0.1:" + freePort(loopback);
      plc(CLOUD_UNAVAILABLE, "list", "--operation-timeout", "3s");
      assertThat(cloud.leftovers()).isEqualTo("left: endpoints=0 zones=0");
    }
    assertThat(String.join("\n", all))
        .contains("CLOUD_UNAVAILABLE", "\tat ")
        .doesNotContain(FakeCloudProcess.SECRETS)
        .doesNotContain("Signature");
  }

  private static int freePort(InetAddress address) throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, address)) {
      return socket.getLocalPort();
    }
  }

  /** Writes the file of clusters; returns the service. */
  private String prepare(List<String> arguments) throws IOException {
    Map<String, String> flags = new HashMap<>();
    for (int i = 0; i < arguments.size(); i += 2) {
      flags.put(arguments.get(i), arguments.get(i + 1));
    }
    Path file = folder.resolve("clusters.yaml");
    Files.writeString(
        file,
        """
        clusters:
          c1:
            - cloud: %s
              region: %s
              vpcId: %s
              subnetIds: [%s]
              securityGroupIds: [%s]
        """
            .formatted(
                flags.get("--cloud").toUpperCase(Locale.ROOT),
                flags.get("--region"),
                flags.get("--vpc"),
                flags.get("--subnets"),
                flags.getOrDefault("--security-groups", "")));
    environment.put("PLC_CLUSTERS", file.toString());
    endpointUrl = flags.get("--endpoint-url");
    return flags.get("--service");
  }

  private List<String> plc(int exit, String... command) throws InterruptedException {
    List<String> line = new ArrayList<>(List.of("io.privatelink4j.examples.cli.Plc"));
    line.addAll(List.of(command));
    line.addAll(List.of("-c", "c1", "--cloud", "real", "-D", "--endpoint-url", endpointUrl));
    try (ChildJvm process =
        new ChildJvm(System.getProperty("java.class.path"), environment, line)) {
      List<String> lines = process.awaitEnd();
      all.addAll(lines);
      assertThat(process.exitCode()).as("%s", lines).isEqualTo(exit);
      return lines;
    }
  }

  private static LoopbackDns.Answer answer(String name, InetAddress address) {
    try {
      Record record = new ARecord(Name.fromString(name, Name.root), DClass.IN, 60, address);
      return new LoopbackDns.Answer(Rcode.NOERROR, List.of(record));
    } catch (TextParseException e) {
      throw new IllegalStateException(e);
    }
  }
}
