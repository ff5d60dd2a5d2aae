package io.privatelink4j.aws;

import static io.privatelink4j.aws.BareAws.refused;
import static io.privatelink4j.aws.BareAws.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.testing.Assumption;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateVpcEndpointRequest;
import software.amazon.awssdk.services.ec2.model.DnsEntry;
import software.amazon.awssdk.services.ec2.model.SecurityGroupIdentifier;
import software.amazon.awssdk.services.ec2.model.ServiceDetail;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.VpcAttributeName;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/** What EC2's documentation says of subnets, services and the creation of an endpoint. */
class FakeAwsCreationTest {
  private BareAws aws = new BareAws();

  @AfterEach
  void close() {
    aws.close();
  }

  private void with(Assumption assumption) {
    aws.close();
    aws = new BareAws(assumption);
  }

  // Subnets

  @Test
  void subnets_tellZoneOwnerAndFreeAddresses() {
    Subnet before = subnet();
    aws.create(aws.endpoint(aws.service(false)));

    assertThat(before.availabilityZoneId()).isEqualTo("usw2-az1");
    assertThat(before.availabilityZone()).startsWith("us-west-2").isNotEqualTo("us-west-2a");
    assertThat(before.ownerId()).isEqualTo(FakeWorld.ACCOUNT);
    assertThat(subnet().availableIpAddressCount()).isEqualTo(before.availableIpAddressCount() - 1);
  }

  private Subnet subnet() {
    return aws.ec2.describeSubnets(request -> request.subnetIds(aws.subnet())).subnets().get(0);
  }

  @Test
  void addresses_areFreeAgainOnceTheEndpointIsDeleted() {
    int before = subnet().availableIpAddressCount();
    String id = aws.create(aws.endpoint(aws.service(false))).vpcEndpointId();
    aws.ec2.deleteVpcEndpoints(request -> request.vpcEndpointIds(id));
    aws.pass(FakeWorld.DELETING);

    assertThat(aws.state(id)).isEqualTo("deleted");
    assertThat(subnet().availableIpAddressCount()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "subnet-0123456789abcdef0, InvalidSubnetID.NotFound",
    "subnet-xyz, InvalidSubnetID.Malformed"
  })
  void subnetThatIsNotThere_failsTheWholeCall(String id, String code) {
    refused(() -> aws.ec2.describeSubnets(request -> request.subnetIds(aws.subnet(), id)), code);
  }

  @ParameterizedTest
  @CsvSource({"4, InvalidParameterValue", "1001, InvalidParameterValue"})
  void subnetPages_have5To1000Subnets(int size, String code) {
    aws.fake.addNetwork();

    assertThat(aws.ec2.describeSubnets(request -> request.maxResults(5)).subnets()).hasSize(5);
    refused(() -> aws.ec2.describeSubnets(request -> request.maxResults(size)), code);
    refused(
        () -> aws.ec2.describeSubnets(request -> request.subnetIds(aws.subnet()).maxResults(5)),
        "InvalidParameterCombination");
  }

  @Test
  void subnets_canBeFiltered() {
    aws.fake.addNetwork();

    assertThat(
            aws.ec2
                .describeSubnets(
                    request -> request.filters(BareAws.filter("vpc-id", aws.network.vpcId())))
                .subnets())
        .extracting(Subnet::subnetId)
        .containsExactlyInAnyOrderElementsOf(aws.network.subnetIds());
  }

  @Test
  void vpcAttributes_areToldOneByOne() {
    aws.fake.switchDns(aws.network.vpcId(), "enableDnsHostnames", false);

    assertThat(
            aws.ec2
                .describeVpcAttribute(
                    request ->
                        request
                            .vpcId(aws.network.vpcId())
                            .attribute(VpcAttributeName.ENABLE_DNS_HOSTNAMES))
                .enableDnsHostnames()
                .value())
        .isFalse();
    assertThat(
            aws.ec2
                .describeVpcAttribute(
                    request ->
                        request
                            .vpcId(aws.network.vpcId())
                            .attribute(VpcAttributeName.ENABLE_DNS_SUPPORT))
                .enableDnsSupport()
                .value())
        .isTrue();
  }

  // Services

  private ServiceDetail detail(String name, String... regions) {
    return aws.ec2
        .describeVpcEndpointServices(
            request -> request.serviceNames(name).serviceRegions(List.of(regions)))
        .serviceDetails()
        .get(0);
  }

  @Test
  void service_tellsTypeRegionAcceptanceAndZones() {
    String name = aws.allowed(aws.fake.publish(List.of("usw2-az2"), true));

    ServiceDetail detail = detail(name);

    assertThat(detail.serviceType().get(0).serviceTypeAsString()).isEqualTo("Interface");
    assertThat(detail.serviceRegion()).isEqualTo(FakeAws.REGION);
    assertThat(detail.acceptanceRequired()).isTrue();
    assertThat(detail.availabilityZoneIds()).containsExactly("usw2-az2");
    assertThat(detail.availabilityZones()).containsExactly("us-west-2c");
  }

  @Test
  void zoneIds_mayBeLeftOut() {
    with(Assumption.SERVICE_ZONE_IDS_EMPTY);

    assertThat(detail(aws.service(false)).availabilityZoneIds()).isEmpty();
    assertThat(detail(aws.service(false)).availabilityZones()).hasSize(3);
  }

  @Test
  void service_thatIsUnknownDoesNotAllowUsOrIsElsewhere_looksTheSame() {
    String stranger = aws.fake.publish(BareAws.ZONES, false);
    String elsewhere = aws.allowed(aws.fake.publish("us-east-1", false));
    String gone = aws.service(false);
    aws.fake.deleteService(gone);

    for (String name :
        List.of(
            stranger, elsewhere, gone, "com.amazonaws.vpce.us-west-2.vpce-svc-0123456789abcdef0")) {
      refused(() -> detail(name), "InvalidServiceName");
      refused(() -> aws.create(aws.endpoint(name)), "InvalidServiceName");
      assertThat(
              aws.ec2
                  .describeVpcEndpointServices(
                      request -> request.filters(BareAws.filter("service-name", name)))
                  .serviceDetails())
          .isEmpty();
    }
  }

  @Test
  void serviceOfAnotherRegion_isFoundThere_withoutZones() {
    String name = aws.allowed(aws.fake.publish("us-east-1", false));

    assertThat(detail(name, "eu-west-1", "us-east-1").availabilityZones()).isEmpty();
    VpcEndpoint made = aws.create(aws.endpoint(name).serviceRegion("us-east-1"));
    assertThat(made.serviceRegion()).isEqualTo("us-east-1");
    refused(() -> detail(name, "eu-west-1"), "InvalidServiceName");
    refused(() -> aws.create(aws.endpoint(name).serviceRegion("eu-west-1")), "InvalidServiceName");
  }

  @Test
  void services_withoutNames_areAllThatAllowUs() {
    String one = aws.service(false);
    String other = aws.service(false);
    aws.fake.publish(BareAws.ZONES, false);

    assertThat(aws.ec2.describeVpcEndpointServices().serviceNames())
        .containsExactlyInAnyOrder(one, other);
  }

  // Creation

  @Test
  void endpointType_isGatewayUnlessNamed_andDoesNotFitTheService() {
    CreateVpcEndpointRequest.Builder request = aws.endpoint(aws.service(false));
    request.vpcEndpointType((String) null);

    refused(() -> aws.create(request), "InvalidParameter");
    refused(() -> aws.create(request.vpcEndpointType("GatewayLoadBalancer")), "InvalidParameter");
  }

  @Test
  void creation_needsAVpc() {
    refused(() -> aws.create(aws.endpoint(aws.service(false)).vpcId(null)), "MissingParameter");
    refused(
        () -> aws.create(aws.endpoint(aws.service(false)).vpcId("vpc-1")),
        "InvalidVpcID.Malformed");
    refused(
        () -> aws.create(aws.endpoint(aws.service(false)).vpcId("vpc-0123456789abcdef0")),
        "InvalidVpcID.NotFound");
  }

  @Test
  void participantOfASharedVpc_cannotCreate() {
    aws.fake.share(aws.network.vpcId());

    assertThat(subnet().ownerId()).isEqualTo(FakeWorld.STRANGER);
    refused(() -> aws.create(aws.endpoint(aws.service(false))), 403, "UnauthorizedOperation");
  }

  @Test
  void subnets_mustBeOfDifferentZones() {
    String twin = aws.fake.addSubnet(aws.network.vpcId(), "usw2-az1", 100);

    refused(
        () -> aws.create(aws.endpoint(aws.service(false)).subnetIds(aws.subnet(), twin)),
        "DuplicateSubnetsInSameZone");
  }

  @Test
  void subnets_mustBeInZonesOfTheService() {
    String service = aws.allowed(aws.fake.publish(List.of("usw2-az2"), false));

    assertThat(catchThrowable(() -> aws.create(aws.endpoint(service).subnetIds(aws.subnet()))))
        .hasMessageContaining(
            "The VPC endpoint service "
                + service
                + " does not support the availability zone of the subnet: "
                + aws.subnet());
    refused(() -> aws.create(aws.endpoint(service).subnetIds(aws.subnet())), "InvalidParameter");
  }

  @Test
  void subnets_mustHaveAFreeAddress() {
    String full = aws.fake.addSubnet(aws.network.vpcId(), "usw2-az1", 1);
    aws.create(aws.endpoint(aws.service(false)).subnetIds(full));

    refused(
        () -> aws.create(aws.endpoint(aws.service(false)).subnetIds(full)),
        "InsufficientFreeAddressesInSubnet");
  }

  @Test
  void securityGroup_isTheDefaultOneUnlessNamed() {
    String service = aws.service(false);
    CreateVpcEndpointRequest.Builder without =
        aws.endpoint(service).securityGroupIds(List.<String>of());

    assertThat(groups(aws.create(aws.endpoint(service)))).isEqualTo(aws.network.securityGroupIds());
    assertThat(groups(aws.create(without)))
        .hasSize(1)
        .doesNotContainAnyElementsOf(aws.network.securityGroupIds());
  }

  private static List<String> groups(VpcEndpoint endpoint) {
    return endpoint.groups().stream().map(SecurityGroupIdentifier::groupId).toList();
  }

  @Test
  void securityGroup_mustBeOfTheVpc() {
    ClusterNetwork other = aws.fake.addNetwork();
    String service = aws.service(false);

    refused(
        () ->
            aws.create(
                aws.endpoint(service).securityGroupIds(List.copyOf(other.securityGroupIds()))),
        "InvalidParameter");
    refused(
        () -> aws.create(aws.endpoint(service).securityGroupIds("sg-0123456789abcdef0")),
        "InvalidGroup.NotFound");
    refused(
        () -> aws.create(aws.endpoint(service).securityGroupIds("links")),
        "InvalidSecurityGroupId.Malformed");
  }

  @Test
  void privateDns_needsANameOfTheService() {
    String service = aws.service(false);

    refused(() -> aws.create(aws.endpoint(service).privateDnsEnabled(true)), "InvalidParameter");
    refused(() -> aws.create(aws.endpoint(service).privateDnsEnabled(null)), "InvalidParameter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"enableDnsSupport", "enableDnsHostnames"})
  void privateDns_needsTheVpcsDns(String attribute) {
    String service = aws.service(false);
    aws.fake.name(service, "kafka.example.com");
    aws.fake.switchDns(aws.network.vpcId(), attribute, false);

    refused(() -> aws.create(aws.endpoint(service).privateDnsEnabled(true)), "InvalidParameter");
  }

  @Test
  void privateDns_isRefusedAtCreationIfTheOwnerMustAccept() {
    String service = aws.service(true);
    aws.fake.name(service, "kafka.example.com");

    refused(() -> aws.create(aws.endpoint(service).privateDnsEnabled(true)), "InvalidParameter");
  }

  @Test
  void dnsEntries_areRegionalZonalAndLastPrivate_eachWithItsHostedZone() {
    String service = aws.service(false);
    aws.fake.name(service, "kafka.example.com");

    VpcEndpoint made = aws.create(aws.endpoint(service).privateDnsEnabled(true));

    assertThat(made.privateDnsEnabled()).isTrue();
    List<DnsEntry> entries = made.dnsEntries();
    String id = made.vpcEndpointId();
    String rest = service.substring(service.indexOf("vpce-svc-")) + ".us-west-2.vpce.amazonaws.com";
    assertThat(entries).hasSize(5);
    assertThat(entries.subList(0, 4))
        .allSatisfy(
            entry ->
                assertThat(entry.dnsName())
                    .matches(id + "-[0-9a-f]{8}(-us-west-2[abc])?\\." + rest))
        .anySatisfy(entry -> assertThat(entry.dnsName()).matches(id + "-[0-9a-f]{8}\\." + rest));
    // No order is documented: who relies on the first one being regional must fail.
    assertThat(entries.get(0).dnsName()).doesNotMatch(id + "-[0-9a-f]{8}\\." + rest);
    assertThat(entries.get(4).dnsName()).isEqualTo("kafka.example.com");
    assertThat(entries.get(4).hostedZoneId())
        .isNotBlank()
        .isNotEqualTo(entries.get(0).hostedZoneId());
  }

  @Test
  void vpc_holds50Endpoints_deletedOnesNotCounted() {
    String service = aws.service(false);
    List<String> ids =
        IntStream.range(0, 50)
            .mapToObj(i -> aws.create(aws.endpoint(service)).vpcEndpointId())
            .toList();

    refused(() -> aws.create(aws.endpoint(service)), "VpcEndpointLimitExceeded");
    aws.ec2.deleteVpcEndpoints(request -> request.vpcEndpointIds(ids.get(0)));
    aws.pass(FakeWorld.DELETING);
    assertThat(aws.create(aws.endpoint(service)).vpcEndpointId()).isNotIn(ids);
  }

  // Client tokens

  private VpcEndpoint withToken(String service, String token) {
    return aws.create(aws.endpoint(service).clientToken(token));
  }

  @Test
  void clientToken_makesACreationRepeatable() {
    String service = aws.service(false);
    String id = withToken(service, "t").vpcEndpointId();

    assertThat(withToken(service, "t").vpcEndpointId()).isEqualTo(id);
    assertThat(withToken(service, "T").vpcEndpointId()).isNotEqualTo(id);
  }

  @Test
  void creationWithoutToken_isNotRepeatable() {
    String service = aws.service(false);

    assertThat(aws.create(aws.endpoint(service)).vpcEndpointId())
        .isNotEqualTo(aws.create(aws.endpoint(service)).vpcEndpointId());
  }

  @Test
  void clientToken_withOtherParameters_isAMismatch_tagsIncluded() {
    String service = aws.service(false);
    withToken(service, "t");

    refused(
        () -> aws.create(aws.endpoint(service).clientToken("t").subnetIds(aws.subnet())),
        "IdempotentParameterMismatch");
    refused(
        () ->
            aws.create(
                aws.endpoint(service)
                    .clientToken("t")
                    .tagSpecifications(BareAws.tags("vpc-endpoint", tag("k", "v")))),
        "IdempotentParameterMismatch");
  }

  @Test
  void clientToken_hasAtMost64AsciiCharacters() {
    String service = aws.service(false);

    assertThat(withToken(service, "x".repeat(64)).vpcEndpointId()).isNotBlank();
    refused(() -> withToken(service, "x".repeat(65)), "InvalidParameterValue");
    refused(() -> withToken(service, "ü"), "InvalidParameterValue");
  }

  @ParameterizedTest
  @EnumSource(
      value = Assumption.class,
      names = {"TOKEN_MEMORY_10_MIN", "TOKEN_MEMORY_NONE", "TOKEN_MEMORY_FOREVER"})
  void clientToken_isRememberedAsAssumed(Assumption memory) {
    with(memory);
    String service = aws.service(false);
    String id = withToken(service, "t").vpcEndpointId();

    boolean now = withToken(service, "t").vpcEndpointId().equals(id);
    aws.pass(Duration.ofMinutes(11));
    boolean later = withToken(service, "t").vpcEndpointId().equals(id);

    assertThat(now).isEqualTo(memory != Assumption.TOKEN_MEMORY_NONE);
    assertThat(later).isEqualTo(memory == Assumption.TOKEN_MEMORY_FOREVER);
  }

  @ParameterizedTest
  @EnumSource(
      value = Assumption.class,
      names = {"TOKEN_OF_DELETED_RETURNS_IT", "TOKEN_OF_DELETED_CREATES_ANEW"})
  void clientToken_ofADeletedEndpoint_answersAsAssumed(Assumption answer) {
    with(answer);
    String service = aws.service(false);
    String id = withToken(service, "t").vpcEndpointId();
    aws.ec2.deleteVpcEndpoints(request -> request.vpcEndpointIds(id));

    assertThat(withToken(service, "t").vpcEndpointId().equals(id))
        .isEqualTo(answer == Assumption.TOKEN_OF_DELETED_RETURNS_IT);
  }

  // Tags of a new endpoint

  private void createTagged(Tag... tags) {
    aws.create(
        aws.endpoint(aws.service(false)).tagSpecifications(BareAws.tags("vpc-endpoint", tags)));
  }

  @Test
  void tags_haveTheirLimits() {
    createTagged(tag("k".repeat(127), "v".repeat(256)));

    refused(() -> createTagged(tag("k".repeat(129), "v")), "InvalidTagKey.Malformed");
    refused(() -> createTagged(tag("", "v")), "InvalidTagKey.Malformed");
    refused(() -> createTagged(tag("aws:k", "v")), "InvalidTagKey.Malformed");
    refused(() -> createTagged(tag("AWS:k", "v")), "InvalidTagKey.Malformed");
    refused(() -> createTagged(tag("k", "v".repeat(257))), "InvalidParameterValue");
    refused(() -> createTagged(tag("k", "v"), tag("k", "w")), "InvalidParameterValue");
  }

  @Test
  void endpoint_hasAtMost50Tags() {
    createTagged(tags(50));

    refused(() -> createTagged(tags(51)), "TagLimitExceeded");
    assertThat(aws.ec2.describeVpcEndpoints().vpcEndpoints()).hasSize(1);
  }

  private static Tag[] tags(int count) {
    return IntStream.range(0, count).mapToObj(i -> tag("k" + i, "v")).toArray(Tag[]::new);
  }

  @Test
  void tags_areOfTheEndpointAndThereFromItsFirstMoment() {
    with(Assumption.LABEL_LAG_10S);
    assertThat(aws.read(aws.tagged("k", "v")).tags()).containsExactly(tag("k", "v"));

    refused(
        () ->
            aws.create(
                aws.endpoint(aws.service(false))
                    .tagSpecifications(BareAws.tags("instance", tag("k", "v")))),
        "InvalidParameterValue");
  }

  @Test
  void endpointOfAnotherRegion_isNotThere() {
    String id = aws.tagged("k", "v");

    try (Ec2Client other = aws.ec2("eu-west-1")) {
      assertThat(other.describeVpcEndpoints().vpcEndpoints()).isEmpty();
      refused(
          () -> other.describeVpcEndpoints(request -> request.vpcEndpointIds(id)),
          "InvalidVpcEndpointId.NotFound");
    }
  }
}
