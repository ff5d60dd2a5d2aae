package io.privatelink4j.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.privatelink4j.model.AwsEndpointService;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpiValuesTest {
  private static final Action ACTION =
      new Action("Do", "cloud:Do", new CallFamily("f", 1, 1, false));

  private static DriverTraits.Builder traits(Map<Operation, Action> actions) {
    return DriverTraits.builder()
        .actions(actions)
        .idsPerRead(1)
        .idsPerFilter(0)
        .endpointsPerPage(50)
        .idsPerLabelCall(1)
        .idsPerDelete(1)
        .labelsPerEndpoint(20)
        .recordsPerCall(1)
        .accountFromSubnets(false)
        .zonesInEndpoint(false)
        .zonesRemovedFirst(true)
        .zoneBoundAtCreation(false);
  }

  private static Endpoint.Builder endpoint() {
    return Endpoint.builder()
        .id("ep-1")
        .serviceName("svc")
        .vpcId("vpc-1")
        .resource(ResourceState.READY)
        .link(LinkState.CONNECTED)
        .rawStatus("Active/Connected")
        .createTime(Instant.EPOCH);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "-1, 1", "1, 0", "1, -1", "1, NaN"})
  void callFamily_outOfRange_isRefusedWithItsNumbers(int capacity, double perSecond) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CallFamily("f", capacity, perSecond, false))
        .withMessage("capacity %d and perSecond %s of f", capacity, perSecond);
  }

  @Test
  void driverTraits_tellTheActionOfAnOperation() {
    assertThat(traits(Map.of(Operation.READ_ZONE, ACTION)).build().action(Operation.READ_ZONE))
        .isEqualTo(ACTION);
  }

  @Test
  void driverTraits_withoutAnAction_sayWhichIsMissing() {
    DriverTraits traits = traits(Map.of()).build();

    assertThatIllegalStateException()
        .isThrownBy(() -> traits.action(Operation.READ_ZONE))
        .withMessage("the driver declares no action for READ_ZONE");
  }

  @Test
  void driverTraits_withoutARequiredValue_sayWhichIsMissing() {
    assertThatIllegalStateException()
        .isThrownBy(() -> DriverTraits.builder().actions(Map.of()).build())
        .withMessageContaining("idsPerRead");
  }

  @Test
  void driverTraits_keepTheirValues() {
    DriverTraits traits = traits(Map.of()).dnsSwitches(Set.of(DnsSwitch.RESOLVER)).build();

    assertThat(traits.idsPerFilter()).isZero();
    assertThat(traits.endpointsPerPage()).isEqualTo(50);
    assertThat(traits.labelsPerEndpoint()).isEqualTo(20);
    assertThat(traits.zonesRemovedFirst()).isTrue();
    assertThat(traits.zoneBoundAtCreation()).isFalse();
    assertThat(traits.dnsSwitches()).containsExactly(DnsSwitch.RESOLVER);
  }

  @Test
  void operations_thatMakeSomethingOrRemoveExactly_areNotRepeatedBlindly() {
    Set<Operation> looking = EnumSet.noneOf(Operation.class);
    for (Operation operation : Operation.values()) {
      if (operation.repeat() == Operation.Repeat.AFTER_A_LOOK) {
        looking.add(operation);
      }
    }

    assertThat(looking)
        .containsExactlyInAnyOrder(
            Operation.CREATE_ENDPOINT, Operation.CREATE_ZONE, Operation.REMOVE_RECORDS);
  }

  @Test
  void endpoint_withTheLeast_hasDefaults() {
    Endpoint endpoint = endpoint().build();

    assertThat(endpoint.billingLocked()).isFalse();
    assertThat(endpoint.labels()).isEmpty();
    assertThat(endpoint.zones()).isEmpty();
    assertThat(endpoint.zonalDnsNames()).isEmpty();
    assertThat(endpoint.serviceRegion()).isEmpty();
    assertThat(endpoint.dnsName()).isEmpty();
    assertThat(endpoint.failure()).isEmpty();
  }

  @Test
  void endpoint_fromACopy_isEqual() {
    Endpoint endpoint =
        endpoint()
            .billingLocked(true)
            .labels(Map.of("a", "b"))
            .dnsName(Optional.of("x.example"))
            .zonalDnsNames(Map.of("z", "z.x.example"))
            .zones(
                List.of(
                    new EndpointZone(
                        Optional.of("subnet-1"),
                        Optional.empty(),
                        LinkState.CONNECTED,
                        Optional.empty())))
            .build();

    assertThat(Endpoint.builder().from(endpoint).build())
        .isEqualTo(endpoint)
        .hasSameHashCodeAs(endpoint);
  }

  @Test
  void endpoint_withoutId_saysWhatIsMissing() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Endpoint.builder().build())
        .withMessageContaining("id");
  }

  @Test
  void endpointSpec_copiesItsCollections() {
    TreeMap<String, String> labels = new TreeMap<>(Map.of("b", "2", "a", "1"));
    EndpointSpec spec =
        new EndpointSpec("n", AwsEndpointService.of("svc"), List.of(), labels, "token");
    labels.clear();

    assertThat(spec.labels()).containsExactly(Map.entry("a", "1"), Map.entry("b", "2"));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> spec.labels().put("c", "3"));
  }

  @Test
  void endpointFilter_byOneThing_leavesTheRestOpen() {
    assertThat(EndpointFilter.label("k", "v"))
        .isEqualTo(new EndpointFilter(Map.of("k", "v"), List.of(), Optional.empty()));
    assertThat(EndpointFilter.ids(List.of("a", "b")))
        .isEqualTo(new EndpointFilter(Map.of(), List.of("a", "b"), Optional.empty()));
    assertThat(EndpointFilter.service("svc"))
        .isEqualTo(new EndpointFilter(Map.of(), List.of(), Optional.of("svc")));
  }

  @Test
  void remoteException_keepsItsFields() {
    Exception cause = new Exception("cause");
    RemoteException e =
        new RemoteException(
            ErrorKind.QUOTA, "Code", "message", "req-1", Duration.ofSeconds(3), cause);

    assertThat(e).hasMessage("message").hasCause(cause);
    assertThat(e.kind()).isEqualTo(ErrorKind.QUOTA);
    assertThat(e.code()).isEqualTo("Code");
    assertThat(e.requestId()).contains("req-1");
    assertThat(e.retryAfter()).contains(Duration.ofSeconds(3));
  }

  @Test
  void remoteException_withTheLeast_hasNothingElse() {
    RemoteException e = new RemoteException(ErrorKind.QUOTA, "Code", "message");

    assertThat(e.requestId()).isEmpty();
    assertThat(e.retryAfter()).isEmpty();
    assertThat(e).hasNoCause();
  }

  @Test
  void remoteException_withoutKindOrCode_isRefused() {
    assertThatNullPointerException()
        .isThrownBy(() -> new RemoteException(null, "Code", "message"))
        .withMessage("kind");
    assertThatNullPointerException()
        .isThrownBy(() -> new RemoteException(ErrorKind.QUOTA, null, "message"))
        .withMessage("code");
  }
}
