package io.privatelink4j.bench;

import io.privatelink4j.aws.LoopbackSdk;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.Ec2ClientBuilder;

/** A process that asks the SDK alone for a cluster's zones, and ends. */
public final class ColdBare {
  private ColdBare() {}

  /**
   * Runs it.
   *
   * @param args address of the fake, VPC, subnets; and {@code default} for the HTTP client that the
   *     SDK finds by itself
   */
  public static void main(String[] args) {
    Ec2ClientBuilder builder = LoopbackSdk.ec2(args[0]);
    if (args.length == 3) {
      builder.httpClientBuilder(UrlConnectionHttpClient.builder());
    }
    try (Ec2Client ec2 = builder.build()) {
      System.out.println(
          ec2
              .describeSubnets(request -> request.subnetIds(args[2].split(",", -1)))
              .subnets()
              .stream()
              .map(subnet -> subnet.availabilityZoneId())
              .sorted()
              .toList());
    }
  }
}
