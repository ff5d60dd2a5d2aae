package io.privatelink4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.privatelink4j.examples.docs.Documents;
import io.privatelink4j.examples.openapi.ApiSchema;
import io.privatelink4j.examples.openapi.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlcTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String CLUSTER = MemoryWorld.AWS_CLUSTER;

  @TempDir private Path folder;
  private final ApiSchema schema = new ApiSchema();
  private Shell shell = new Shell();

  @BeforeEach
  void begin() {
    shell = Shell.onWorld(folder.resolve("world.jsonl"));
  }

  @ParameterizedTest
  @CsvSource({
    MemoryWorld.AWS_CLUSTER + ",--aws.endpoint-service-name,0",
    MemoryWorld.ALICLOUD_CLUSTER + ",--alicloud.endpoint-service-name,1"
  })
  void json_isThatOfTheApi(String cluster, String serviceFlag, int number) throws IOException {
    String service = service(number);
    json("GetAvailabilityZonesResponse", "zones", "-c", cluster);
    String id =
        json(
                "PrivateLinkConnection",
                "create",
                "-c",
                cluster,
                "--display-name",
                "注文",
                serviceFlag,
                service)
            .get("privateLinkConnectionId")
            .textValue();
    shell.run("memory", "accept", service);
    String[] link = {"-c", cluster, "-p", id};
    assertThat(json("PrivateLinkConnection", with(link, "wait")).get("state").textValue())
        .isEqualTo("ACTIVE");
    String uniqueName =
        json("AttachDomain", with(link, "attach-domains", "--dry-run"))
            .get("uniqueName")
            .textValue();
    JsonNode attached =
        json("AttachDomain", with(link, "attach-domains", "--unique-name", uniqueName));
    assertThat(json("PrivateLinkConnection", with(link, "describe")).get("displayName").textValue())
        .isEqualTo("注文");
    json(
        "ListPrivateLinkConnectionsResponse",
        "list",
        "-c",
        cluster,
        "--page-size",
        "1",
        "--state",
        "ACTIVE");
    json(
        "AttachDomain",
        with(
            link,
            "detach-domains",
            "--attach-domain-id",
            attached.get("attachDomainId").textValue()));
    json("PrivateLinkConnection", with(link, "delete", "--force"));
    assertThat(shell.run(with(link, "wait", "--deleted")).exit()).isZero();
    Shell.Shown gone = shell.run(with(link, "get", "-o", "json"));
    assertThat(gone.exit()).isEqualTo(Failure.NOT_FOUND.exitCode());
    assertThat(schema.problems("Status", gone.err())).isEmpty();
  }

  @Test
  void jsonOfWhatTheApiDoesNotHave_isJson() throws IOException {
    String id = create();
    JsonNode check =
        node(
            shell.run(
                "check", "-c", CLUSTER, "--aws.endpoint-service-name", service(0), "-o", "json"));
    assertThat(check.get("ok").booleanValue()).isTrue();
    assertThat(check.at("/findings").findValuesAsText("code"))
        .contains("ACCEPTANCE_REQUIRED", "DUPLICATE_LINK");
    JsonNode listeners =
        node(
            shell.run(
                "listeners", "-c", CLUSTER, "-p", id, "--broker", "b1=usw2-az1", "-o", "json"));
    assertThat(listeners.at("/listeners/0/port").intValue()).isEqualTo(9093);
    shell.run("memory", "reject", service(0));
    JsonNode drifts = node(shell.run("reconcile", "-c", CLUSTER, "-o", "json"));
    assertThat(drifts.at("/drifts/0/code").textValue()).isEqualTo("LINK_REJECTED");
    JsonNode repairs = node(shell.run("reconcile", "-c", CLUSTER, "--repair", "-o", "json"));
    assertThat(repairs.at("/repairs/0/outcome").textValue()).isEqualTo("LEFT");
  }

  @Test
  void exitCodes_tellWhatWentWrong() {
    String id = create();
    String[] link = {"-c", CLUSTER, "-p", id};
    exits(Failure.NOT_FOUND, "zones", "-c", "1");
    exits(Failure.WAIT_TIMEOUT, with(link, "wait", "--timeout", "90s"));
    assertThat(exits(Failure.CONFLICT, with(link, "attach-domains")).err())
        .endsWith("Wait until it is ACTIVE, then attach\n");
    exits(Failure.CONFLICT, create("other", "op-1", service(0)));
    exits(Failure.SERVICE_NOT_USABLE, create("closed", "op-2", published("aws")));
    assertThat(
            shell.run("check", "-c", CLUSTER, "--aws.endpoint-service-name", "vpce-svc-1").exit())
        .isEqualTo(Failure.SERVICE_NOT_USABLE.exitCode());
    shell.run("memory", "reject", service(0));
    exits(Failure.CONNECTION_FAILED, with(link, "wait"));
    assertThat(shell.run("reconcile", "-c", CLUSTER).exit()).isEqualTo(Plc.FOUND);
    assertThat(shell.run(with(link, "listeners", "--advertised", "b1.example.com:9093")).exit())
        .isEqualTo(Plc.FOUND);
  }

  @Test
  void listeners_checksBrokersFiles() throws IOException {
    String id = create();
    String[] link = {"-c", CLUSTER, "-p", id};
    String apex = id.substring("plc-".length()) + ".aws.tidbcloud.com";
    Path good = folder.resolve("b1.properties");
    Files.writeString(
        good,
        """
        listeners=INTERNAL://:9092,EXTERNAL://:39092
        advertised.listeners=INTERNAL://10.0.1.10:9092,\\
          EXTERNAL://b1.usw2-az1.%s:9093
        inter.broker.listener.name=INTERNAL
        listener.security.protocol.map=INTERNAL:PLAINTEXT,EXTERNAL:SASL_SSL
        """
            .formatted(apex));
    Path bad = folder.resolve("b2.txt");
    Files.writeString(bad, "b2.us-west-2b." + apex + ":9094");

    assertThat(shell.run(with(link, "listeners", "--server-properties", good.toString())).out())
        .contains("nothing is wrong");
    Shell.Shown found =
        shell.run(
            with(
                link,
                "listeners",
                "--broker",
                "b1=usw2-az1",
                "--server-properties",
                good.toString(),
                "--server-properties",
                bad.toString()));
    assertThat(found.exit()).isEqualTo(Plc.FOUND);
    assertThat(found.out()).contains("AZ_NAME").contains("UNKNOWN_BROKER");
    assertThat(shell.run(with(link, "listeners", "--server-properties", "none")).err())
        .contains("cannot read none");
  }

  @Test
  void verifyDomain_tellsWhereNamesLead() throws IOException {
    String id = create();
    String[] link = {"-c", CLUSTER, "-p", id};
    String apex = id.substring("plc-".length()) + ".aws.tidbcloud.com";
    shell.run("memory", "accept", service(0));
    shell.run(with(link, "wait"));
    Shell.Shown before = shell.run(with(link, "verify-domain"));
    assertThat(before.exit()).isEqualTo(Plc.FOUND);
    assertThat(before.out().lines()).hasSize(4).allMatch(line -> line.startsWith("NOWHERE "));
    shell.run(with(link, "attach-domains"));

    JsonNode all = node(shell.run(with(link, "verify-domain", "-o", "json")));
    assertThat(all.get("ok").booleanValue()).isTrue();
    assertThat(all.get("apex").textValue()).isEqualTo(apex);
    assertThat(all.at("/names/1/zoneId").textValue()).isEqualTo("usw2-az1");
    assertThat(all.at("/names/1/addresses")).hasSize(1);
    Shell.Shown two =
        shell.run(with(link, "verify-domain", "--host", "b1." + apex, "--host", "b1.example.com"));
    assertThat(two.exit()).isEqualTo(Plc.FOUND);
    assertThat(two.out().lines()).hasSize(2).first().asString().startsWith("CORRECT b1.");
  }

  @Test
  void aWorldThatSaysToServe_doesNot() throws IOException {
    Path world = folder.resolve("edited.jsonl");
    Shell edited = Shell.onWorld(world);
    edited.run("zones", "-c", CLUSTER);
    Files.writeString(
        world,
        "{\"at\":\"2026-01-01T00:02:00Z\",\"args\":[\"serve\",\"--cloud\",\"memory\",\"--port\",\"0\"]}\n",
        StandardOpenOption.APPEND);

    assertThat(edited.run("memory", "pass", "1s").out()).startsWith("it is 2026-01-01T00:03:01Z");
  }

  @Test
  void aWrongArgument_beforeTheFormat_isAStatusToo() {
    Shell.Shown shown =
        new Shell().run("list", "-c", CLUSTER, "--page-size", "x", "--output=json", "--bogus");

    assertThat(schema.problems("Status", shown.err())).isEmpty();
    assertThat(new Shell().run("zones", "-o", "xml").err()).startsWith("plc: INVALID_REQUEST: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bogus",
        "zones",
        "zones -c",
        "zones -c 10581234 --cloud moon",
        "list -c 10581234 --state SLEEPING",
        "list -c 10581234 --page-size 0",
        "list -c 10581234 --page-token forged",
        "wait -c 10581234 -p plc-1 --timeout soon",
        "zones -c 10581234 --operation-timeout 0s",
        "zones -c 10581234 --endpoint-url http://[",
        "create -c 10581234 --display-name a",
        "create -c 10581234 --display-name a --type ALICLOUD_ENDPOINT_SERVICE --aws.endpoint-service-name b",
        "reconcile -c 10581234 --repair --repair-at-once",
        "delete -c 10581234 -p plc-1",
        "verify-domain -c 10581234 -p plc-aaaaaaaaaaaaaaaaaaaaaaaaaa --server 127.0.0.1",
        "verify-domain -c 10581234 -p plc-1",
        "probe -c 10581234 -p plc-aaaaaaaaaaaaaaaaaaaaaaaaaa --port 9092",
        "listeners -c 10581234 -p plc-1 --advertised a:1 --server-properties b",
        "memory",
        "memory accept nothing",
        "memory allow com.amazonaws.vpce.us-west-2.vpce-svc-0b166305afb02f2f8 nobody",
        "@/etc/hostname",
      })
  void aWrongCommand_isRefused(String command) {
    Shell.Shown shown = shell.run(command.split(" ", -1));

    assertThat(shown.exit()).isEqualTo(Failure.INVALID_REQUEST.exitCode());
    assertThat(shown.err()).isNotEmpty();
    assertThat(shown.out()).isEmpty();
  }

  @Test
  void aClosedService_canBeOpened() {
    String service = published("aws");
    assertThat(shell.run("memory", "allow", service, "111122223333").exit()).isZero();

    assertThat(shell.run(create("orders", "op-9", service)).exit()).isZero();
    assertThat(shell.run("memory", "pass", "2h").out()).startsWith("it is 2026-01-01T02:");
    assertThat(shell.run("memory", "services").out()).containsPattern(service + " +\\{vpce-");
  }

  @Test
  void aWorld_endsBeforeItsClockDoes() {
    shell.run("memory", "pass", "999999h");
    assertThat(exits(Failure.INVALID_REQUEST, "memory", "pass", "999999h").err())
        .contains("a world ends at 2200-01-01T00:00:00Z");
    shell.run("memory", "pass", "525000h");
    assertThat(shell.run("memory", "pass", "1h").out()).startsWith("it is 2199-");
  }

  @Test
  void list_showsAllPages() {
    for (int i = 0; i < 3; i++) {
      shell.run(create("link-" + i, "op-" + i, service(0)));
    }

    assertThat(shell.run("list", "-c", CLUSTER).out()).contains("link-0", "link-1", "link-2");
    assertThat(shell.run("list", "-c", CLUSTER, "--page-size", "2").out())
        .contains("link-0", "link-1", "more: --page-token ")
        .doesNotContain("link-2");
  }

  @Test
  void delete_asksAtATerminal() {
    String id = create();

    Shell.Shown no = shell.atTerminal("no\n", "delete", "-c", CLUSTER, "-p", id);
    assertThat(no.exit()).isEqualTo(Failure.INVALID_REQUEST.exitCode());
    assertThat(no.err()).startsWith("Delete " + id).contains("nothing was deleted");
    assertThat(shell.atTerminal("yes\n", "delete", "-c", CLUSTER, "-p", id).exit()).isZero();
    assertThat(shell.run("wait", "-c", CLUSTER, "-p", id, "--deleted").exit()).isZero();
    exits(Failure.NOT_FOUND, "get", "-c", CLUSTER, "-p", id);
  }

  @Test
  void operationTimeout_endsWhatTakesLonger_andCanBeRepeated() {
    String id = create();
    shell.run("memory", "accept", service(0));
    String[] link = {"-c", CLUSTER, "-p", id};
    shell.run(with(link, "wait"));

    exits(Failure.WAIT_TIMEOUT, with(link, "attach-domains", "--operation-timeout", "9s"));
    Shell.Shown attached = shell.run(with(link, "attach-domains", "--operation-timeout", "14m"));
    assertThat(attached.out()).contains("ATTACHED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "15m  | --operation-timeout must be less than 15m",
        "90   | a number with s, m or h, such as 30m, not 90",
        "-5s  | a number with s, m or h, such as 30m, not -5s",
      })
  void operationTimeout_thatIsNoneOrTooLong_isToldSo(String timeout, String message) {
    assertThat(
            exits(Failure.INVALID_REQUEST, "zones", "-c", CLUSTER, "--operation-timeout=" + timeout)
                .err())
        .contains(message);
    assertThat(folder.resolve("world.jsonl")).doesNotExist();
  }

  @Test
  void version_isThatOfTheBuild() throws IOException {
    String pom = Documents.read("pom.xml");

    Shell.Shown shown = new Shell().run("--version");

    assertThat(shown.exit()).isZero();
    assertThat(shown.out()).matches("plc \\d+\\.\\d+\\.\\d+\\S*\\R");
    assertThat(pom).contains("<version>" + shown.out().strip().substring(4) + "</version>");
    assertThat(new Shell().run("--help").out()).containsPattern("-V, --version +Shows the version");
    assertThat(new Shell().run("zones", "--help").out()).doesNotContain("--version");
  }

  @Test
  void wait_atATerminal_showsTheTime() {
    String id = create();

    Shell.Shown shown = shell.atTerminal("", "wait", "-c", CLUSTER, "-p", id, "--timeout", "90s");
    assertThat(shown.err())
        .contains("\r00:00:30  waiting", "\r\u001b[K00:00:00  PENDING_ACCEPTANCE: ");
    Shell.Shown deleted =
        shell.atTerminal("", "wait", "-c", CLUSTER, "-p", id, "--deleted", "--timeout", "90s");
    assertThat(deleted.err()).contains("\r00:00:30  waiting", "plc: WAIT_TIMEOUT: ");
  }

  @Test
  void aName_cannotCommandTheTerminal() {
    String id = create();
    shell.run(create("evil\u001b[2J\u202e", "op-2", service(0)));

    Shell.Shown list = shell.run("list", "-c", CLUSTER);
    assertThat(list.out()).contains(id, "evil\\u001b[2J\\u202e").doesNotContain("\u001b");
    assertThat(shell.run("bad\u001b[2J").err()).contains("bad\\u001b");
  }

  @Test
  void realClouds_needAFileOfClusters() throws IOException {
    assertThat(new Shell("--cloud", "real").run("zones", "-c", "1").err())
        .contains("--clusters FILE");
    Path file = clusters();
    Shell real = new Shell("--cloud", "real", "--clusters", file.toString());
    assertThat(real.run("zones", "-c", "1").exit()).isEqualTo(Failure.NOT_FOUND.exitCode());
    assertThat(real.run("memory", "services").err()).contains("--cloud memory");
    assertThat(shell.run("zones", "-c", "10581234", "--endpoint-url", "http://127.0.0.1:1").err())
        .startsWith("plc: INVALID_REQUEST: --endpoint-url is for real clouds");
    assertThat(real.run("zones", "-c", "1", "--endpoint-url", "http://example.com").err())
        .startsWith("plc: INVALID_REQUEST: --endpoint-url: ");
  }

  private Path clusters() throws IOException {
    return Files.writeString(folder.resolve("clusters.yaml"), "clusters: {}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "probe --port 0",
        "probe --port 9092 --timeout 48h",
        "probe --port 9092 --server a/b",
        "probe --port 9092 --server me@127.0.0.1",
        "probe --port 9092 --server 127.0.0.1:99999",
        "verify-domain --server nowhere.invalid",
        "verify-domain --server ::1",
      })
  void aWrongPort_timeoutOrServer_isRefused_beforeAnyCloudIsAsked(String command)
      throws IOException {
    Path file = clusters();
    Shell.Shown shown =
        new Shell("--cloud", "real", "--clusters", file.toString())
            .run(
                with(
                    new String[] {"-c", "1", "-p", "plc-" + "a".repeat(26)},
                    command.split(" ", -1)));

    assertThat(shown.exit()).as(shown.err()).isEqualTo(Failure.INVALID_REQUEST.exitCode());
    assertThat(shown.err())
        .containsAnyOf(
            "--port must be 1 to 65535", "--timeout: patience must be", "cannot ask --server ");
  }

  @Test
  void wrongArguments_areAStatusToo() {
    Shell.Shown shown = shell.run("memory", "accept", "nothing", "-o", "json");

    assertThat(shown.err()).contains("INVALID_REQUEST");
    assertThat(schema.problems("Status", shown.err())).isEmpty();
  }

  @Test
  void debug_showsWhereItComesFrom() {
    assertThat(shell.run("zones", "-c", "1", "-D").err()).contains("\tat io.privatelink4j.");
  }

  @Test
  void completion_knowsAllCommands() {
    assertThat(new Shell().run("completion").out())
        .startsWith("#!/usr/bin/env bash")
        .contains("attach-domains", "--private-link-connection-id", "reject");
  }

  private JsonNode json(String definition, String... args) throws IOException {
    Shell.Shown shown = shell.run(with(args, "-o", "json"));
    assertThat(shown.exit()).as(shown.all()).isZero();
    assertThat(schema.problems(definition, shown.out())).isEmpty();
    return node(shown);
  }

  private static JsonNode node(Shell.Shown shown) throws IOException {
    return MAPPER.readTree(shown.out());
  }

  private String create() {
    String line =
        shell.run(create("orders", "op-1", service(0))).out().lines().findFirst().orElseThrow();
    return line.substring(line.lastIndexOf(' ') + 1);
  }

  private static String[] create(String name, String requestId, String service) {
    return new String[] {
      "create",
      "-c",
      CLUSTER,
      "--display-name",
      name,
      "--request-id",
      requestId,
      "--aws.endpoint-service-name",
      service
    };
  }

  private String service(int number) {
    return shell.run("memory", "services").out().lines().toList().get(number).split(" ", -1)[0];
  }

  private String published(String cloud) {
    return shell.run("memory", "publish", cloud).out().strip();
  }

  private Shell.Shown exits(Failure failure, String... args) {
    Shell.Shown shown = shell.run(args);
    assertThat(shown.err()).contains("plc: " + failure + ": ");
    assertThat(shown.exit()).isEqualTo(failure.exitCode());
    return shown;
  }

  private static String[] with(String[] args, String... more) {
    return Stream.concat(Arrays.stream(more), Arrays.stream(args)).toArray(String[]::new);
  }
}
