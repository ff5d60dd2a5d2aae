package io.privatelink4j.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.kafka.ListenerProblem.Code;
import io.privatelink4j.model.DomainPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * Files in which users of such links erred, each with the thread that it is taken from, and correct
 * ones.
 */
class ListenerFilesTest {
  private static final String[] ZONES = {"usw2-az1", "usw2-az2", "usw2-az3"};
  private static final DomainPlan AWS = Domains.aws(List.of(ZONES), ZONES);
  private static final String[] ALICLOUD_ZONES = {
    "ap-southeast-1a", "ap-southeast-1b", "ap-southeast-1c"
  };
  private static final DomainPlan ALICLOUD =
      Domains.alicloud(List.of(ALICLOUD_ZONES), ALICLOUD_ZONES);
  private static final DomainPlan PDWNK6 = Domains.confluentNetwork("pdwnk6.us-west-2", ZONES);
  private static final DomainPlan FOUR_NY6K = Domains.confluentNetwork("4ny6k.us-west-2", ZONES);

  /**
   * A mistake and what has to be found.
   *
   * @param folder the folder of its files
   * @param found how many problems there are, all with this code
   * @param fix what one of them tells to do
   */
  private record Mistake(String folder, DomainPlan domain, Code code, int found, String fix) {
    boolean isAllOf(List<ListenerProblem> problems) {
      return problems.size() == found
          && problems.stream().allMatch(p -> p.code() == code)
          && problems.stream().anyMatch(p -> p.message().contains(fix));
    }
  }

  private static final List<Mistake> MISTAKES =
      List.of(
          new Mistake("az-name", AWS, Code.AZ_NAME, 1, "one of usw2-az1, usw2-az2, usw2-az3"),
          new Mistake(
              "zone-not-in-link",
              AWS,
              Code.CROSS_ZONE_NEEDED,
              1,
              "names the zone usw2-az4, in which the endpoint has no address"),
          new Mistake(
              "no-zone", AWS, Code.CROSS_ZONE_NEEDED, 1, "Put the broker's zone before the domain"),
          new Mistake(
              "shuffled-zones",
              AWS,
              Code.WRONG_ZONE,
              2,
              "Let it advertise b1.usw2-az2.abc.aws.tidbcloud.com."),
          new Mistake("port-used-by-all", AWS, Code.PORT_CLASH, 3, "Give the broker a port of its"),
          new Mistake(
              "account-local-names",
              AWS,
              Code.OTHER_DOMAIN,
              3,
              "Advertise a name that ends with \".abc.aws.tidbcloud.com\""),
          new Mistake(
              "load-balancer-name", AWS, Code.OTHER_DOMAIN, 3, "is the load balancer's own name"),
          new Mistake(
              "other-links-name",
              AWS,
              Code.OTHER_DOMAIN,
              3,
              "is a name of another connection's or network's domain"),
          new Mistake("suffix-cut-wrong", PDWNK6, Code.OTHER_DOMAIN, 1, "but another suffix"),
          new Mistake(
              "bootstrap-missing", PDWNK6, Code.BOOTSTRAP_MISSING, 1, "Add the bootstrap address"));

  private static final Map<String, DomainPlan> CORRECT =
      new TreeMap<>(
          Map.of("correct-aws", AWS, "correct-alicloud", ALICLOUD, "correct-confluent", FOUR_NY6K));

  @Test
  void mistakesOfThreads_areAllFound_andNoneInventedInCorrectFiles() {
    List<String> missed = new ArrayList<>();
    List<ListenerProblem> invented = new ArrayList<>();
    for (Mistake mistake : MISTAKES) {
      Map<String, String> files = files(mistake.folder());
      assertThat(files.values()).allMatch(text -> text.startsWith("# https://github.com/"));
      List<ListenerProblem> problems = KafkaListeners.checkFiles(files, mistake.domain());
      if (!mistake.isAllOf(problems)) {
        missed.add(mistake.folder() + ": " + problems);
      }
    }
    CORRECT.forEach(
        (folder, domain) -> invented.addAll(KafkaListeners.checkFiles(files(folder), domain)));

    System.out.printf(
        "listener files: %d of %d mistakes found, %d invented on %d correct files%n",
        MISTAKES.size() - missed.size(), MISTAKES.size(), invented.size(), CORRECT.size());
    assertThat(MISTAKES).hasSize(10);
    assertThat(CORRECT).hasSize(3);
    assertThat(missed).isEmpty();
    assertThat(invented).isEmpty();
  }

  @Test
  void correctFiles_passTheCheckAgainstTheirPlan() {
    ListenerPlan plan = plan();

    assertThat(plan.checkFiles(files("correct-aws"))).isEmpty();
  }

  // --- what only files say ---

  private static ListenerPlan plan() {
    return KafkaListeners.builder(AWS)
        .addBroker("b1", ZONES[0])
        .addBroker("b2", ZONES[1])
        .addBroker("b3", ZONES[2])
        .build();
  }

  /** The files of a correct cluster, one of which is edited. */
  private static List<ListenerProblem> edited(String from, String to) {
    Map<String, String> files = files("no-zone");
    String b2 = files.get("b2.properties").replace("b2.abc", "b2.usw2-az2.abc");
    assertThat(b2).contains(from);
    files.put("b2.properties", b2.replace(from, to));
    return KafkaListeners.checkFiles(files, AWS);
  }

  private static void assertOnly(List<ListenerProblem> problems, Code code, String message) {
    assertThat(problems).extracting(ListenerProblem::code).containsExactly(code);
    assertThat(problems.get(0).message()).contains(message);
  }

  @Test
  void listenerThatIsNotBound_isFound() {
    assertOnly(
        edited(",EXTERNAL://0.0.0.0:39092", ""),
        Code.NOT_LISTENING,
        "Add EXTERNAL://0.0.0.0:39092 to listeners");
  }

  @Test
  void twoListenersOnOnePort_areFound() {
    assertOnly(edited("0.0.0.0:39092", "0.0.0.0:9092"), Code.PORT_USED_TWICE, "port \"9092\"");
  }

  @Test
  void listenerWithoutProtocol_isFound() {
    assertOnly(edited(",EXTERNAL:SASL_SSL", ""), Code.NO_PROTOCOL, "Add EXTERNAL:SASL_SSL");
    assertOnly(edited("EXTERNAL:SASL_SSL", "EXTERNAL:TLS"), Code.NO_PROTOCOL, "EXTERNAL");
  }

  @Test
  void brokersThatFindEachOtherThroughTheLink_areFound() {
    assertOnly(
        edited("inter.broker.listener.name=INTERNAL", "inter.broker.listener.name=external"),
        Code.INTER_BROKER_LISTENER,
        "Set inter.broker.listener.name to an internal listener");
  }

  @Test
  void copiedFile_isFoundByItsIdAndAddress() {
    Map<String, String> files = files("correct-aws");
    files.put("b4.properties", files.get("b3.properties"));

    assertThat(KafkaListeners.checkFiles(files, AWS))
        .extracting(ListenerProblem::code)
        .containsExactly(Code.DUPLICATE_BROKER, Code.DUPLICATE_ADDRESS);
  }

  @Test
  void brokerThatAdvertisesNothingForTheLink_isToldWhatToAdd() {
    assertOnly(
        KafkaListeners.checkFiles(
            Map.of("b1.properties", "broker.id=1\nlisteners=PLAINTEXT://10.0.0.5:9092\n"), AWS),
        Code.MISSING_LISTENER,
        "\"b1.properties\" advertises nothing for clients behind the link (only"
            + " PLAINTEXT://10.0.0.5:9092). Add a listener to listeners and advertised.listeners,"
            + " as in EXTERNAL://b1.usw2-az1.abc.aws.tidbcloud.com:9093");
  }

  @Test
  void brokerWhoseListenerOfTheSameNameLiesElsewhere_isFound() {
    assertOnly(
        edited("b2.usw2-az2.abc.aws.tidbcloud.com", "10.0.2.10"),
        Code.OTHER_DOMAIN,
        "an address instead of a name");
  }

  @Test
  void rackWithoutEndpoint_needsCrossZone() {
    assertOnly(
        edited("node.id=2", "node.id=2\nbroker.rack=usw2-az9"),
        Code.CROSS_ZONE_NEEDED,
        "the broker's rack is usw2-az9");
  }

  @Test
  void rackThatIsNoZoneId_saysNothing() {
    assertThat(edited("node.id=2", "node.id=2\nbroker.rack=us-west-2a")).isEmpty();
  }

  @Test
  void rackThatIsOnlyNamedLikeAZone_saysNothing() {
    assertThat(
            KafkaListeners.checkFiles(
                Map.of(
                    "b1",
                    """
                    broker.rack=dc-east-a
                    listeners=PLAINTEXT://:9092,SSL://:39092
                    advertised.listeners=PLAINTEXT://10.0.0.5:9092,\\
                        SSL://b1.ap-southeast-1a.abc.alicloud.tidbcloud.com:9093
                    """),
                ALICLOUD))
        .isEmpty();
  }

  @Test
  void controllerThatIsNoBroker_needsNoListenerForTheLink() {
    Map<String, String> files = files("correct-aws");
    String controller =
        """
        process.roles=controller
        node.id=9
        listeners=CONTROLLER://:9094
        controller.listener.names=CONTROLLER
        """;
    files.put("controller.properties", controller);

    assertThat(KafkaListeners.checkFiles(files, AWS)).isEmpty();
    assertOnly(
        KafkaListeners.checkFiles(Map.of("controller.properties", controller), AWS),
        Code.NO_BROKERS,
        "no advertised listener");
  }

  @Test
  void wrongZoneThatThePlanSeesToo_isToldOnce() {
    assertThat(plan().checkFiles(files("shuffled-zones")))
        .extracting(ListenerProblem::code)
        .containsExactly(Code.WRONG_ZONE, Code.WRONG_ZONE);
  }

  @Test
  void fourthBroker_isNotInThePlan() {
    Map<String, String> files = files("correct-aws");
    files.put("b4.txt", "b4.usw2-az1.abc.aws.tidbcloud.com:9096");

    assertOnly(plan().checkFiles(files), Code.UNKNOWN_BROKER, "no broker b4");
  }

  @Test
  void nameless_unreadable_andEmptyFiles_areFound() {
    assertOnly(edited("EXTERNAL://b2", "b2"), Code.UNREADABLE_LISTENER, "Write NAME://host:port");
    assertOnly(
        KafkaListeners.checkFiles(Map.of("b1", "listeners=\\u00zz"), AWS),
        Code.UNREADABLE_FILE,
        "\"b1\" cannot be read");
    assertOnly(
        KafkaListeners.checkFiles(Map.of("b1", " \n"), AWS), Code.MISSING_LISTENER, "\"b1\"");
    assertOnly(KafkaListeners.checkFiles(Map.of(), AWS), Code.NO_BROKERS, "no advertised listener");
  }

  @Test
  void byteOrderMark_andWindowsLines_areRead() {
    Map<String, String> files = files("correct-aws");
    files.replaceAll((name, text) -> "\uFEFF" + text.replace("\n", "\r\n"));

    assertThat(KafkaListeners.checkFiles(files, AWS)).isEmpty();
  }

  @Test
  void patternOfSelfHostedBrokers_isNoName() {
    assertOnly(
        KafkaListeners.checkFiles(Map.of("list", "*.usw2-az1.abc.aws.tidbcloud.com:9093"), AWS),
        Code.UNREADABLE_LISTENER,
        "labels are 1 to 63 letters");
  }

  @Property
  void anyFile_isNeverTooMuch(@ForAll String name, @ForAll String text, @ForAll String value) {
    Map<String, String> files = new TreeMap<>();
    files.put(name + "1", text);
    files.put(
        name + "2", "broker.rack=" + value + "\nadvertised.listeners=" + value + ",A://" + value);

    assertThat(plan().checkFiles(files))
        .isNotEmpty()
        .allSatisfy(
            p ->
                assertThat(p.toString())
                    .matches(m -> m.chars().noneMatch(c -> c < ' ' || c == 0x7f), "no controls"));
  }

  private static Map<String, String> files(String folder) {
    try (Stream<Path> all =
        Files.list(Path.of(ListenerFilesTest.class.getResource("/listeners/" + folder).toURI()))) {
      Map<String, String> files = new TreeMap<>();
      for (Path file : all.toList()) {
        files.put(file.getFileName().toString(), Files.readString(file));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
