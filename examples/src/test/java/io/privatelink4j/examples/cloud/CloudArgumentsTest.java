package io.privatelink4j.examples.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.privatelink4j.model.AlicloudEndpointService;
import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.DomainRequest;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudArgumentsTest {
  private static final String SERVICE = "com.amazonaws.vpce.us-west-2.vpce-svc-0a1b2c3d4e5f60718";
  private static final String ENOUGH =
      "--cloud aws --region us-west-2 --vpc vpc-1 --subnets subnet-a,subnet-b --service " + SERVICE;

  @Test
  void parse_withoutTheRest_takesDefaults() {
    CloudArguments where = parse(ENOUGH);

    assertThat(where.clusterId()).isEqualTo("10581234");
    assertThat(where.network().cloud()).isEqualTo(CloudProvider.AWS);
    assertThat(where.network().region()).isEqualTo("us-west-2");
    assertThat(where.network().subnetIds()).containsExactly("subnet-a", "subnet-b");
    assertThat(where.network().securityGroupIds()).isEmpty();
    assertThat(where.service()).isEqualTo(AwsEndpointService.of(SERVICE));
    assertThat(where.domain()).isEqualTo(DomainRequest.managed());
    assertThat(where.patience()).isEqualTo(Duration.ofMinutes(30));
    assertThat(where.place()).isEqualTo("AWS, us-west-2, vpc-1");
  }

  @Test
  void parse_takesTheRest() {
    CloudArguments where =
        parse(
            ENOUGH
                + " --security-groups sg-1,sg-2 --cluster c7 --wait 90s"
                + " --domain confluent:domnprzqrog.us-west-2 --endpoint-url https://proxy:8443");

    assertThat(where.clusterId()).isEqualTo("c7");
    assertThat(where.network().securityGroupIds()).containsExactly("sg-1", "sg-2");
    assertThat(where.domain()).isEqualTo(DomainRequest.confluent("domnprzqrog.us-west-2"));
    assertThat(where.patience()).isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void parse_ofTheOtherCloud_takesItsService() {
    String service = "com.aliyuncs.privatelink.ap-southeast-1.epsrv-1";
    CloudArguments where =
        parse("--cloud alicloud --region r --vpc v --subnets s --service " + service);

    assertThat(where.provider().cloud()).isEqualTo(CloudProvider.ALICLOUD);
    assertThat(where.service()).isEqualTo(AlicloudEndpointService.of(service));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--cloud aws | --region is missing",
        "--cloud aws --region r --vpc v | --subnets is missing",
        "--cloud aws --region r --vpc v --subnets s | --service is missing",
        "--region us-west-2 | --cloud is missing",
        "--cloud gcp | --cloud is aws or alicloud, not gcp",
        "--cloud | --cloud needs a value",
        "--cloud --region | --cloud needs a value",
        "--cloud aws --cloud aws | --cloud is given twice",
        "--colour red | there is no argument --colour",
        "aws | there is no argument aws",
        "ENOUGH --wait soon | --wait is a number with s, m or h, such as 30m, not soon",
        "ENOUGH --wait 0m | --wait is a number with s, m or h, such as 30m, not 0m",
        "ENOUGH --domain mine | --domain is managed or confluent:<unique name>, not mine",
        "ENOUGH --security-groups sg-1, | --security-groups has an empty part",
        "ENOUGH --endpoint-url http://example.org | http is for loopback only",
        "ENOUGH --endpoint-url :// | Expected scheme name at index 0"
      })
  void parse_ofWhatCannotBeUnderstood_saysWhatIsWrong(String args, String message) {
    assertThatThrownBy(() -> parse(args.replace("ENOUGH", ENOUGH)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(message);
  }

  private static CloudArguments parse(String args) {
    return CloudArguments.parse(Stream.of(args.split(" ")).toArray(String[]::new));
  }
}
