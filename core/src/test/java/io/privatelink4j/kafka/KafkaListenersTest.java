package io.privatelink4j.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.privatelink4j.kafka.ListenerProblem.Code;
import io.privatelink4j.model.Actor;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.model.Severity;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaListenersTest {
  private static final DomainPlan AWS =
      Domains.aws(List.of("usw2-az1", "usw2-az2", "usw2-az3"), "usw2-az1", "usw2-az2", "usw2-az3");

  private static KafkaListeners.Builder three() {
    return KafkaListeners.builder(AWS)
        .addBroker("b1", "usw2-az1")
        .addBroker("b2", "usw2-az2")
        .addBroker("b3", "usw2-az3");
  }

  private static ListenerProblem only(ListenerPlan plan, Code code) {
    assertThat(plan.problems()).hasSize(1);
    assertThat(plan.problems().get(0).code()).isEqualTo(code);
    return plan.problems().get(0);
  }

  // --- plans ---

  @Test
  void build_onAws_advertisesEachBrokerInItsZone() {
    ListenerPlan plan = three().build();

    assertThat(plan.ok()).isTrue();
    assertThat(plan.problems()).isEmpty();
    assertThat(plan.listeners())
        .extracting(BrokerListener::address)
        .containsExactly(
            "b1.usw2-az1.abc.aws.tidbcloud.com:9093",
            "b2.usw2-az2.abc.aws.tidbcloud.com:9094",
            "b3.usw2-az3.abc.aws.tidbcloud.com:9095");
  }

  @Test
  void build_mapsBootstrapPortToAllBrokersAndEachOtherPortToOne() {
    assertThat(three().build().mappings())
        .containsExactly(
            new PortMapping(9092, List.of("b1:39092", "b2:39092", "b3:39092")),
            new PortMapping(9093, List.of("b1:39092")),
            new PortMapping(9094, List.of("b2:39092")),
            new PortMapping(9095, List.of("b3:39092")));
  }

  @Test
  void build_withOtherPorts_usesThem() {
    ListenerPlan plan =
        three().bootstrapPort(19092).firstBrokerPort(20001).brokerPort(9094).build();

    assertThat(plan.bootstrapPort()).isEqualTo(19092);
    assertThat(plan.mappings())
        .extracting(PortMapping::describe)
        .containsExactly(
            "19092 -> b1:9094, b2:9094, b3:9094",
            "20001 -> b1:9094",
            "20002 -> b2:9094",
            "20003 -> b3:9094");
  }

  @Test
  void describe_isWhatTheServiceOwnerConfigures() {
    assertThat(three().build().describe())
        .isEqualTo(
            """
            Load balancer, TCP listeners:
              9092 -> b1:39092, b2:39092, b3:39092 (bootstrap)
              9093 -> b1:39092
              9094 -> b2:39092
              9095 -> b3:39092
            Advertised listeners:
              b1 in usw2-az1: b1.usw2-az1.abc.aws.tidbcloud.com:9093
              b2 in usw2-az2: b2.usw2-az2.abc.aws.tidbcloud.com:9094
              b3 in usw2-az3: b3.usw2-az3.abc.aws.tidbcloud.com:9095
            """);
  }

  @Test
  void describe_withProblems_listsThem() {
    assertThat(three().addBroker("b1", "usw2-az1").build().describe())
        .contains("Problems:\n  ERROR DUPLICATE_BROKER [CALLER] Two brokers are named \"b1\"");
  }

  @Test
  void advertised_isAnEntryOfTheBrokersConfiguration() {
    assertThat(three().build().listeners().get(0).advertised("EXTERNAL"))
        .isEqualTo("EXTERNAL://b1.usw2-az1.abc.aws.tidbcloud.com:9093");
  }

  @Test
  void build_onAlibabaCloud_namesTheZoneThatHasARecordAndNoOther() {
    DomainPlan domain =
        Domains.alicloud(List.of("ap-southeast-1a", "ap-southeast-1b"), "ap-southeast-1a");

    ListenerPlan plan =
        KafkaListeners.builder(domain)
            .addBroker("b1", "ap-southeast-1a")
            .addBroker("b2", "ap-southeast-1b")
            .build();

    assertThat(plan.listeners())
        .extracting(BrokerListener::host)
        .containsExactly(
            "b1.ap-southeast-1a.abc.alicloud.tidbcloud.com", "b2.abc.alicloud.tidbcloud.com");
    only(plan, Code.CROSS_ZONE_NEEDED);
  }

  @Test
  void build_onAlibabaCloudWithZoneThatLooksLikeAnAwsAzName_takesIt() {
    DomainPlan domain = Domains.alicloud(List.of("us-west-1a"), "us-west-1a");

    assertThat(KafkaListeners.builder(domain).addBroker("b1", "us-west-1a").build().problems())
        .isEmpty();
  }

  @Test
  void build_withBrokerInZoneWithoutEndpoint_keepsTheNameAndAsksForCrossZone() {
    DomainPlan domain = Domains.aws(List.of("usw2-az1", "usw2-az2"), "usw2-az1");

    ListenerPlan plan =
        KafkaListeners.builder(domain)
            .addBroker("b1", "usw2-az1")
            .addBroker("b2", "usw2-az2")
            .addBroker("b9", "usw2-az9")
            .build();

    assertThat(plan.ok()).isTrue();
    assertThat(plan.listeners()).hasSize(3);
    ListenerProblem problem = only(plan, Code.CROSS_ZONE_NEEDED);
    assertThat(problem.severity()).isEqualTo(Severity.WARNING);
    assertThat(problem.actor()).isEqualTo(Actor.SERVICE_OWNER);
    assertThat(problem.message())
        .isEqualTo(
            "The endpoint has no address in the zone of b2 (usw2-az2), b9 (usw2-az9); it has in"
                + " usw2-az1. These brokers are reached through another zone: switch on cross-zone"
                + " load balancing, or run brokers in these zones only.");
  }

  @Test
  void build_withEndpointWithoutZones_saysThatNothingLeadsAnywhere() {
    DomainPlan domain = Domains.aws(List.of("usw2-az1"));

    ListenerPlan plan = KafkaListeners.builder(domain).addBroker("b1", "usw2-az1").build();

    assertThat(only(plan, Code.ZONE_NOT_COVERED).severity()).isEqualTo(Severity.ERROR);
  }

  @Test
  void build_beforeTheEndpointIsNamed_givesTheLaterNamesAndOnlyWarns() {
    DomainPlan young = Domains.unnamed(Domains.aws(List.of("usw2-az1")));
    DomainPlan later = Domains.aws(List.of("usw2-az1"), "usw2-az1");

    ListenerPlan plan = KafkaListeners.builder(young).addBroker("b1", "usw2-az1").build();

    assertThat(only(plan, Code.ZONE_NOT_COVERED).severity()).isEqualTo(Severity.WARNING);
    assertThat(plan.listeners())
        .isEqualTo(KafkaListeners.builder(later).addBroker("b1", "usw2-az1").build().listeners());
  }

  @Test
  void build_inConfluentDomain_refersToCheck() {
    ListenerPlan plan =
        KafkaListeners.builder(Domains.confluent("use1-az1")).addBroker("b1", "use1-az1").build();

    assertThat(plan.listeners()).isEmpty();
    assertThat(only(plan, Code.FOREIGN_NAMES).message()).contains("Use KafkaListeners.check");
  }

  @Test
  void addBrokers_takesThemInOrder() {
    ListenerPlan plan =
        KafkaListeners.builder(AWS)
            .addBrokers(List.of(new Broker("b1", "usw2-az1"), new Broker("b2", "usw2-az2")))
            .build();

    assertThat(plan.listeners()).extracting(BrokerListener::port).containsExactly(9093, 9094);
  }

  // --- mistakes ---

  @Test
  void build_withoutBrokers_saysSo() {
    ListenerPlan plan = KafkaListeners.builder(AWS).firstBrokerPort(1).build();

    assertThat(only(plan, Code.NO_BROKERS).message()).contains("add at least one");
    assertThat(plan.mappings()).isEmpty();
  }

  @Test
  void build_withAwsAzName_asksForTheId() {
    ListenerPlan plan = KafkaListeners.builder(AWS).addBroker("b1", "us-west-2a").build();

    ListenerProblem problem = only(plan, Code.AZ_NAME);
    assertThat(problem.about()).contains("b1");
    assertThat(problem.message())
        .isEqualTo(
            "Broker \"b1\" has the AZ name \"us-west-2a\", which means another zone in another"
                + " account. Give the AZ id, such as usw2-az1.");
    assertThat(plan.listeners()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "usw2", "USW2-AZ1", "usw2-az1.x", "us-west-2"})
  void build_withOtherTextAsZone_saysWhatIdsLookLike(String zone) {
    ListenerPlan plan = KafkaListeners.builder(AWS).addBroker("b1", zone).build();

    assertThat(only(plan, Code.BAD_ZONE_ID).message())
        .contains("has the zone \"" + zone + "\"")
        .contains("such as usw2-az1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "b 1", "b_1", "-b1", "b1.x", "*", "B1"})
  void build_withBadBrokerName_saysWhatNamesLookLike(String name) {
    ListenerPlan plan = KafkaListeners.builder(AWS).addBroker(name, "usw2-az1").build();

    assertThat(only(plan, Code.BAD_BROKER_NAME).message())
        .contains("one label of 1 to 63 lower-case letters, digits and inner hyphens");
  }

  @Test
  void build_withUpperCaseBrokerName_saysTheRightOne() {
    ListenerPlan plan = KafkaListeners.builder(AWS).addBroker("B1", "usw2-az1").build();

    assertThat(only(plan, Code.BAD_BROKER_NAME).message()).endsWith("such as \"b1\".");
  }

  @Test
  void build_withBrokerNamedLikeAZone_isAnError() {
    ListenerPlan plan = KafkaListeners.builder(AWS).addBroker("usw2-az2", "usw2-az1").build();

    assertThat(only(plan, Code.BAD_BROKER_NAME).message()).contains("is a zone's");
  }

  @Test
  void build_withHostNameTooLongForDns_asksForAShorterName() {
    DomainPlan domain =
        Domains.managed("x".repeat(60) + "." + "y".repeat(60) + "." + "z".repeat(60) + ".com");

    ListenerPlan plan =
        KafkaListeners.builder(domain).addBroker("b".repeat(63), "ap-southeast-1a").build();

    assertThat(plan.problems())
        .extracting(ListenerProblem::code)
        .containsExactly(Code.BAD_BROKER_NAME);
  }

  @Test
  void build_withSeveralMistakesInOneBroker_tellsAllAndKeepsTheOthersPorts() {
    ListenerPlan plan =
        KafkaListeners.builder(AWS)
            .addBroker("b_1", "us-west-2a")
            .addBroker("b2", "usw2-az2")
            .build();

    assertThat(plan.problems())
        .extracting(ListenerProblem::code)
        .containsExactly(Code.BAD_BROKER_NAME, Code.AZ_NAME);
    assertThat(plan.listeners()).extracting(BrokerListener::port).containsExactly(9094);
  }

  @Test
  void build_withTwoBrokersOfOneName_keepsTheFirst() {
    ListenerPlan plan = three().addBroker("b2", "usw2-az3").build();

    only(plan, Code.DUPLICATE_BROKER);
    assertThat(plan.listeners())
        .extracting(l -> l.broker().zoneId())
        .containsExactly("usw2-az1", "usw2-az2", "usw2-az3");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65536, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void build_withPortsOutOfRange_saysWhichOnes(int port) {
    ListenerPlan plan = three().bootstrapPort(port).brokerPort(port).firstBrokerPort(port).build();

    assertThat(plan.problems())
        .filteredOn(p -> p.code() == Code.PORT_OUT_OF_RANGE)
        .extracting(ListenerProblem::message)
        .containsExactly(
            "The bootstrap port is " + port + "; ports go from 1 to 65535.",
            "The brokers' own port is " + port + "; ports go from 1 to 65535.",
            "The first broker port is " + port + "; ports go from 1 to 65535.");
    assertThat(plan.listeners()).isEmpty();
  }

  @Test
  void build_whenABrokersPortIsTheBootstrapPort_saysWhichBroker() {
    ListenerPlan plan = three().firstBrokerPort(9091).build();

    assertThat(only(plan, Code.PORT_CLASH).message())
        .startsWith("Broker \"b2\" would get port 9092, the bootstrap port");
    assertThat(plan.listeners()).extracting(BrokerListener::port).containsExactly(9091, 9093);
  }

  @Test
  void build_withMoreBrokersThanPorts_saysHowManyThereAre() {
    ListenerPlan plan = three().firstBrokerPort(65534).build();

    assertThat(only(plan, Code.TOO_MANY_BROKERS).message())
        .contains("3 brokers need as many ports, but from 65534 there are only 2 up to 65535");
    assertThat(plan.listeners()).hasSize(2);
  }

  @Test
  void build_withTextThatForgesLogLines_escapesIt() {
    ListenerPlan plan = KafkaListeners.builder(AWS).addBroker("b1\nERROR", "x\ny").build();

    assertThat(plan.describe()).contains("b1\\u000aERROR").contains("x\\u000ay");
  }

  @Test
  void builder_withoutDomain_isRefused() {
    assertThatNullPointerException()
        .isThrownBy(() -> KafkaListeners.builder(null))
        .withMessage("domain");
  }

  // --- any number of brokers ---

  @Property
  void anyPlan_passesItsOwnCheck(
      @ForAll @IntRange(min = 1, max = 60) int brokers,
      @ForAll @IntRange(min = 9093, max = 60000) int firstPort) {
    KafkaListeners.Builder builder = KafkaListeners.builder(AWS).firstBrokerPort(firstPort);
    IntStream.range(0, brokers).forEach(i -> builder.addBroker("b" + i, "usw2-az" + (i % 3 + 1)));

    ListenerPlan plan = builder.build();

    assertThat(plan.problems()).isEmpty();
    assertThat(plan.listeners()).hasSize(brokers);
    assertThat(plan.listeners()).extracting(BrokerListener::port).doesNotHaveDuplicates();
    assertThat(plan.check(plan.listeners().stream().map(l -> l.advertised("EXTERNAL")).toList()))
        .isEmpty();
  }
}
