package io.privatelink4j.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.internal.ServiceNames.Parsed;
import io.privatelink4j.model.Actor;
import io.privatelink4j.model.AlicloudEndpointService;
import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.Finding;
import io.privatelink4j.model.FindingCode;
import io.privatelink4j.model.Severity;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceNamesTest {
  private static final String AWS_NAME = "com.amazonaws.vpce.us-west-2.vpce-svc-0a1b2c3d4e5f60718";
  private static final String ALI_NAME =
      "com.aliyuncs.privatelink.ap-southeast-1.epsrv-hp3vpx8yqxblby3i";

  private static Parsed aws(String name) {
    return ServiceNames.parse(AwsEndpointService.of(name), CloudProvider.AWS, "us-west-2");
  }

  private static Parsed aws(String name, String region) {
    return ServiceNames.parse(AwsEndpointService.of(name, region), CloudProvider.AWS, "us-west-2");
  }

  private static Parsed alicloud(String name) {
    return ServiceNames.parse(
        AlicloudEndpointService.of(name), CloudProvider.ALICLOUD, "ap-southeast-1");
  }

  private static Finding only(Parsed parsed, FindingCode code) {
    assertThat(parsed.findings()).hasSize(1);
    Finding finding = parsed.findings().get(0);
    assertThat(finding.code()).isEqualTo(code);
    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
    assertThat(finding.actor()).isEqualTo(Actor.CALLER);
    assertThat(parsed.ok()).isFalse();
    return finding;
  }

  // --- good names ---

  @Test
  void parse_ofAwsServiceInTheClustersRegion_findsNothingAndFillsTheRegion() {
    Parsed parsed = aws(AWS_NAME);

    assertThat(parsed.findings()).isEmpty();
    assertThat(parsed.ok()).isTrue();
    assertThat(parsed.region()).contains("us-west-2");
    assertThat(parsed.type()).isEqualTo(AwsEndpointService.of(AWS_NAME, "us-west-2"));
  }

  @Test
  void parse_ofAwsServiceWithItsRegionGiven_findsNothing() {
    assertThat(aws(AWS_NAME, "us-west-2").findings()).isEmpty();
  }

  @Test
  void parse_ofAlibabaCloudService_findsNothing() {
    Parsed parsed = alicloud(ALI_NAME);

    assertThat(parsed.findings()).isEmpty();
    assertThat(parsed.region()).contains("ap-southeast-1");
    assertThat(parsed.type()).isEqualTo(AlicloudEndpointService.of(ALI_NAME));
  }

  @ParameterizedTest
  @CsvSource({
    "us-gov-west-1, com.amazonaws.vpce.us-gov-west-1.vpce-svc-0a1b2c3d",
    "cn-north-1, com.amazonaws.vpce.cn-north-1.vpce-svc-0a1b2c3d",
    "cn-northwest-1, cn.com.amazonaws.vpce.cn-northwest-1.vpce-svc-0a1b2c3d4e5f60718",
    "ap-southeast-7, com.amazonaws.vpce.ap-southeast-7.vpce-svc-0a1b2c3d4e5f60718",
  })
  void parse_ofAwsNamesOfAllPartitions_findsNothing(String region, String name) {
    Parsed parsed = ServiceNames.parse(AwsEndpointService.of(name), CloudProvider.AWS, region);

    assertThat(parsed.findings()).isEmpty();
    assertThat(parsed.region()).contains(region);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cn-hangzhou", "cn-huhehaote", "cn-shanghai-finance-1", "us-west-1"})
  void parse_ofAlibabaCloudRegions_findsNothing(String region) {
    Parsed parsed =
        ServiceNames.parse(
            AlicloudEndpointService.of(
                "com.aliyuncs.privatelink." + region + ".epsrv-hp3vpx8yqxblby3i"),
            CloudProvider.ALICLOUD,
            region);

    assertThat(parsed.findings()).isEmpty();
    assertThat(parsed.region()).contains(region);
  }

  // --- other things than service names ---

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kafka-0a1b2c3d4e5f6071.elb.us-west-2.amazonaws.com",
        "internal-kafka-1234567890.us-west-2.elb.amazonaws.com",
        "kafka-0a1b.elb.cn-north-1.amazonaws.com.cn",
        "arn:aws:elasticloadbalancing:us-west-2:123456789012:loadbalancer/net/kafka/0a1b2c3d",
      })
  void parse_ofAwsLoadBalancer_asksForTheEndpointServiceInFrontOfIt(String name) {
    assertThat(only(aws(name), FindingCode.LOAD_BALANCER_NAME).message())
        .startsWith("\"" + name + "\" names a load balancer")
        .contains("com.amazonaws.vpce.us-west-2.vpce-svc-<id>")
        .contains("the VPC console under Endpoint services");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nlb-wb7r6dlwetvt5jabcd.cn-hangzhou.nlb.aliyuncs.com",
        "nlb-wb7r6dlwetvt5jabcd.ap-southeast-1.nlb.aliyuncsslb.com",
        "kafka.slb.aliyuncs.com",
        "lb-hp3vpx8yqxblby3i",
      })
  void parse_ofAlibabaCloudLoadBalancer_asksForTheEndpointServiceInFrontOfIt(String name) {
    assertThat(only(alicloud(name), FindingCode.LOAD_BALANCER_NAME).message())
        .contains("com.aliyuncs.privatelink.ap-southeast-1.epsrv-<id>");
  }

  @Test
  void parse_ofBareAwsServiceId_saysTheFullNameInTheClustersRegion() {
    assertThat(only(aws("vpce-svc-0a1b2c3d4e5f60718"), FindingCode.BARE_SERVICE_ID).message())
        .endsWith(
            "If the service lives in the cluster's region, write"
                + " \"com.amazonaws.vpce.us-west-2.vpce-svc-0a1b2c3d4e5f60718\".");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vpce-svc-0a1b2c3d4e5f60718.eu-west-1.vpce.amazonaws.com",
        "arn:aws:ec2:eu-west-1:123456789012:vpc-endpoint-service/vpce-svc-0a1b2c3d4e5f60718",
      })
  void parse_ofServiceIdWithRegion_saysTheFullNameInThatRegion(String name) {
    assertThat(only(aws(name), FindingCode.BARE_SERVICE_ID).message())
        .endsWith("Write \"com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b2c3d4e5f60718\".");
  }

  @Test
  void parse_ofBareAlibabaCloudServiceId_saysTheFullName() {
    assertThat(only(alicloud("epsrv-hp3vpx8yqxblby3i"), FindingCode.BARE_SERVICE_ID).message())
        .endsWith("write \"" + ALI_NAME + "\".");
  }

  @Test
  void parse_ofAwsEndpointDnsName_tellsTheServiceBehindIt() {
    String name =
        "vpce-0fe1d2c3b4a596877-abcd1234-us-west-2a"
            + ".vpce-svc-0a1b2c3d4e5f60718.us-west-2.vpce.amazonaws.com";

    assertThat(only(aws(name), FindingCode.ENDPOINT_NAME).message())
        .contains("names an endpoint, which is the consumer's side")
        .endsWith("If that endpoint leads to the right service, write \"" + AWS_NAME + "\".");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vpce-0a1b2c3d4e5f60718",
        "com.amazonaws.vpce.us-west-2.vpce-0a1b2c3d4e5f60718",
        "vpce-0a1b2c3d-x1.s3.us-west-2.vpce.amazonaws.com",
      })
  void parse_ofAwsEndpointWithoutServiceId_saysWhereTheNameIs(String name) {
    assertThat(only(aws(name), FindingCode.ENDPOINT_NAME).message())
        .endsWith("The owner finds it in the VPC console under Endpoint services.");
  }

  @Test
  void parse_ofAlibabaCloudEndpointDomain_tellsTheServiceBehindIt() {
    String name =
        "ep-hp33b2e43fays7s8abcd.epsrv-hp3vpx8yqxblby3i.ap-southeast-1.privatelink.aliyuncs.com";

    assertThat(only(alicloud(name), FindingCode.ENDPOINT_NAME).message())
        .endsWith("If that endpoint leads to the right service, write \"" + ALI_NAME + "\".");
  }

  @Test
  void parse_ofOldAlibabaCloudZoneDomain_takesNoZoneForARegion() {
    String name =
        "ep-hp33b2e4-cn-huhehaote.epsrv-hp3vpx8yqxblby3i.cn-huhehaote-b.privatelink.aliyuncs.com";

    assertThat(only(alicloud(name), FindingCode.ENDPOINT_NAME).message())
        .contains("in the cluster's region, write")
        .endsWith("\"" + ALI_NAME + "\".");
  }

  @Test
  void parse_ofAlibabaCloudEndpointId_findsAnEndpoint() {
    only(alicloud("ep-hp33b2e43fays7s8"), FindingCode.ENDPOINT_NAME);
  }

  // --- malformed names ---

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n"})
  void parse_ofBlankName_saysWhatIsNeeded(String name) {
    assertThat(only(aws(name), FindingCode.MALFORMED_SERVICE_NAME).message())
        .isEqualTo(
            "The service name is blank. Needed is the endpoint service's name,"
                + " com.amazonaws.vpce.us-west-2.vpce-svc-<id>.");
  }

  @ParameterizedTest
  @CsvSource({
    "' com.amazonaws.vpce.us-west-2.vpce-svc-0a1b2c3d4e5f60718', spaces",
    "COM.amazonaws.vpce.us-west-2.vpce-svc-0A1B2C3D4E5F60718, upper-case letters",
    "com.amazonaws.vpce.us-west-2.vpce-svc-0a1b2c3d4e5f60718., a dot at its end",
    "\"com.amazonaws.vpce.us-west-2.vpce-svc-0a1b2c3d4e5f60718\", quotes",
    "com.amazonaws.vpce.us-west-2.vpce-svc-0a1b2c3d4e5f60718\u200b, characters that are not ASCII",
  })
  void parse_ofNameWithSlipsOfCopying_saysThemAndTheRightName(String name, String slip) {
    assertThat(only(aws(name), FindingCode.MALFORMED_SERVICE_NAME).message())
        .contains("has " + slip)
        .endsWith("Write \"" + AWS_NAME + "\".");
  }

  @Test
  void parse_ofNameWithLineBreak_escapesIt() {
    assertThat(only(aws(AWS_NAME + "\n"), FindingCode.MALFORMED_SERVICE_NAME).message())
        .contains("\\u000a")
        .contains("control characters")
        .doesNotContain("\n");
  }

  @Test
  void parse_ofNameWithSeveralSlips_saysAllAtOnce() {
    assertThat(
            only(
                    aws(" " + AWS_NAME.replace("com", "Com") + "."),
                    FindingCode.MALFORMED_SERVICE_NAME)
                .message())
        .contains("has spaces, upper-case letters, a dot at its end. Write \"" + AWS_NAME + "\"");
  }

  @Test
  void parse_ofTooLongName_saysTheLimitAndCutsIt() {
    assertThat(only(aws("a".repeat(100_000)), FindingCode.MALFORMED_SERVICE_NAME).message())
        .contains("more than 255 characters")
        .hasSizeLessThan(800);
  }

  @ParameterizedTest
  @CsvSource({
    "com.amazonaws.vpce.us-west-2.vpce-svc-*, wildcards",
    "com.amazonaws.vpce.us-west-2.vpce-svc-0a1b, 8 to 32 hexadecimal digits",
    "com.amazonaws.vpce.us-west-2a.vpce-svc-0a1b2c3d, Look at its region",
    "com.amazonaws.us-west-2.vpce-svc-0a1b2c3d, Look at its region",
    "com.amazonaws.us-west-2.s3, Services of AWS itself cannot be linked to",
    "kafka.example.com, A private or public DNS name",
    "orders-kafka, is no endpoint service's name",
  })
  void parse_ofOtherText_saysWhatItLacks(String name, String hint) {
    assertThat(only(aws(name), FindingCode.MALFORMED_SERVICE_NAME).message())
        .startsWith("\"" + name + "\" is no endpoint service's name")
        .contains(hint)
        .endsWith(
            "Needed is the endpoint service's name, com.amazonaws.vpce.us-west-2.vpce-svc-<id>.");
  }

  @Test
  void parse_ofMalformedName_keepsTheTypeAsGiven() {
    Parsed parsed = aws("orders-kafka", "us-west-2");

    assertThat(parsed.type()).isEqualTo(AwsEndpointService.of("orders-kafka", "us-west-2"));
    assertThat(parsed.region()).isEmpty();
  }

  // --- clouds ---

  @Test
  void parse_ofAlibabaCloudNameGivenAsAws_onAws_saysThatLinksStayInTheirCloud() {
    assertThat(only(aws(ALI_NAME), FindingCode.OTHER_CLOUD).message())
        .startsWith("The service lives on Alibaba Cloud, the cluster on AWS.")
        .endsWith(
            "ask the owner for an endpoint service on AWS,"
                + " com.amazonaws.vpce.us-west-2.vpce-svc-<id>.");
  }

  @Test
  void parse_ofAwsNameGivenAsAlibabaCloud_onAws_saysTheRightType() {
    Parsed parsed =
        ServiceNames.parse(AlicloudEndpointService.of(AWS_NAME), CloudProvider.AWS, "us-west-2");

    assertThat(only(parsed, FindingCode.OTHER_CLOUD).message())
        .isEqualTo(
            "A service on AWS was given as one on Alibaba Cloud. Use"
                + " AwsEndpointService.of(\"%s\").",
            AWS_NAME);
  }

  @Test
  void parse_ofAwsServiceForAClusterOnAlibabaCloud_saysThatLinksStayInTheirCloud() {
    Parsed parsed =
        ServiceNames.parse(
            AwsEndpointService.of(AWS_NAME), CloudProvider.ALICLOUD, "ap-southeast-1");

    assertThat(only(parsed, FindingCode.OTHER_CLOUD).message())
        .startsWith("The service lives on AWS, the cluster on Alibaba Cloud.");
    assertThat(parsed.type()).isEqualTo(AwsEndpointService.of(AWS_NAME, "us-west-2"));
  }

  @Test
  void parse_ofLoadBalancerOfAnotherCloud_findsBoth() {
    assertThat(aws("kafka.slb.aliyuncs.com").findings())
        .extracting(Finding::code)
        .containsExactly(FindingCode.LOAD_BALANCER_NAME, FindingCode.OTHER_CLOUD);
  }

  // --- regions ---

  @Test
  void parse_ofAwsServiceInOtherRegionNotAskedFor_saysBothWaysOut() {
    String name = AWS_NAME.replace("us-west-2", "eu-west-1");

    assertThat(only(aws(name), FindingCode.OTHER_REGION).message())
        .startsWith("The service lives in eu-west-1, the cluster in us-west-2.")
        .contains("Ask the owner for an endpoint service in us-west-2")
        .endsWith("AwsEndpointService.of(\"" + name + "\", \"eu-west-1\").");
  }

  @Test
  void parse_ofAwsServiceInOtherRegionAskedFor_onlyTellsWhatTheOwnerMustDo() {
    String name = AWS_NAME.replace("us-west-2", "eu-west-1");
    Parsed parsed = aws(name, "eu-west-1");

    assertThat(parsed.ok()).isTrue();
    assertThat(parsed.type()).isEqualTo(AwsEndpointService.of(name, "eu-west-1"));
    assertThat(parsed.findings())
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.code()).isEqualTo(FindingCode.CROSS_REGION);
              assertThat(f.severity()).isEqualTo(Severity.INFO);
              assertThat(f.actor()).isEqualTo(Actor.SERVICE_OWNER);
              assertThat(f.message()).contains("must list us-west-2 among");
            });
  }

  @Test
  void parse_ofAwsServiceInOtherPartition_isAnErrorEvenIfAskedFor() {
    Parsed parsed = aws("com.amazonaws.vpce.cn-north-1.vpce-svc-0a1b2c3d", "cn-north-1");

    assertThat(only(parsed, FindingCode.OTHER_REGION).message())
        .contains("No link crosses the border between AWS partitions");
  }

  @ParameterizedTest
  @ValueSource(strings = {"us-gov-west-1", "us-iso-east-1", "eusc-de-east-1"})
  void parse_ofAwsServiceInAPartitionOfItsOwn_isAnError(String region) {
    Parsed parsed = aws("com.amazonaws.vpce." + region + ".vpce-svc-0a1b2c3d", region);

    assertThat(only(parsed, FindingCode.OTHER_REGION).message()).contains("AWS partitions");
  }

  @Test
  void parse_ofRegionThatContradictsTheNameOfAnotherRegion_saysThatTheLinkWouldCrossRegions() {
    Parsed parsed = aws(AWS_NAME.replace("us-west-2", "eu-west-1"), "us-west-2");

    assertThat(only(parsed, FindingCode.REGION_CONTRADICTION).message())
        .contains(
            "give the region \"eu-west-1\", a cross-region connection for the cluster in"
                + " us-west-2");
  }

  @Test
  void parse_ofAlibabaCloudServiceGivenAsAws_onAlibabaCloud_saysTheRightType() {
    Parsed parsed =
        ServiceNames.parse(
            AwsEndpointService.of(ALI_NAME), CloudProvider.ALICLOUD, "ap-southeast-1");

    assertThat(only(parsed, FindingCode.OTHER_CLOUD).message())
        .endsWith("Use AlicloudEndpointService.of(\"" + ALI_NAME + "\").");
  }

  @Test
  void parse_ofRegionThatContradictsTheName_saysWhatToGive() {
    assertThat(only(aws(AWS_NAME, "eu-west-1"), FindingCode.REGION_CONTRADICTION).message())
        .isEqualTo(
            "The name says that the service lives in us-west-2, the region given with it is"
                + " eu-west-1. If the name is right, give the region \"us-west-2\" or none; else"
                + " correct the name.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "usw2-az1", "US-WEST-2", "us-west-2a"})
  void parse_ofTextThatIsNoRegion_saysTheNamesRegion(String region) {
    assertThat(only(aws(AWS_NAME, region), FindingCode.REGION_CONTRADICTION).message())
        .isEqualTo(
            "\"%s\" is no AWS region. Write \"us-west-2\", as the name says, or leave it out.",
            region);
  }

  @Test
  void parse_ofBareIdWithBadRegion_findsBoth() {
    assertThat(aws("vpce-svc-0a1b2c3d", "nowhere").findings())
        .extracting(Finding::code)
        .containsExactly(FindingCode.BARE_SERVICE_ID, FindingCode.REGION_CONTRADICTION);
  }

  @Test
  void parse_ofAlibabaCloudServiceInOtherRegion_isAnError() {
    String name = ALI_NAME.replace("ap-southeast-1", "cn-hangzhou");

    assertThat(only(alicloud(name), FindingCode.OTHER_REGION).message())
        .isEqualTo(
            "The service lives in cn-hangzhou, the cluster in ap-southeast-1. A link on Alibaba"
                + " Cloud stays in its region: ask the owner for an endpoint service in"
                + " ap-southeast-1.");
  }

  @Test
  void parse_ofMiswrittenNameInOtherRegion_findsBoth() {
    assertThat(aws(AWS_NAME.replace("us-west-2", "EU-west-1")).findings())
        .extracting(Finding::code)
        .containsExactly(FindingCode.MALFORMED_SERVICE_NAME, FindingCode.OTHER_REGION);
  }

  // --- any text ---

  @Property
  void parse_ofAnyText_neverThrowsAndTellsItInShortLinesWithoutControlCharacters(
      @ForAll String name, @ForAll String region) {
    Parsed parsed =
        ServiceNames.parse(
            new AwsEndpointService(name, Optional.of(region)), CloudProvider.AWS, "us-west-2");

    assertThat(parsed.ok()).isFalse();
    assertThat(parsed.findings())
        .allSatisfy(
            f ->
                assertThat(f.message())
                    .hasSizeLessThan(8000)
                    .matches(
                        m -> m.chars().noneMatch(c -> c < ' ' || c == 0x7f),
                        "no control characters"));
  }
}
