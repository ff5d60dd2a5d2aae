package io.privatelink4j.alicloud;

import com.aliyuncs.AcsRequest;
import io.privatelink4j.alicloud.AlicloudOptions.Product;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.Page;
import io.privatelink4j.spi.RemoteException;
import io.privatelink4j.spi.ZoneQuery;
import io.privatelink4j.spi.ZoneRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The calls of PrivateZone. None has a client token: how long one is remembered is not documented,
 * and a remembered one would answer with a zone or record that has been removed since.
 */
final class PrivateZoneCalls {
  private static final String PRODUCT = "pvtz";
  private static final String VERSION = "2018-01-01";
  private static final String COUNT = "TotalItems";
  private static final String ZONE_ID = "ZoneId";

  private final AlicloudCalls calls;
  private final Optional<String> resourceGroupId;

  PrivateZoneCalls(AlicloudCalls calls, Optional<String> resourceGroupId) {
    this.calls = calls;
    this.resourceGroupId = resourceGroupId;
  }

  /** The account's own zones only, and without their bindings. */
  Page<DnsZone> list(ClusterNetwork network, ZoneQuery query, Optional<String> pageToken) {
    if (query.scope() == ZoneQuery.Scope.NAMED) {
      Page<DnsZone> page =
          describe(network, Map.of("Keyword", query.apex(), "SearchMode", "EXACT"), pageToken);
      String name = DnsText.normal(query.apex());
      return new Page<>(
          page.items().stream().filter(zone -> zone.name().equals(name)).toList(),
          page.nextToken());
    }
    return describe(
        network,
        Map.of("QueryVpcId", network.vpcId(), "QueryRegionId", network.region()),
        pageToken);
  }

  /** All of the account's zones, without their bindings. */
  Page<DnsZone> listOwn(ClusterNetwork network, Optional<String> pageToken) {
    return describe(network, Map.of(), pageToken);
  }

  private Page<DnsZone> describe(
      ClusterNetwork network, Map<String, String> search, Optional<String> pageToken) {
    PageNumber page = PageNumber.parse(pageToken);
    Map<String, String> parameters = paged(page, AlicloudTraits.ZONES_PER_PAGE);
    parameters.putAll(search);
    Answer answer = calls.read(network, Product.PRIVATEZONE, request("DescribeZones", parameters));
    List<Answer> zones = answer.requiredList(COUNT, "Zones", "Zone");
    return new Page<>(
        zones.stream().map(PrivateZoneAnswers::listed).toList(),
        page.next(answer, COUNT, zones.size(), AlicloudTraits.ZONES_PER_PAGE));
  }

  Optional<DnsZone> read(ClusterNetwork network, String zoneId) {
    try {
      return Optional.of(
          PrivateZoneAnswers.zone(
              calls.read(
                  network,
                  Product.PRIVATEZONE,
                  request("DescribeZoneInfo", Map.of(ZONE_ID, zoneId)))));
    } catch (RemoteException e) {
      if (e.kind() == ErrorKind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Bound to nothing. */
  DnsZone create(ClusterNetwork network, String apex) {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("ZoneName", apex);
    resourceGroupId.ifPresent(id -> parameters.put("ResourceGroupId", id));
    Answer answer = calls.write(network, Product.PRIVATEZONE, request("AddZone", parameters));
    return new DnsZone(answer.required(ZONE_ID), DnsText.normal(apex), Optional.empty(), Set.of());
  }

  Page<ZoneRecord> records(ClusterNetwork network, DnsZone zone, Optional<String> pageToken) {
    PageNumber page = PageNumber.parse(pageToken);
    Map<String, String> parameters = paged(page, AlicloudTraits.RECORDS_PER_PAGE);
    parameters.put(ZONE_ID, zone.id());
    Answer answer =
        calls.read(network, Product.PRIVATEZONE, request("DescribeZoneRecords", parameters));
    List<Answer> records = answer.requiredList(COUNT, "Records", "Record");
    return new Page<>(
        records.stream().map(PrivateZoneAnswers::record).toList(),
        page.next(answer, COUNT, records.size(), AlicloudTraits.RECORDS_PER_PAGE));
  }

  /** It never replaces a record. */
  void put(ClusterNetwork network, DnsZone zone, List<ZoneRecord> records) {
    ZoneRecord record = only(records);
    calls
        .write(
            network,
            Product.PRIVATEZONE,
            request(
                "AddZoneRecord",
                Map.of(
                    ZONE_ID,
                    zone.id(),
                    "Rr",
                    record.host(),
                    "Type",
                    "CNAME",
                    "Value",
                    record.target(),
                    "Ttl",
                    String.valueOf(record.ttlSeconds()))))
        .required("RecordId");
  }

  /** By id alone, whatever the record holds by now. */
  void remove(ClusterNetwork network, List<ZoneRecord> records) {
    ZoneRecord record = only(records);
    if (record.id().isBlank()) {
      throw invalid("The record has no id.");
    }
    calls.write(
        network, Product.PRIVATEZONE, request("DeleteZoneRecord", Map.of("RecordId", record.id())));
  }

  private static ZoneRecord only(List<ZoneRecord> records) {
    if (records.size() != 1) {
      throw invalid("One record is changed at a time, not " + records.size() + ".");
    }
    return records.get(0);
  }

  /** Sets the whole list; without any network it unbinds all. */
  void bind(ClusterNetwork network, String zoneId, Set<DnsZone.BoundNetwork> networks) {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put(ZONE_ID, zoneId);
    int index = 1;
    for (DnsZone.BoundNetwork bound :
        networks.stream()
            .sorted(
                Comparator.comparing(DnsZone.BoundNetwork::region)
                    .thenComparing(DnsZone.BoundNetwork::vpcId))
            .toList()) {
      parameters.put("Vpcs." + index + ".RegionId", bound.region());
      parameters.put("Vpcs." + index + ".VpcId", bound.vpcId());
      index++;
    }
    calls.write(network, Product.PRIVATEZONE, request("BindZoneVpc", parameters));
  }

  void delete(ClusterNetwork network, String zoneId) {
    calls.write(network, Product.PRIVATEZONE, request("DeleteZone", Map.of(ZONE_ID, zoneId)));
  }

  private static Map<String, String> paged(PageNumber page, int size) {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("PageNumber", String.valueOf(page.number()));
    parameters.put("PageSize", String.valueOf(size));
    return parameters;
  }

  private static AcsRequest<?> request(String action, Map<String, String> parameters) {
    return Requests.query(PRODUCT, VERSION, action, parameters);
  }

  private static RemoteException invalid(String message) {
    return new RemoteException(ErrorKind.INVALID, "InvalidParameter", message);
  }
}
