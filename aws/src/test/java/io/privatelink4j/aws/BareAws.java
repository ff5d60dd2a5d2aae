package io.privatelink4j.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.testing.Assumption;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateVpcEndpointRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;
import software.amazon.awssdk.services.ec2.model.VpcEndpointType;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.CreateHostedZoneRequest;

/** {@link FakeAws} and the SDK's own clients, without a line of the library between them. */
final class BareAws implements AutoCloseable {
  static final List<String> ZONES = List.of("usw2-az1", "usw2-az2", "usw2-az3");

  final FakeAws fake;
  final ClusterNetwork network;
  final Ec2Client ec2;
  final Route53Client route53;
  private final SdkHttpClient http = UrlConnectionHttpClient.create();

  BareAws(Assumption... position) {
    fake = new FakeAws(position);
    network = fake.addNetwork();
    ec2 = ec2(FakeAws.REGION);
    route53 = route53("us-east-1");
  }

  Ec2Client ec2(String region) {
    return client(Ec2Client.builder(), region, FakeAws.KEY_ID, FakeAws.SECRET, http);
  }

  Route53Client route53(String region) {
    return client(Route53Client.builder(), region, FakeAws.KEY_ID, FakeAws.SECRET, http);
  }

  <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
      B builder, String region, String keyId, String secret, SdkHttpClient client) {
    return builder
        .httpClient(client)
        .endpointOverride(fake.uri())
        .region(Region.of(region))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(keyId, secret)))
        .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .build();
  }

  /** A service in every zone of the network that allows our account. */
  String service(boolean acceptance) {
    return allowed(fake.publish(ZONES, acceptance));
  }

  String allowed(String service) {
    fake.allow(service);
    return service;
  }

  String subnet() {
    return network.subnetIds().get(0);
  }

  /** A create request without a fault. */
  CreateVpcEndpointRequest.Builder endpoint(String service) {
    return CreateVpcEndpointRequest.builder()
        .vpcEndpointType(VpcEndpointType.INTERFACE)
        .vpcId(network.vpcId())
        .serviceName(service)
        .subnetIds(network.subnetIds())
        .securityGroupIds(network.securityGroupIds())
        .privateDnsEnabled(false);
  }

  VpcEndpoint create(CreateVpcEndpointRequest.Builder request) {
    return ec2.createVpcEndpoint(request.build()).vpcEndpoint();
  }

  static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  static TagSpecification tags(String resourceType, Tag... tags) {
    return TagSpecification.builder().resourceType(resourceType).tags(tags).build();
  }

  static Filter filter(String name, String... values) {
    return Filter.builder().name(name).values(values).build();
  }

  /** An endpoint with one tag. */
  String tagged(String key, String value) {
    return create(endpoint(service(false)).tagSpecifications(tags("vpc-endpoint", tag(key, value))))
        .vpcEndpointId();
  }

  VpcEndpoint read(String id) {
    return ec2.describeVpcEndpoints(request -> request.vpcEndpointIds(id)).vpcEndpoints().get(0);
  }

  String state(String id) {
    return read(id).stateAsString();
  }

  List<String> filtered(String name, String... values) {
    return ec2
        .describeVpcEndpoints(request -> request.filters(filter(name, values)))
        .vpcEndpoints()
        .stream()
        .map(VpcEndpoint::vpcEndpointId)
        .toList();
  }

  CreateHostedZoneRequest.Builder zone(String name, String reference) {
    return CreateHostedZoneRequest.builder()
        .name(name)
        .callerReference(reference)
        .vpc(vpc -> vpc.vpcId(network.vpcId()).vpcRegion(FakeAws.REGION))
        .hostedZoneConfig(config -> config.privateZone(true).comment("a comment"));
  }

  /** The id without its path. */
  String createZone(String name) {
    return route53.createHostedZone(zone(name, "reference of " + name).build()).hostedZone().id();
  }

  void pass(Duration time) {
    fake.advance(time);
  }

  static void refused(ThrowingCallable call, int status, String code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            e -> {
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
              assertThat(e.statusCode()).isEqualTo(status);
            });
  }

  static void refused(ThrowingCallable call, String code) {
    refused(call, 400, code);
  }

  @Override
  public void close() {
    ec2.close();
    route53.close();
    http.close();
    fake.close();
  }
}
