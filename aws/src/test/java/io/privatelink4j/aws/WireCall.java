package io.privatelink4j.aws;

import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.EndpointSpec;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.Subnet;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;

/** A call of the driver for each way in which it sends one: service, method, read or write. */
enum WireCall {
  EC2_READ("DescribeVpcEndpoints", false) {
    @Override
    Object make(PrivateLinkDriver driver, ClusterNetwork network) {
      return driver.endpoint(network, ENDPOINT);
    }
  },
  EC2_WRITE("CreateVpcEndpoint", true) {
    @Override
    Object make(PrivateLinkDriver driver, ClusterNetwork network) {
      return driver.createEndpoint(
          network,
          new EndpointSpec(
              "name",
              AwsEndpointService.of("com.amazonaws.vpce.us-west-2.vpce-svc-0d1e2f3a4b5c6d7e8"),
              List.of(
                  new Subnet(
                      "subnet-0a1b2c3d4e5f60718",
                      network.vpcId(),
                      "usw2-az1",
                      "us-west-2b",
                      "210987654321",
                      OptionalInt.empty())),
              new TreeMap<>(),
              "token-1"));
    }
  },
  EC2_DELETE("DeleteVpcEndpoints", true) {
    @Override
    Object make(PrivateLinkDriver driver, ClusterNetwork network) {
      return driver.deleteEndpoints(network, List.of(ENDPOINT)).keySet();
    }
  },
  ROUTE53_READ("GetHostedZone", false) {
    @Override
    Object make(PrivateLinkDriver driver, ClusterNetwork network) {
      return driver.zone(network, "Z0OWN");
    }
  },
  ROUTE53_WRITE("CreateHostedZone", true) {
    @Override
    Object make(PrivateLinkDriver driver, ClusterNetwork network) {
      return driver.createZone(network, "abc.aws.example.com", "plc1/a/b/c/1");
    }
  },
  ROUTE53_DELETE("DeleteHostedZone", true) {
    @Override
    Object make(PrivateLinkDriver driver, ClusterNetwork network) {
      driver.deleteZone(network, "Z0OWN");
      return "deleted";
    }
  };

  private static final String ENDPOINT = "vpce-0e1f2a3b4c5d6e7f8";

  private final String action;
  private final boolean write;

  WireCall(String action, boolean write) {
    this.action = action;
    this.write = write;
  }

  abstract Object make(PrivateLinkDriver driver, ClusterNetwork network);

  /** {@return the body of a success} */
  String document() {
    return WireAws.documented(action);
  }

  boolean isWrite() {
    return write;
  }

  /** {@return what an answer means that nobody can understand} */
  ErrorKind notUnderstood() {
    return write ? ErrorKind.OUTCOME_UNKNOWN : ErrorKind.UNAVAILABLE;
  }
}
