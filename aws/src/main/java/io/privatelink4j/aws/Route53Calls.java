package io.privatelink4j.aws;

import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.Page;
import io.privatelink4j.spi.RemoteException;
import io.privatelink4j.spi.ZoneRecord;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.CreateHostedZoneResponse;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByVpcRequest;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByVpcResponse;
import software.amazon.awssdk.services.route53.model.ListHostedZonesRequest;
import software.amazon.awssdk.services.route53.model.ListHostedZonesResponse;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsResponse;

/** The calls of Route 53. */
final class Route53Calls {
  private static final String COMMENT = "privatelink4j: see the caller reference";

  private final AwsClients clients;

  Route53Calls(AwsClients clients) {
    this.clients = clients;
  }

  /** Everybody's zones that answer in the VPC; by name only, without reference. */
  Page<DnsZone> inNetwork(ClusterNetwork network, Optional<String> pageToken) {
    ListHostedZonesByVpcRequest.Builder request =
        ListHostedZonesByVpcRequest.builder()
            .overrideConfiguration(clients.signing(network))
            .vpcId(network.vpcId())
            .vpcRegion(network.region())
            .maxItems(String.valueOf(AwsTraits.ZONES_PER_PAGE));
    pageToken.ifPresent(request::nextToken);
    return Calls.read(
        () -> {
          ListHostedZonesByVpcResponse answer =
              clients.route53(network).listHostedZonesByVPC(request.build());
          return new Page<>(
              answer.hostedZoneSummaries().stream().map(Route53Answers::zone).toList(),
              Optional.ofNullable(answer.nextToken()).filter(token -> !token.isBlank()));
        });
  }

  /** The account's own, with their references and without their VPCs. */
  Page<DnsZone> own(ClusterNetwork network, Optional<String> pageToken) {
    ListHostedZonesRequest.Builder request =
        ListHostedZonesRequest.builder()
            .overrideConfiguration(clients.signing(network))
            .maxItems(String.valueOf(AwsTraits.ZONES_PER_PAGE));
    pageToken.ifPresent(request::marker);
    return Calls.read(
        () -> {
          ListHostedZonesResponse answer =
              clients.route53(network).listHostedZones(request.build());
          return new Page<>(
              answer.hostedZones().stream()
                  .filter(Route53Answers::isPrivate)
                  .map(Route53Answers::zone)
                  .toList(),
              Route53Answers.nextOwn(answer));
        });
  }

  Optional<DnsZone> read(ClusterNetwork network, String zoneId) {
    try {
      return Optional.of(
          Calls.read(
              () ->
                  Route53Answers.zone(
                      clients
                          .route53(network)
                          .getHostedZone(
                              request ->
                                  request
                                      .overrideConfiguration(clients.signing(network))
                                      .id(zoneId)))));
    } catch (RemoteException e) {
      if (e.kind() == ErrorKind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  DnsZone create(ClusterNetwork network, String apex, String reference) {
    return Calls.write(
        () -> {
          CreateHostedZoneResponse answer =
              clients
                  .route53(network)
                  .createHostedZone(
                      request ->
                          request
                              .overrideConfiguration(clients.signing(network))
                              .name(apex)
                              .callerReference(reference)
                              .vpc(vpc -> vpc.vpcId(network.vpcId()).vpcRegion(network.region()))
                              .hostedZoneConfig(
                                  config -> config.privateZone(true).comment(COMMENT)));
          return Route53Answers.zone(answer.hostedZone(), Stream.ofNullable(answer.vpc()).toList());
        });
  }

  Page<ZoneRecord> records(ClusterNetwork network, DnsZone zone, Optional<String> pageToken) {
    ListResourceRecordSetsRequest.Builder request =
        ListResourceRecordSetsRequest.builder()
            .overrideConfiguration(clients.signing(network))
            .hostedZoneId(zone.id())
            .maxItems(String.valueOf(AwsTraits.RECORDS_PER_PAGE));
    pageToken.map(RecordToken::parse).ifPresent(token -> token.applyTo(request));
    return Calls.read(
        () -> {
          ListResourceRecordSetsResponse answer =
              clients.route53(network).listResourceRecordSets(request.build());
          return new Page<>(
              answer.resourceRecordSets().stream()
                  .filter(record -> !Route53Answers.isOfTheZoneItself(record, zone.name()))
                  .map(record -> Route53Answers.record(record, zone.name()))
                  .toList(),
              RecordToken.next(answer).map(RecordToken::text));
        });
  }

  /** UPSERT, so that a write whose outcome is not known can be made again. */
  String put(ClusterNetwork network, DnsZone zone, List<ZoneRecord> records) {
    return change(network, zone, records, ChangeAction.UPSERT);
  }

  void remove(ClusterNetwork network, DnsZone zone, List<ZoneRecord> records) {
    change(network, zone, records, ChangeAction.DELETE);
  }

  /** One change for all records: Route 53 carries it out as a whole or not at all. */
  private String change(
      ClusterNetwork network, DnsZone zone, List<ZoneRecord> records, ChangeAction action) {
    return Calls.write(
        () ->
            DnsText.id(
                clients
                    .route53(network)
                    .changeResourceRecordSets(
                        request ->
                            request
                                .overrideConfiguration(clients.signing(network))
                                .hostedZoneId(zone.id())
                                .changeBatch(Route53Answers.batch(action, records, zone.name())))
                    .changeInfo()
                    .id()));
  }

  /** A change that Route 53 has accepted and does not know yet is not done yet. */
  boolean changeDone(ClusterNetwork network, String changeId) {
    try {
      return Calls.read(
          () ->
              "INSYNC"
                  .equalsIgnoreCase(
                      clients
                          .route53(network)
                          .getChange(
                              request ->
                                  request
                                      .overrideConfiguration(clients.signing(network))
                                      .id(changeId))
                          .changeInfo()
                          .statusAsString()));
    } catch (RemoteException e) {
      if (e.kind() == ErrorKind.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  void delete(ClusterNetwork network, String zoneId) {
    Calls.write(
        () ->
            clients
                .route53(network)
                .deleteHostedZone(
                    request -> request.overrideConfiguration(clients.signing(network)).id(zoneId)));
  }
}
