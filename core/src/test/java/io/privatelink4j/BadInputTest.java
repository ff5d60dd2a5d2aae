package io.privatelink4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.privatelink4j.exception.ConflictException;
import io.privatelink4j.exception.InvalidRequestException;
import io.privatelink4j.exception.NotFoundException;
import io.privatelink4j.exception.ServiceNotUsableException;
import io.privatelink4j.exception.UnsupportedDomainException;
import io.privatelink4j.model.AlicloudEndpointService;
import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.Decision;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.Finding;
import io.privatelink4j.model.FindingCode;
import io.privatelink4j.model.Integrity;
import io.privatelink4j.model.ListRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.ReconcileReport;
import io.privatelink4j.spi.Endpoint;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong is refused by name, says what to do, and changes nothing in the cloud. */
class BadInputTest {
  private static final String NO_CONNECTION = "plc-" + "a".repeat(26);
  private static final String NO_ATTACHMENT = "ad-" + "a".repeat(16);
  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

  // --- nulls ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void everyOperation_refusesNull_andNamesTheArgument(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkClient links = setup.links;
      ConnectionRef ref = ConnectionRef.of(Setup.CLUSTER, NO_CONNECTION);
      ConnectionType type = setup.service.type();
      DomainRequest managed = DomainRequest.managed();

      assertNull("clusterId", () -> links.zones(null));
      assertNull("clusterId", () -> links.check(null, type));
      assertNull("type", () -> links.check(Setup.CLUSTER, null));
      assertNull("request", () -> links.create(null));
      assertNull("ref", () -> links.get(null));
      assertNull("request", () -> links.list(null));
      assertNull("clusterId", () -> links.listAll(null));
      assertNull("clusterId", () -> links.reconcile(null));
      assertNull("earlier", () -> links.repair(null));
      assertNull("clusterId", () -> links.repairAtOnce(null));
      List<ClusterNetwork> networks = List.of(setup.network);
      assertNull("clusterId", () -> links.planPurge(null, networks));
      assertNull("networks", () -> links.planPurge(Setup.CLUSTER, null));
      assertNull("plan", () -> links.purge(null));
      assertNull("clusterId", () -> links.purgeAtOnce(null, networks));
      assertNull("networks", () -> links.purgeAtOnce(Setup.CLUSTER, null));
      assertNull("ref", () -> links.awaitActive(null, HALF_AN_HOUR));
      assertNull("timeout", () -> links.awaitActive(ref, null));
      assertNull("ref", () -> links.awaitActive(null, HALF_AN_HOUR, HALF_AN_HOUR));
      assertNull("acceptancePatience", () -> links.awaitActive(ref, HALF_AN_HOUR, null));
      assertNull("ref", () -> links.whenActive(null, HALF_AN_HOUR));
      assertNull("timeout", () -> links.whenActive(ref, null));
      assertNull("acceptancePatience", () -> links.whenActive(ref, HALF_AN_HOUR, null));
      assertNull("ref", () -> links.refresh(null));
      assertNull("ref", () -> links.planDomain(null, managed));
      assertNull("request", () -> links.planDomain(ref, null));
      assertNull("ref", () -> links.attachDomain(null, managed));
      assertNull("request", () -> links.attachDomain(ref, null));
      assertNull("ref", () -> links.detachDomain(null, NO_ATTACHMENT));
      assertNull("attachmentId", () -> links.detachDomain(ref, null));
      assertNull("ref", () -> links.delete(null));
      assertNull("ref", () -> links.forceDelete(null));
      assertNull("ref", () -> links.awaitDeleted(null, HALF_AN_HOUR));
      assertNull("timeout", () -> links.awaitDeleted(ref, null));
      assertNull("ref", () -> links.whenDeleted(null, HALF_AN_HOUR));
      assertNull("timeout", () -> links.whenDeleted(ref, null));
      assertNull("operation timeout", () -> links.withOperationTimeout(null));
      assertNull("id", () -> ConnectionRef.of(Setup.CLUSTER, null));
      assertNull("clusterId", () -> ConnectionRef.of(null, NO_CONNECTION));
      assertNull("displayName", () -> setup.request().displayName(null));
      assertNull("clusterId", () -> setup.request().clusterId(null));
      assertNull("requestId", () -> setup.request().requestId(null));

      assertThat(setup.cloud.calls().all()).isEmpty();
    }
  }

  private static void assertNull(String argument, ThrowingCallable operation) {
    assertThatThrownBy(operation)
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining(argument);
  }

  @Test
  void builder_refusesWhatItCannotWorkWith() {
    PrivateLinkClient.Builder builder = PrivateLinkClient.builder();

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("clusters(...) is required");
    assertThatThrownBy(() -> builder.operationTimeout(Duration.ZERO))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("operation timeout must be more than zero");
    assertThatThrownBy(() -> builder.quietPeriod(Duration.ofNanos(-1)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("quiet period must be zero to a year");
    assertThatThrownBy(() -> builder.consistencyWindow(Duration.ofNanos(-1)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("must not be negative");
    assertThatThrownBy(() -> builder.maxConnectionsPerCluster(0))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("maxConnectionsPerCluster must be at least 1");
    assertThatThrownBy(() -> builder.maxDomainsPerConnection(-1))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("maxDomainsPerConnection must be at least 1");
  }

  // --- ids ---

  static Stream<Arguments> badClusterIds() {
    return each("", " ", "a".repeat(65), "-a", ".a", "a/b", "a b", "a*", "é", "a\n", "a\u0000");
  }

  @ParameterizedTest(name = "{0} \"{1}\"")
  @MethodSource("badClusterIds")
  void everyOperation_refusesAMalformedClusterId(CloudProvider flavour, String clusterId) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkClient links = setup.links;
      ConnectionRef ref = ConnectionRef.of(clusterId, NO_CONNECTION);
      List<ThrowingCallable> operations = new ArrayList<>(onConnection(links, ref));
      operations.add(() -> links.zones(clusterId));
      operations.add(() -> links.check(clusterId, setup.service.type()));
      operations.add(() -> links.create(setup.request().clusterId(clusterId).build()));
      operations.add(() -> links.list(ListRequest.of(clusterId)));
      operations.add(() -> links.reconcile(clusterId));
      operations.add(() -> links.repair(new ReconcileReport(clusterId, Instant.EPOCH, List.of())));
      operations.add(() -> links.repairAtOnce(clusterId));
      operations.add(() -> links.planPurge(clusterId, List.of(setup.network)));
      operations.add(() -> links.purgeAtOnce(clusterId, List.of(setup.network)));
      operations.add(() -> links.listAll(clusterId).toList());
      operations.add(() -> links.refresh(ref));

      for (ThrowingCallable operation : operations) {
        assertThat(Refusal.unasked(setup, InvalidRequestException.class, operation))
            .hasMessageContaining("cluster id")
            .hasMessageContaining("must be 1 to 64 of A-Z a-z 0-9 . _ -")
            .message()
            .doesNotContain("\n", "\u0000");
      }
    }
  }

  static Stream<Arguments> badConnectionIds() {
    return each(
        "",
        "plc-",
        "plc-" + "a".repeat(25),
        "plc-" + "a".repeat(27),
        "plc-" + "A".repeat(26),
        "plc-" + "1".repeat(26),
        "plc-*",
        "vpce-0a1b2c3d4e5f60718",
        "ep-hp3vpx8yqxblby3i");
  }

  @ParameterizedTest(name = "{0} \"{1}\"")
  @MethodSource("badConnectionIds")
  void everyOperation_refusesAMalformedConnectionId(CloudProvider flavour, String id) {
    try (Setup setup = new Setup(flavour)) {
      for (ThrowingCallable operation :
          onConnection(setup.links, ConnectionRef.of(Setup.CLUSTER, id))) {
        InvalidRequestException refusal =
            Refusal.unasked(setup, InvalidRequestException.class, operation);
        assertThat(refusal)
            .hasMessageContaining("must be plc- and 26 of a-z 2-7: take it from create or list");
        assertThat(refusal.details().resource()).contains(id);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void detach_refusesAMalformedAttachmentId(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.active();
      for (String id : List.of("", "ad-", "ad-UPPER", "ad-" + "a".repeat(17), "plc.d.x", "*")) {
        assertThat(
                Refusal.unasked(
                    setup, InvalidRequestException.class, () -> setup.links.detachDomain(link, id)))
            .hasMessageContaining("must be ad- and 16 of a-z 2-7");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void waits_refuseTimeoutsOfNothing(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      ConnectionRef ref = ConnectionRef.of(Setup.CLUSTER, NO_CONNECTION);
      for (Duration none : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
        for (ThrowingCallable wait :
            List.<ThrowingCallable>of(
                () -> setup.links.awaitActive(ref, none),
                () -> setup.links.whenActive(ref, none),
                () -> setup.links.awaitDeleted(ref, none),
                () -> setup.links.withOperationTimeout(none))) {
          assertThat(Refusal.unasked(setup, InvalidRequestException.class, wait))
              .hasMessageContaining("must be more than zero");
        }
      }
    }
  }

  // --- the create request ---

  static Stream<Arguments> badRequests() {
    Map<String, UnaryOperator<CreateConnectionRequest.Builder>> wrong = new TreeMap<>();
    wrong.put("displayName empty", b -> b.displayName(""));
    wrong.put("displayName blank", b -> b.displayName(" \t "));
    wrong.put("displayName of 65 code points", b -> b.displayName("😀".repeat(65)));
    wrong.put("displayName with a lone high surrogate", b -> b.displayName("a\ud83d"));
    wrong.put("displayName with a lone low surrogate", b -> b.displayName("\ude00a"));
    wrong.put("displayName with swapped surrogates", b -> b.displayName("\ude00\ud83d"));
    wrong.put("requestId empty", b -> b.requestId(""));
    wrong.put("requestId too long", b -> b.requestId("r".repeat(129)));
    wrong.put("requestId not ASCII", b -> b.requestId("op-ü"));
    wrong.put("requestId with a blank", b -> b.requestId("op 1"));
    wrong.put("requestId with a line break", b -> b.requestId("op\n1"));
    wrong.put("createdBy empty", b -> b.createdBy(""));
    wrong.put("createdBy too long", b -> b.createdBy("u".repeat(65)));
    wrong.put("createdBy not ASCII", b -> b.createdBy("jürgen"));
    wrong.put("createdBy with a tab", b -> b.createdBy("a\tb"));
    wrong.put("extra label in our namespace", b -> b.putExtraLabels("plc.id", "x"));
    wrong.put("extra label in our namespace, capitals", b -> b.putExtraLabels("PLC.id", "x"));
    wrong.put("extra label key empty", b -> b.putExtraLabels("", "x"));
    wrong.put("extra label key too long", b -> b.putExtraLabels("k".repeat(65), "x"));
    wrong.put("extra label key with a digit first", b -> b.putExtraLabels("1a", "x"));
    wrong.put("extra label key with a blank", b -> b.putExtraLabels("a b", "x"));
    wrong.put("extra label key of AWS", b -> b.putExtraLabels("aws:x", "x"));
    wrong.put("extra label key of Alibaba Cloud", b -> b.putExtraLabels("aliyunx", "x"));
    wrong.put("extra label value too long", b -> b.putExtraLabels("team", "v".repeat(129)));
    wrong.put("extra label value with a wildcard", b -> b.putExtraLabels("team", "a*"));
    wrong.put("extra label value not ASCII", b -> b.putExtraLabels("team", "ä"));
    return Setup.flavours()
        .flatMap(
            cloud ->
                wrong.entrySet().stream().map(w -> Arguments.of(cloud, w.getKey(), w.getValue())));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("badRequests")
  void create_refusesAMalformedRequest_beforeAnyCall(
      CloudProvider flavour, String what, UnaryOperator<CreateConnectionRequest.Builder> mistake) {
    try (Setup setup = new Setup(flavour)) {
      CreateConnectionRequest request = mistake.apply(setup.request()).build();

      InvalidRequestException refusal =
          Refusal.unasked(setup, InvalidRequestException.class, () -> setup.links.create(request));

      String subject = what.startsWith("extra") ? "extra label" : what.split(" ", 2)[0];
      assertThat(refusal).hasMessageContaining(subject).hasMessageContaining("must be ");
      assertThat(refusal.getMessage().codePoints())
          .noneMatch(c -> c < ' ' || Character.getType(c) == Character.SURROGATE);
      assertThat(refusal.details().attempts()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void create_refusesMoreLabelsThanTheEndpointCanEverHold(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      CreateConnectionRequest.Builder request = setup.request();
      for (int i = 0; i < setup.cloud.traits().labelsPerEndpoint(); i++) {
        request.putExtraLabels("extra" + i, "x");
      }

      assertThat(
              Refusal.unasked(
                  setup, InvalidRequestException.class, () -> setup.links.create(request.build())))
          .hasMessageContaining("give fewer extraLabels, or lower maxDomainsPerConnection");
    }
  }

  // --- service names ---

  static Stream<Arguments> badServiceNames() {
    String aws = "com.amazonaws.vpce.us-west-2.vpce-svc-0a1b2c3d4e5f60718";
    String alicloud = "com.aliyuncs.privatelink.ap-southeast-1.epsrv-hp3vpx8yqxblby3i";
    return Stream.of(
        onAws("", FindingCode.MALFORMED_SERVICE_NAME, "com.amazonaws.vpce."),
        onAws("kafka", FindingCode.MALFORMED_SERVICE_NAME, "com.amazonaws.vpce."),
        onAws(aws + " ", FindingCode.MALFORMED_SERVICE_NAME, "Write \"" + aws + "\""),
        onAws(
            "COM.AMAZONAWS.VPCE.US-WEST-2.VPCE-SVC-0A1B2C3D4E5F60718",
            FindingCode.MALFORMED_SERVICE_NAME,
            "Write \"" + aws + "\""),
        onAws("vpce-svc-0a1b2c3d4e5f60718", FindingCode.BARE_SERVICE_ID, aws),
        onAws("vpce-0a1b2c3d4e5f60718", FindingCode.ENDPOINT_NAME, "com.amazonaws.vpce."),
        onAws(
            "kafka-0123456789abcdef.elb.us-west-2.amazonaws.com",
            FindingCode.LOAD_BALANCER_NAME,
            "endpoint service in front of the load balancer"),
        onAws(alicloud, FindingCode.OTHER_CLOUD, "ask the owner for an endpoint service on AWS"),
        onAws(
            "com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b2c3d4e5f60718",
            FindingCode.OTHER_REGION,
            "us-west-2"),
        onAws("x".repeat(300), FindingCode.MALFORMED_SERVICE_NAME, "more than 255 characters"),
        onAws("a\nb\u001b[31m", FindingCode.MALFORMED_SERVICE_NAME, "control characters"),
        onAlicloud("", FindingCode.MALFORMED_SERVICE_NAME, "com.aliyuncs.privatelink."),
        onAlicloud("epsrv-hp3vpx8yqxblby3i", FindingCode.BARE_SERVICE_ID, alicloud),
        onAlicloud("ep-hp3vpx8yqxblby3i", FindingCode.ENDPOINT_NAME, "com.aliyuncs.privatelink."),
        onAlicloud(
            "nlb-abcdefgh12345678.ap-southeast-1.nlb.aliyuncs.com",
            FindingCode.LOAD_BALANCER_NAME,
            "endpoint service in front of the load balancer"),
        onAlicloud(
            aws, FindingCode.OTHER_CLOUD, "ask the owner for an endpoint service on Alibaba"),
        onAlicloud(
            "com.aliyuncs.privatelink.eu-central-1.epsrv-hp3vpx8yqxblby3i",
            FindingCode.OTHER_REGION,
            "ask the owner for an endpoint service in ap-southeast-1"),
        onAlicloud(
            alicloud.toUpperCase(Locale.ROOT),
            FindingCode.MALFORMED_SERVICE_NAME,
            "Write \"" + alicloud + "\""));
  }

  @ParameterizedTest(name = "{0} {2}: \"{1}\"")
  @MethodSource("badServiceNames")
  void create_refusesWhatIsNoUsableServiceName_withTheWholeCheck(
      CloudProvider flavour, String name, FindingCode code, String advice) {
    try (Setup setup = new Setup(flavour)) {
      ConnectionType type =
          flavour == CloudProvider.AWS
              ? AwsEndpointService.of(name)
              : AlicloudEndpointService.of(name);

      ServiceNotUsableException refusal =
          Refusal.unasked(
              setup,
              ServiceNotUsableException.class,
              () -> setup.links.create(setup.request().type(type).build()));

      assertThat(refusal).hasMessageContaining(advice);
      assertThat(refusal.getMessage()).doesNotContain("\n", "\u001b");
      assertThat(refusal.check().errors()).extracting(Finding::code).contains(code);
      assertThat(setup.links.check(Setup.CLUSTER, type).errors())
          .extracting(Finding::code)
          .contains(code);
      assertThat(setup.cloud.calls().writes()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void create_refusesTheOtherCloudsType(CloudProvider flavour) {
    CloudProvider other = flavour == CloudProvider.AWS ? CloudProvider.ALICLOUD : CloudProvider.AWS;
    try (Setup setup = new Setup(flavour);
        Setup elsewhere = new Setup(other)) {
      ServiceNotUsableException refusal =
          Refusal.unasked(
              setup,
              ServiceNotUsableException.class,
              () -> setup.links.create(setup.request().type(elsewhere.service.type()).build()));

      assertThat(refusal)
          .hasMessageContaining("A private link does not leave its cloud")
          .hasMessageContaining("ask the owner for an endpoint service on");
      assertThat(refusal.check().errors())
          .extracting(Finding::code)
          .contains(FindingCode.OTHER_CLOUD);
    }
  }

  // --- whose connection it is ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void everyOperation_onAnUnknownCluster_isNotFound(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkClient links = setup.links;
      List<ThrowingCallable> operations =
          new ArrayList<>(onConnection(links, ConnectionRef.of("nobody", NO_CONNECTION)));
      operations.add(() -> links.zones("nobody"));
      operations.add(() -> links.check("nobody", setup.service.type()));
      operations.add(() -> links.create(setup.request().clusterId("nobody").build()));
      operations.add(() -> links.list(ListRequest.of("nobody")));
      operations.add(() -> links.reconcile("nobody"));
      operations.add(() -> links.repairAtOnce("nobody"));

      for (ThrowingCallable operation : operations) {
        assertThat(Refusal.unasked(setup, NotFoundException.class, operation))
            .hasMessage(
                "cluster nobody is not known: the cluster directory names no network for it");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void everyOperation_onAConnectionThatIsNot_isNotFound(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      for (ThrowingCallable operation :
          onConnection(setup.links, ConnectionRef.of(Setup.CLUSTER, NO_CONNECTION))) {
        NotFoundException refusal = Refusal.of(setup, NotFoundException.class, operation);
        assertThat(refusal).hasMessageContaining("List the cluster's connections");
        assertThat(refusal.details().resource()).contains(NO_CONNECTION);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void everyOperation_onAnotherClustersConnection_isNotFound(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      setup.directory.put("other", List.of(setup.network));
      PrivateLinkConnection link = setup.active();
      DomainAttachment domain = setup.links.attachDomain(link, DomainRequest.managed());
      setup.settle();
      // Both the plain id and a connection object that still holds the endpoint's id.
      List<ConnectionRef> refs =
          List.of(
              ConnectionRef.of("other", link.id()),
              PrivateLinkConnection.builder().from(link).clusterId("other").build());

      for (PrivateLinkClient client : List.of(setup.links, setup.client())) {
        for (ConnectionRef ref : refs) {
          List<ThrowingCallable> operations = new ArrayList<>(onConnection(client, ref));
          operations.add(() -> client.detachDomain(ref, domain.id()));
          for (ThrowingCallable operation : operations) {
            NotFoundException refusal = Refusal.of(setup, NotFoundException.class, operation);
            assertThat(refusal)
                .hasMessageContaining("cluster other has no connection " + link.id())
                .message()
                .doesNotContain(Setup.CLUSTER, link.endpointId());
          }
        }
        assertThat(client.list(ListRequest.of("other")).connections()).isEmpty();
      }
      assertThat(setup.links.get(link).state()).isEqualTo(ConnectionState.ACTIVE);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void foreignEndpoint_isNeverListedNorTouched(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      String foreign = setup.cloud.addForeignEndpoint(setup.network, setup.service);
      PrivateLinkConnection link = setup.active();
      Map<String, String> labels = labels(setup, foreign);

      assertThat(setup.links.list(ListRequest.of(Setup.CLUSTER)).connections())
          .extracting(PrivateLinkConnection::endpointId)
          .containsExactly(link.endpointId());
      PrivateLinkConnection disguised =
          PrivateLinkConnection.builder().from(link).id(NO_CONNECTION).endpointId(foreign).build();
      for (ThrowingCallable operation : onConnection(setup.links, disguised)) {
        assertThat(Refusal.of(setup, NotFoundException.class, operation))
            .hasMessageContaining("has no connection " + NO_CONNECTION);
      }
      setup.links.delete(link);
      setup.links.awaitDeleted(link, HALF_AN_HOUR);

      assertThat(setup.cloud.endpoints()).extracting(Endpoint::id).containsExactly(foreign);
      assertThat(labels(setup, foreign)).isEqualTo(labels);
    }
  }

  // --- edited labels ---

  static Stream<Arguments> tampering() {
    Map<String, UnaryOperator<Map<String, String>>> edits = new TreeMap<>();
    edits.put("version removed", without("plc.v"));
    edits.put("version edited", with("plc.v", "1"));
    edits.put("request removed", without("plc.req"));
    edits.put("request edited", with("plc.req", "r" + "a".repeat(26) + "-" + "a".repeat(13)));
    edits.put("name removed", without("plc.name"));
    edits.put("attachment edited", with("plc.d." + NO_ATTACHMENT, "attached"));
    return Setup.flavours()
        .flatMap(
            cloud ->
                Stream.of(false, true)
                    .flatMap(
                        creator ->
                            edits.entrySet().stream()
                                .filter(e -> !creator || !e.getKey().startsWith("deletion mark"))
                                .map(e -> Arguments.of(cloud, e.getKey(), creator, e.getValue()))));
  }

  private static UnaryOperator<Map<String, String>> without(String key) {
    return labels -> {
      labels.remove(key);
      return labels;
    };
  }

  private static UnaryOperator<Map<String, String>> with(String key, String value) {
    return labels -> {
      labels.put(key, value);
      return labels;
    };
  }

  @ParameterizedTest(name = "{0} {1}, by its creator: {2}")
  @MethodSource("tampering")
  void tamperedConnection_isShownAndNeverWrittenTo(
      CloudProvider flavour,
      String what,
      boolean byCreator,
      UnaryOperator<Map<String, String>> edit) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.active();
      setup.settle();
      tamper(setup, link.endpointId(), edit);
      setup.settle();
      Map<String, String> labels = labels(setup, link.endpointId());
      PrivateLinkClient client = byCreator ? setup.links : setup.client();

      assertThat(client.list(ListRequest.of(Setup.CLUSTER)).connections())
          .singleElement()
          .extracting(PrivateLinkConnection::endpointId, PrivateLinkConnection::integrity)
          .containsExactly(link.endpointId(), Integrity.TAMPERED);
      assertThat(client.get(link).integrity()).isEqualTo(Integrity.TAMPERED);
      for (ThrowingCallable operation : writes(client, link)) {
        setup.cloud.calls().clear();
        assertThatThrownBy(operation)
            .isInstanceOf(ConflictException.class)
            .hasMessageContaining(link.id())
            .hasMessageContaining(
                "Restore the labels that begin with plc., or delete the endpoint by hand");
        assertThat(labels(setup, link.endpointId())).isEqualTo(labels);
        if (!byCreator) {
          assertThat(setup.cloud.calls().writes()).isEmpty();
        }
      }
      assertThat(setup.cloud.zones()).isEmpty();
    }
  }

  static Stream<Arguments> identityTampering() {
    Map<String, UnaryOperator<Map<String, String>>> edits = new TreeMap<>();
    edits.put("id removed", without("plc.id"));
    edits.put("id edited", with("plc.id", NO_CONNECTION));
    edits.put("cluster removed", without("plc.cluster"));
    edits.put("cluster edited", with("plc.cluster", "c.other"));
    return Setup.flavours()
        .flatMap(
            cloud ->
                Stream.of(false, true)
                    .flatMap(
                        creator ->
                            edits.entrySet().stream()
                                .map(e -> Arguments.of(cloud, e.getKey(), creator, e.getValue()))));
  }

  /** Without its id or cluster a connection cannot be told from another's: it is not found. */
  @ParameterizedTest(name = "{0} {1}, by its creator: {2}")
  @MethodSource("identityTampering")
  void connectionThatLostItsIdentity_isNotFoundAndNeverWrittenTo(
      CloudProvider flavour,
      String what,
      boolean byCreator,
      UnaryOperator<Map<String, String>> edit) {
    try (Setup setup = new Setup(flavour)) {
      setup.directory.put("other", List.of(setup.network));
      PrivateLinkConnection link = setup.active();
      setup.settle();
      tamper(setup, link.endpointId(), edit);
      setup.settle();
      Map<String, String> labels = labels(setup, link.endpointId());
      PrivateLinkClient client = byCreator ? setup.links : setup.client();

      String lister = what.equals("cluster edited") ? "other" : Setup.CLUSTER;
      if (!what.equals("cluster removed")) {
        assertThat(client.list(ListRequest.of(lister)).connections())
            .singleElement()
            .extracting(PrivateLinkConnection::endpointId, PrivateLinkConnection::integrity)
            .containsExactly(link.endpointId(), Integrity.TAMPERED);
      }
      List<ThrowingCallable> operations = writes(client, link);
      for (ThrowingCallable operation : byCreator ? operations.subList(0, 2) : operations) {
        assertThatThrownBy(operation)
            .isInstanceOf(NotFoundException.class)
            .hasMessageContaining("has no connection " + link.id());
        assertThat(labels(setup, link.endpointId())).isEqualTo(labels);
      }
      assertThat(setup.cloud.zones()).isEmpty();
      assertThat(setup.cloud.leftovers()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void newerLedger_isReadButNotWritten(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.active();
      setup.cloud.editLabel(link.endpointId(), "plc.v", "v2.0");
      setup.cloud.editLabel(link.endpointId(), "plc.future", "x");
      setup.settle();
      PrivateLinkClient client = setup.client();

      PrivateLinkConnection read = client.get(link);
      assertThat(read.integrity()).isEqualTo(Integrity.NEWER_VERSION);
      assertThat(read.displayName()).isEqualTo("orders-kafka");
      assertThat(read.state()).isEqualTo(ConnectionState.ACTIVE);
      for (ThrowingCallable operation : writes(client, link)) {
        assertThat(Refusal.of(setup, ConflictException.class, operation))
            .hasMessageContaining("upgrade this process before changing it");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void newerMinorLedger_isWritten_andItsUnknownLabelsStay(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.active();
      setup.cloud.editLabel(link.endpointId(), "plc.v", "v1.7");
      setup.cloud.editLabel(link.endpointId(), "plc.future", "x");
      setup.settle();
      PrivateLinkClient client = setup.client();

      DomainAttachment domain = client.attachDomain(link, DomainRequest.managed());
      client.detachDomain(link, domain.id());

      assertThat(labels(setup, link.endpointId()))
          .containsEntry("plc.v", "v1.7")
          .containsEntry("plc.future", "x");
    }
  }

  // --- lists ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void list_refusesPageSizesOutOfRange(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      for (int size : new int[] {0, -1, 1001, Integer.MIN_VALUE}) {
        ListRequest request = ListRequest.of(Setup.CLUSTER).withPageSize(size);
        assertThat(
                Refusal.unasked(
                    setup, InvalidRequestException.class, () -> setup.links.list(request)))
            .hasMessage("pageSize must be 1 to 1000, is " + size);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void list_refusesForgedAndForeignPageTokens(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      setup.directory.put("other", List.of(setup.network));
      setup.create();
      setup.create();
      setup.settle();
      ListRequest first = ListRequest.of(Setup.CLUSTER).withPageSize(1);
      String token = setup.links.list(first).nextPageToken().orElseThrow();
      String plain = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      List<ListRequest> forged =
          List.of(
              first.withPageToken(""),
              first.withPageToken("1"),
              first.withPageToken("!!!"),
              first.withPageToken("x".repeat(100_000)),
              first.withPageToken(token + "a"),
              first.withPageToken(token.substring(1)),
              first.withPageToken(
                  Base64.getUrlEncoder()
                      .withoutPadding()
                      .encodeToString(
                          plain.replaceFirst("2026", "2027").getBytes(StandardCharsets.UTF_8))),
              first.withState(ConnectionState.ACTIVE).withPageToken(token),
              ListRequest.of("other").withPageToken(token));

      for (ListRequest request : forged) {
        assertThat(
                Refusal.unasked(
                    setup, InvalidRequestException.class, () -> setup.links.list(request)))
            .hasMessageContaining("or begin with the first page");
      }
      assertThat(setup.links.list(first.withPageToken(token)).connections()).hasSize(1);
    }
  }

  // --- domains ---

  @ParameterizedTest
  @ValueSource(
      strings = {
        "us-west-2",
        "pkc-abc.us-west-2",
        "lkc-abc123.domnprzqrog.us-west-2",
        "domnprzqrog",
        "domnprzqrog.us-east-1",
        "DOMNPRZQROG.us-west-2",
        "domnprzqrog.us-west-2.aws.confluent.cloud",
        "domnprzqrog.us-west-2.",
        "dom_npr.us-west-2",
        "*.us-west-2",
        "a.us-west-2",
        "aws.confluent.cloud",
        ".us-west-2",
        " domnprzqrog.us-west-2"
      })
  void confluentName_thatIsNotOneNetworkOfTheServicesRegion_isRefused(String name) {
    try (Setup setup = new Setup(CloudProvider.AWS, b -> b.domainPolicy(use -> Decision.allow()))) {
      PrivateLinkConnection link = setup.active();
      DomainRequest request = DomainRequest.confluent(name);

      assertThat(
              Refusal.of(
                  setup,
                  InvalidRequestException.class,
                  () -> setup.links.attachDomain(link, request)))
          .hasMessageContaining("The Confluent unique name")
          .hasMessageContaining("cannot be used")
          .hasMessageContaining("us-west-2");
      Refusal.of(setup, InvalidRequestException.class, () -> setup.links.planDomain(link, request));
      assertThat(setup.cloud.zones()).isEmpty();
    }
  }

  @Test
  void confluentDomain_onAlibabaCloud_isUnsupported() {
    try (Setup setup = new Setup(CloudProvider.ALICLOUD)) {
      PrivateLinkConnection link = setup.active();
      DomainRequest request = DomainRequest.confluent("domnprzqrog.ap-southeast-1");

      for (ThrowingCallable operation :
          List.<ThrowingCallable>of(
              () -> setup.links.attachDomain(link, request),
              () -> setup.links.planDomain(link, request))) {
        assertThat(Refusal.of(setup, UnsupportedDomainException.class, operation))
            .hasMessageContaining("Supported: TIDBCLOUD_MANAGED and CONFLUENT on AWS");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void managedName_thatIsNotThisConnections_isRefused(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.active();
      PrivateLinkConnection other = setup.create();
      String own = link.id().substring(4);
      List<String> names =
          List.of(
              other.id().substring(4),
              link.id(),
              own + "-1",
              own + "-100",
              own + "-02",
              own.toUpperCase(Locale.ROOT),
              own + ".aws.tidbcloud.com",
              "*",
              "kafka",
              "");

      for (String name : names) {
        DomainRequest request = DomainRequest.managed(name);
        assertThat(
                Refusal.of(
                    setup,
                    InvalidRequestException.class,
                    () -> setup.links.attachDomain(link, request)))
            .hasMessageContaining("cannot be used")
            .hasMessageContaining("This connection's names are \"" + own + "\"");
      }
    }
  }

  // --- helpers ---

  private static Stream<Arguments> each(String... values) {
    return Setup.flavours().flatMap(cloud -> Stream.of(values).map(v -> Arguments.of(cloud, v)));
  }

  private static Arguments onAws(String name, FindingCode code, String advice) {
    return Arguments.of(CloudProvider.AWS, name, code, advice);
  }

  private static Arguments onAlicloud(String name, FindingCode code, String advice) {
    return Arguments.of(CloudProvider.ALICLOUD, name, code, advice);
  }

  /** Every operation on one connection that finds it first. */
  private static List<ThrowingCallable> onConnection(PrivateLinkClient links, ConnectionRef ref) {
    return List.of(
        () -> links.get(ref),
        () -> links.planDomain(ref, DomainRequest.managed()),
        () -> links.attachDomain(ref, DomainRequest.managed()),
        () -> links.detachDomain(ref, NO_ATTACHMENT),
        () -> links.forceDetachDomain(ref, NO_ATTACHMENT),
        () -> links.delete(ref),
        () -> links.forceDelete(ref),
        () -> links.awaitActive(ref, HALF_AN_HOUR));
  }

  private static List<ThrowingCallable> writes(PrivateLinkClient links, ConnectionRef ref) {
    return List.of(
        () -> links.attachDomain(ref, DomainRequest.managed()),
        () -> links.detachDomain(ref, NO_ATTACHMENT),
        () -> links.forceDetachDomain(ref, NO_ATTACHMENT),
        () -> links.delete(ref),
        () -> links.forceDelete(ref));
  }

  private static Map<String, String> labels(Setup setup, String endpointId) {
    Optional<Endpoint> endpoint =
        setup.cloud.endpoints().stream().filter(e -> e.id().equals(endpointId)).findFirst();
    return endpoint.orElseThrow().labels();
  }

  private static void tamper(
      Setup setup, String endpointId, UnaryOperator<Map<String, String>> edit) {
    Map<String, String> before = labels(setup, endpointId);
    Map<String, String> after = edit.apply(new TreeMap<>(before));
    before.keySet().stream()
        .filter(key -> !after.containsKey(key))
        .forEach(key -> setup.cloud.removeLabel(endpointId, key));
    after.forEach((key, value) -> setup.cloud.editLabel(endpointId, key, value));
  }
}
