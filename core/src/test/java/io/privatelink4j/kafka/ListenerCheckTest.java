package io.privatelink4j.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.kafka.ListenerProblem.Code;
import io.privatelink4j.model.Actor;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.model.Severity;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenerCheckTest {
  private static final DomainPlan AWS =
      Domains.aws(List.of("usw2-az1", "usw2-az2", "usw2-az3"), "usw2-az1", "usw2-az2");
  private static final String APEX = AWS.apex();

  private static List<ListenerProblem> check(String... advertised) {
    return KafkaListeners.check(List.of(advertised), AWS);
  }

  private static ListenerProblem only(List<ListenerProblem> problems, Code code) {
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).code()).isEqualTo(code);
    return problems.get(0);
  }

  // --- good listeners ---

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PLAINTEXT://b1.usw2-az1.abc.aws.tidbcloud.com:9093",
        "SASL_SSL://b1.usw2-az1.abc.aws.tidbcloud.com:9093",
        "b1.usw2-az1.abc.aws.tidbcloud.com:9093",
        " b1.usw2-az1.abc.aws.tidbcloud.com:9093 ",
        "B1.USW2-AZ1.abc.aws.tidbcloud.com.:9093",
        "b1.kafka.usw2-az1.abc.aws.tidbcloud.com:9093",
      })
  void check_ofNameThatItsZonesRecordAnswers_findsNothing(String listener) {
    assertThat(check(listener)).isEmpty();
  }

  @Test
  void check_ofPlainNameWhereTheEndpointHasOneZone_findsNothing() {
    DomainPlan oneZone = Domains.aws(List.of("usw2-az1"), "usw2-az1");

    assertThat(KafkaListeners.check(List.of("b1.abc.aws.tidbcloud.com:9093"), oneZone)).isEmpty();
  }

  @Test
  void check_ofConfluentBrokersOnOnePort_findsNothing() {
    assertThat(
            KafkaListeners.check(
                List.of(
                    "b0-x1.use1-az1.domnprzqrog.us-east-1.aws.confluent.cloud:9092",
                    "b1-x1.use1-az2.domnprzqrog.us-east-1.aws.confluent.cloud:9092",
                    "lkc-7d1-x1.domnprzqrog.us-east-1.aws.confluent.cloud:9092"),
                Domains.confluent("use1-az1", "use1-az2")))
        .isEmpty();
  }

  // --- unreadable ones ---

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "PLAINTEXT://",
        "PLAINTEXT://:9093",
        "a://b1:1,b://b2:2",
        "http://b1.usw2-az1.abc.aws.tidbcloud.com:9093/x",
        "b 1.usw2-az1.abc.aws.tidbcloud.com:9093",
        "b_1.usw2-az1.abc.aws.tidbcloud.com:9093",
        "b1..abc.aws.tidbcloud.com:9093",
        "*.usw2-az1.abc.aws.tidbcloud.com:9093",
      })
  void check_ofEntryThatIsNoListener_saysThatItCannotBeRead(String listener) {
    assertThat(only(check(listener), Code.UNREADABLE_LISTENER).message())
        .startsWith("\"" + listener + "\" cannot be read: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":"})
  void check_ofListenerWithoutPort_asksForIt(String port) {
    ListenerProblem problem = only(check("b1.usw2-az1." + APEX + port), Code.MISSING_PORT);

    assertThat(problem.severity()).isEqualTo(Severity.ERROR);
    assertThat(problem.actor()).isEqualTo(Actor.SERVICE_OWNER);
    assertThat(problem.message()).contains("the load balancer's port that leads to this broker");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "99999999999999", "x", "-1"})
  void check_ofPortOutOfRange_saysTheRange(String port) {
    assertThat(only(check("b1.usw2-az1." + APEX + ":" + port), Code.PORT_OUT_OF_RANGE).message())
        .contains("has the port \"" + port + "\"; ports go from 1 to 65535");
  }

  @Test
  void check_ofNothing_asksForListeners() {
    only(check(), Code.NO_BROKERS);
  }

  @Test
  void check_ofTextThatForgesLogLines_escapesAndCutsIt() {
    ListenerProblem problem = only(check("a\nb" + "x".repeat(5000)), Code.UNREADABLE_LISTENER);

    assertThat(problem.message()).contains("a\\u000ab").doesNotContain("\n").hasSizeLessThan(700);
    assertThat(problem.about().orElseThrow()).doesNotContain("\n");
  }

  // --- names ---

  @ParameterizedTest
  @CsvSource({
    "kafka.example.com, a name outside the domain",
    "localhost, a name outside the domain",
    "xabc.aws.tidbcloud.com, a name of another connection's or network's domain",
    "b1.usw2-az1.other.aws.tidbcloud.com, a name of another connection's or network's domain",
    "10.0.0.1, an address instead of a name",
    "[2001:db8::1], an address instead of a name",
  })
  void check_ofHostOutsideTheDomain_saysWhatItIs(String host, String what) {
    assertThat(only(check("PLAINTEXT://" + host + ":9093"), Code.OTHER_DOMAIN).message())
        .contains("is " + what + ", so clients would not go through the link")
        .endsWith("Advertise a name that ends with \"." + APEX + "\".");
  }

  @Test
  void check_ofTheDomainItself_saysThatNoRecordAnswers() {
    assertThat(only(check(APEX + ":9093"), Code.NAME_NOT_ANSWERED).message())
        .contains("wildcards answer only below the domain")
        .endsWith("as in b1." + APEX + ".");
  }

  @Test
  void check_ofAZonesLabelAlone_saysThatNoRecordAnswers() {
    // RFC 4592: "*.usw2-az1" makes "usw2-az1" exist, so "*" does not answer for it.
    assertThat(only(check("usw2-az1." + APEX + ":9093"), Code.NAME_NOT_ANSWERED).message())
        .contains("wildcards answer only below a zone's label");
  }

  @Test
  void check_ofZoneWithoutRecord_saysThatTheWildcardAnswers() {
    // RFC 4592: "usw2-az9" does not exist, so "*" answers at any depth.
    ListenerProblem problem = only(check("b2.usw2-az9." + APEX + ":9094"), Code.CROSS_ZONE_NEEDED);

    assertThat(problem.severity()).isEqualTo(Severity.WARNING);
    assertThat(problem.message())
        .contains("names the zone usw2-az9, in which the endpoint has no address")
        .contains("(it has in usw2-az1, usw2-az2)");
  }

  @Test
  void check_ofNameWithoutZone_saysThatTrafficEntersAnywhere() {
    assertThat(only(check("b1." + APEX + ":9093"), Code.CROSS_ZONE_NEEDED).message())
        .contains("names no zone")
        .contains("any of usw2-az1, usw2-az2");
  }

  @Test
  void check_ofAwsAzName_asksForTheId() {
    ListenerProblem problem = only(check("b1.us-west-2a." + APEX + ":9093"), Code.AZ_NAME);

    assertThat(problem.severity()).isEqualTo(Severity.ERROR);
    assertThat(problem.message()).contains("Write the AZ id, one of usw2-az1, usw2-az2");
  }

  @Test
  void check_ofTwoZonesInOneName_saysWhichOneAnswers() {
    assertThat(only(check("b2.usw2-az2.usw2-az1." + APEX + ":9094"), Code.WRONG_ZONE).message())
        .contains("names the zones usw2-az2 and usw2-az1")
        .contains("the record of usw2-az1 answers");
  }

  @Test
  void check_ofZoneInTheWrongPlace_saysTheRightName() {
    ListenerProblem problem = only(check("b1.usw2-az1.kafka." + APEX + ":9093"), Code.WRONG_ZONE);

    assertThat(problem.severity()).isEqualTo(Severity.WARNING);
    assertThat(problem.message()).endsWith("Write b1.usw2-az1." + APEX + ".");
  }

  @Test
  void check_whenTheEndpointHasNoZone_saysItOnceForAll() {
    List<ListenerProblem> problems =
        KafkaListeners.check(
            List.of("b1.usw2-az1." + APEX + ":9093", "b2.usw2-az2." + APEX + ":9094"),
            Domains.aws(List.of("usw2-az1", "usw2-az2")));

    only(problems, Code.ZONE_NOT_COVERED);
  }

  // --- ports ---

  @Test
  void check_ofTwoBrokersOnOneAddress_isAnError() {
    assertThat(
            only(
                    check("A://b1.usw2-az1." + APEX + ":9093", "b1.USW2-AZ1." + APEX + ":9093"),
                    Code.DUPLICATE_ADDRESS)
                .message())
        .startsWith("2 brokers advertise b1.usw2-az1." + APEX + ":9093");
  }

  @Test
  void check_ofTwoBrokersOnOnePort_warns() {
    ListenerProblem problem =
        only(
            check("b1.usw2-az1." + APEX + ":9093", "b2.usw2-az2." + APEX + ":9093"),
            Code.SHARED_PORT);

    assertThat(problem.severity()).isEqualTo(Severity.WARNING);
    assertThat(problem.message()).startsWith("2 brokers share port 9093");
  }

  @Test
  void check_ofBrokerOnTheBootstrapPort_isAnError() {
    assertThat(
            only(
                    check("b1.usw2-az1." + APEX + ":9092", "b2.usw2-az2." + APEX + ":9094"),
                    Code.PORT_CLASH)
                .message())
        .contains("has the bootstrap port 9092, which leads to any broker");
  }

  @Test
  void check_withOtherBootstrapPort_comparesWithThat() {
    List<String> advertised =
        List.of("b1.usw2-az1." + APEX + ":9092", "b2.usw2-az2." + APEX + ":19092");

    assertThat(only(KafkaListeners.check(advertised, AWS, 19092), Code.PORT_CLASH).about())
        .contains("b2.usw2-az2." + APEX + ":19092");
  }

  @Test
  void check_ofTheOnlyBrokerOnTheBootstrapPort_findsNothing() {
    assertThat(check("b1.usw2-az1." + APEX + ":9092")).isEmpty();
  }

  @Test
  void check_ofSeveralMistakes_tellsErrorsFirst() {
    assertThat(check("b1." + APEX + ":9093", "kafka.example.com", "b2.usw2-az9." + APEX + ":9094"))
        .extracting(ListenerProblem::code)
        .containsExactly(
            Code.MISSING_PORT, Code.OTHER_DOMAIN, Code.CROSS_ZONE_NEEDED, Code.CROSS_ZONE_NEEDED);
  }

  // --- against a plan ---

  private static ListenerPlan plan() {
    return KafkaListeners.builder(AWS)
        .addBroker("b1", "usw2-az1")
        .addBroker("b2", "usw2-az2")
        .build();
  }

  @Test
  void checkAgainstPlan_ofWhatWasPlanned_findsNothing() {
    assertThat(
            plan().check(List.of("b1.usw2-az1." + APEX + ":9093", "b2.usw2-az2." + APEX + ":9094")))
        .isEmpty();
  }

  @Test
  void checkAgainstPlan_ofBrokerInAnothersZone_saysWhichRecordAnswers() {
    List<ListenerProblem> problems =
        plan().check(List.of("b1.usw2-az1." + APEX + ":9093", "b2.usw2-az1." + APEX + ":9094"));

    assertThat(only(problems, Code.WRONG_ZONE).message())
        .startsWith("Broker b2 runs in usw2-az2, but the record of usw2-az1 answers")
        .endsWith("Let it advertise b2.usw2-az2." + APEX + ":9094.");
  }

  @Test
  void checkAgainstPlan_ofOtherPort_saysThePlannedOne() {
    List<ListenerProblem> problems =
        plan().check(List.of("b1.usw2-az1." + APEX + ":9095", "b2.usw2-az2." + APEX + ":9094"));

    assertThat(only(problems, Code.WRONG_PORT).message())
        .startsWith(
            "Broker b1 advertises port 9095, but the load balancer leads to it from port 9093");
  }

  @Test
  void checkAgainstPlan_ofBrokerThatAdvertisesNothing_saysWhatToAdvertise() {
    assertThat(
            only(plan().check(List.of("b1.usw2-az1." + APEX + ":9093")), Code.MISSING_LISTENER)
                .message())
        .isEqualTo(
            "Broker b2 advertises no name in the domain. Let it advertise b2.usw2-az2.%s:9094.",
            APEX);
  }

  @Test
  void checkAgainstPlan_ofBrokerThatIsNotPlanned_warns() {
    List<ListenerProblem> problems =
        plan()
            .check(
                List.of(
                    "b1.usw2-az1." + APEX + ":9093",
                    "b2.usw2-az2." + APEX + ":9094",
                    "b3.usw2-az2." + APEX + ":9095"));

    ListenerProblem problem = only(problems, Code.UNKNOWN_BROKER);
    assertThat(problem.severity()).isEqualTo(Severity.WARNING);
    assertThat(problem.message()).contains("the plan has no broker b3");
  }

  // --- any text ---

  @Property
  void check_ofAnyText_neverThrowsAndNeverPassesWhatLiesOutside(@ForAll String text) {
    assertThat(check(text))
        .isNotEmpty()
        .allSatisfy(
            p ->
                assertThat(p.toString())
                    .matches(
                        m -> m.chars().noneMatch(c -> c < ' ' || c == 0x7f),
                        "no control characters"));
  }
}
