package io.privatelink4j.internal;

import io.privatelink4j.model.CloudProvider;

/** What a service owner has to do, ready to be sent to them. */
final class OwnerInstructions {
  private OwnerInstructions() {}

  static String accept(Found found, String account) {
    String endpoint = Texts.safe(found.endpoint().id());
    String service = Texts.safe(found.endpoint().serviceName());
    String serviceId = service.substring(service.lastIndexOf('.') + 1);
    String region = Texts.safe(found.endpoint().serviceRegion().orElse(found.network().region()));
    String from = account.isEmpty() ? "" : " from account " + Texts.safe(account);
    if (found.access().cloud() == CloudProvider.AWS) {
      return "Accept the endpoint connection request of "
          + endpoint
          + from
          + " on endpoint service "
          + service
          + ": VPC console, Endpoint services, "
          + serviceId
          + ", Endpoint connections, Accept; or"
          + " aws ec2 accept-vpc-endpoint-connections --region "
          + region
          + " --service-id "
          + serviceId
          + " --vpc-endpoint-ids "
          + endpoint;
    }
    return "Accept the endpoint connection request of "
        + endpoint
        + from
        + " on endpoint service "
        + service
        + ": PrivateLink console, Endpoint Service, "
        + serviceId
        + ", Endpoint Connections, Allow; or"
        + " aliyun privatelink EnableVpcEndpointConnection --RegionId "
        + region
        + " --ServiceId "
        + serviceId
        + " --EndpointId "
        + endpoint;
  }
}
