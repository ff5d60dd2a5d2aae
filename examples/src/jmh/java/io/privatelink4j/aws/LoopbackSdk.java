package io.privatelink4j.aws;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.Ec2ClientBuilder;

/** The SDK on the way to a fake; needs no class of the library. */
public final class LoopbackSdk {
  private LoopbackSdk() {}

  /** {@return the SDK's client, without a choice of HTTP client} */
  public static Ec2ClientBuilder ec2(String uri) {
    return Ec2Client.builder()
        .credentialsProvider(credentials())
        .region(Region.of(FakeAws.REGION))
        .endpointOverride(URI.create(uri));
  }

  static StaticCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(FakeAws.KEY_ID, FakeAws.SECRET));
  }
}
