package io.privatelink4j.alicloud;

import static io.privatelink4j.alicloud.FakeError.bad;
import static io.privatelink4j.alicloud.FakeError.check;
import static io.privatelink4j.alicloud.FakePrivateLink.answerWith;

import io.privatelink4j.testing.Assumption;
import io.privatelink4j.testkit.crashes.CloudState.ZoneState;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/** PrivateZone: zones are created unbound, filled record by record, and bound to VPCs; strict. */
final class FakePrivateZone {
  private static final int VPCS_PER_ZONE = 100;
  private static final Pattern NAME =
      Pattern.compile(
          "([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private final FakeWorld world;
  private final NavigableMap<String, FakeZone> zones = new TreeMap<>();

  FakePrivateZone(FakeWorld world) {
    this.world = world;
  }

  Map<String, Object> answer(FakeRequest request) {
    checkLanguage(request);
    return switch (request.action()) {
      case "CheckZoneName" -> checkName(request);
      case "AddZone" -> world.tokens.make(request, () -> create(request));
      case "DescribeZones" -> list(request);
      case "DescribeZoneInfo" -> read(request);
      case "UpdateZoneRemark" -> world.tokens.make(request, () -> remark(request));
      case "BindZoneVpc" -> world.tokens.once(request, () -> bind(request));
      case "DeleteZone" -> world.tokens.make(request, () -> delete(request));
      case "AddZoneRecord" -> world.tokens.make(request, () -> addRecord(request));
      case "UpdateZoneRecord" -> world.tokens.make(request, () -> updateRecord(request));
      case "UpdateRecordRemark" -> world.tokens.make(request, () -> remarkRecord(request));
      case "SetZoneRecordStatus" -> switchRecord(request);
      case "DeleteZoneRecord" -> world.tokens.make(request, () -> deleteRecord(request));
      case "DescribeZoneRecords" -> records(request);
      case "TagResources" -> tag(request);
      case "UntagResources" -> untag(request);
      case "ListTagResources" -> tags(request);
      default -> throw new IllegalStateException("not simulated: " + request.action());
    };
  }

  static String normal(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  private static void checkLanguage(FakeRequest request) {
    check(
        Set.of("en", "zh").contains(request.parameter("Lang").orElse("en")),
        "InvalidParameter",
        "The specified value parameter is not valid: Lang");
  }

  private static FakeTokens.Made made(String name, Object value) {
    return new FakeTokens.Made(() -> answerWith(name, value), () -> false);
  }

  // Zones

  private boolean isOurs(FakeZone zone) {
    return zone.owner.equals(FakeAlicloud.ACCOUNT);
  }

  private FakeZone zone(String zoneId) {
    check(zoneId.matches("[0-9a-f]{32}"), "Zone.Invalid.Id", "Zone id is invalid.");
    FakeZone zone = zones.get(zoneId);
    long hidden = world.nanos(Assumption.Question.FRESH_ZONE);
    check(
        zone != null && world.now() - zone.createdAt >= hidden,
        "Zone.NotExists",
        "Zone is not exists");
    check(isOurs(zone), "Zone.Invalid.UserId", "Zone userid is invalid.");
    return zone;
  }

  private FakeZone named(FakeRequest request) {
    return zone(request.required("ZoneId"));
  }

  private static boolean isName(String name) {
    return name.length() <= 253 && NAME.matcher(name).matches();
  }

  private static Map<String, Object> checkName(FakeRequest request) {
    Map<String, Object> answer =
        answerWith("Check", isName(normal(request.parameter("ZoneName").orElse(""))));
    answer.put("Success", true);
    return answer;
  }

  private FakeTokens.Made create(FakeRequest request) {
    String name = normal(request.parameter("ZoneName").orElse(""));
    check(isName(name), "Zone.Invalid.Name", "Zone name is invalid.");
    String pattern = request.parameter("ProxyPattern").orElse("ZONE");
    check(
        Set.of("ZONE", "RECORD").contains(pattern)
            && Set.of("NORMAL_ZONE", "FAST_ZONE")
                .contains(request.parameter("DnsGroup").orElse("FAST_ZONE")),
        "InvalidParameter",
        "The specified value parameter is not valid.");
    check(
        world.holds(Assumption.ZONE_NAME_REPEATABLE)
            || zones.values().stream().noneMatch(each -> isOurs(each) && each.name.equals(name)),
        "Zone.Exists",
        "The zone exists already.");
    check(
        zoneCount() < world.zonesPerAccount,
        "QuotaExceeded.Zone",
        "The account has its " + world.zonesPerAccount + " zones.");
    FakeZone zone = add(name, FakeAlicloud.ACCOUNT, pattern, Set.of());
    return new FakeTokens.Made(
        () -> {
          Map<String, Object> answer = answerWith("ZoneId", zone.id);
          answer.put("ZoneName", zone.name);
          answer.put("Success", true);
          return answer;
        },
        () -> zone.deleted);
  }

  private FakeZone add(
      String name, String owner, String proxyPattern, Set<FakeZone.Binding> bindings) {
    FakeZone zone =
        new FakeZone(
            world.hex(32), name, owner, proxyPattern, world.now(), world.time.now(), bindings);
    zones.put(zone.id, zone);
    return zone;
  }

  /** The account's own zones, new ones too, without their bindings. */
  private Map<String, Object> list(FakeRequest request) {
    BiPredicate<String, String> matches = search(request, "LIKE");
    Optional<String> keyword = request.parameter("Keyword").map(FakePrivateZone::normal);
    Optional<String> vpc = request.parameter("QueryVpcId");
    Optional<String> region = request.parameter("QueryRegionId");
    List<Map<String, String>> filter = request.elements("ResourceTag");
    check(
        filter.size() <= FakeTags.MOST,
        "InvalidParameter",
        "The specified value parameter is not valid: ResourceTag");
    NavigableMap<String, FakeZone> found = new TreeMap<>(zones);
    found
        .values()
        .removeIf(
            each ->
                !isOurs(each)
                    || !keyword.map(word -> matches.test(each.name, word)).orElse(true)
                    || ((vpc.isPresent() || region.isPresent()) && !isBound(each, vpc, region))
                    || !FakeTags.match(each.tags, filter));
    Map<String, Object> answer = new LinkedHashMap<>();
    List<Object> page =
        world.pages.byNumber(
            answer,
            request,
            found,
            20,
            100,
            zone -> {
              Map<String, Object> view = zone.view();
              view.put("ResourceTags", Map.of("ResourceTag", FakeTags.write(zone.tags)));
              return view;
            });
    answer.put("Zones", Map.of("Zone", page));
    return answer;
  }

  private static BiPredicate<String, String> search(FakeRequest request, String usual) {
    String mode = request.parameter("SearchMode").orElse(usual);
    return switch (mode) {
      case "EXACT" -> String::equals;
      case "LIKE" -> String::contains;
      default ->
          throw bad("InvalidParameter", "The specified value parameter is not valid: SearchMode");
    };
  }

  private boolean isBound(FakeZone zone, Optional<String> vpc, Optional<String> region) {
    return seenBindings(zone).stream()
        .anyMatch(
            each ->
                vpc.map(each.vpcId()::equals).orElse(true)
                    && region.map(each.regionId()::equals).orElse(true));
  }

  private Set<FakeZone.Binding> seenBindings(FakeZone zone) {
    return zone.bindings.at(world.now() - world.nanos(Assumption.Question.BINDING_LAG));
  }

  private Map<String, Object> read(FakeRequest request) {
    FakeZone zone = named(request);
    Map<String, Object> view = zone.view();
    view.put("SlaveDns", false);
    List<Object> vpcs =
        seenBindings(zone).stream()
            .sorted(Comparator.comparing(FakeZone.Binding::vpcId))
            .map(this::view)
            .toList();
    view.put("BindVpcs", Map.of("Vpc", vpcs));
    return view;
  }

  private Object view(FakeZone.Binding binding) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("RegionId", binding.regionId());
    view.put("RegionName", binding.regionId());
    view.put("VpcId", binding.vpcId());
    view.put("VpcName", "");
    view.put("VpcType", "STANDARD");
    view.put("VpcUserId", Long.parseLong(world.vpcs.get(binding.vpcId()).owner()));
    return view;
  }

  private FakeTokens.Made remark(FakeRequest request) {
    FakeZone zone = named(request);
    String remark = request.parameter("Remark").orElse("");
    FakeRecord.checkRemark(remark);
    zone.remark = remark;
    return made("ZoneId", zone.id);
  }

  /** Sets the whole list; one VPC cannot be bound to two zones of a name, whoever owns them. */
  private void bind(FakeRequest request) {
    FakeZone zone = named(request);
    Set<FakeZone.Binding> wanted = new HashSet<>();
    for (Map<String, String> each : request.elements("Vpcs")) {
      check(
          each.containsKey("RegionId")
              && each.containsKey("VpcId")
              && Set.of("STANDARD", "EDS").contains(each.getOrDefault("VpcType", "STANDARD")),
          "InvalidParameter",
          "The specified value parameter is not valid: Vpcs");
      wanted.add(new FakeZone.Binding(each.get("RegionId"), each.get("VpcId")));
    }
    check(
        wanted.size() <= VPCS_PER_ZONE,
        "QuotaExceeded.ZoneVpc",
        "A zone is bound to at most " + VPCS_PER_ZONE + " VPCs.");
    for (FakeZone.Binding each : wanted) {
      FakeWorld.Vpc vpc = world.vpcs.get(each.vpcId());
      check(
          vpc != null && vpc.region().equals(each.regionId()),
          "ZoneVpc.NotExists.VpcId",
          "The VPC does not exist: " + each.vpcId());
      check(
          vpc.owner().equals(FakeAlicloud.ACCOUNT) || world.trusting.contains(vpc.owner()),
          "ZoneVpc.Auth.NotExists",
          "The owner of the VPC has not authorized the account: " + each.vpcId());
      boolean repeated =
          zones.values().stream()
              .anyMatch(
                  other ->
                      other != zone
                          && other.name.equals(zone.name)
                          && other.bindings.last().contains(each));
      check(!repeated, "ZoneVpc.Zone.Repeated", "Vpc is bind to same zone name.");
    }
    zone.bindings.set(world.now(), Set.copyOf(wanted));
  }

  private FakeTokens.Made delete(FakeRequest request) {
    FakeZone zone = named(request);
    check(
        zone.bindings.last().isEmpty() && seenBindings(zone).isEmpty(),
        "Zone.VpcExists",
        "Zone have vpc bound.");
    check(
        zone.records.isEmpty() || world.holds(Assumption.ZONE_WITH_RECORDS_DELETABLE),
        "Zone.RecordExists",
        "The zone still holds records.");
    zone.deleted = true;
    zones.remove(zone.id);
    return made("ZoneId", zone.id);
  }

  // Records

  private FakeTokens.Made addRecord(FakeRequest request) {
    FakeZone zone = named(request);
    FakeRecord record = FakeRecord.of(world.nextRecordId(), request, "ENABLE");
    record.checkBeside(zone.records.values());
    zone.records.put(record.id(), record);
    Map<String, Object> answer = answerWith("RecordId", record.id());
    answer.put("Success", true);
    return new FakeTokens.Made(
        () -> new LinkedHashMap<>(answer),
        () -> zone.deleted || !zone.records.containsKey(record.id()));
  }

  private FakeZone zoneOfRecord(FakeRequest request) {
    long id = recordId(request);
    return zones.values().stream()
        .filter(this::isOurs)
        .filter(zone -> zone.records.containsKey(id))
        .findFirst()
        .orElseThrow(() -> bad("Record.NotExists", "There is no record " + id + "."));
  }

  private static long recordId(FakeRequest request) {
    return Long.parseLong(request.required("RecordId"));
  }

  private FakeTokens.Made updateRecord(FakeRequest request) {
    FakeZone zone = zoneOfRecord(request);
    long id = recordId(request);
    FakeRecord old = zone.records.get(id);
    FakeRecord record = FakeRecord.of(id, request, old.status()).withRemark(old.remark());
    record.checkBeside(zone.records.values());
    zone.records.put(id, record);
    return made("RecordId", id);
  }

  private FakeTokens.Made remarkRecord(FakeRequest request) {
    FakeZone zone = zoneOfRecord(request);
    long id = recordId(request);
    String remark = request.parameter("Remark").orElse("");
    FakeRecord.checkRemark(remark);
    zone.records.computeIfPresent(id, (key, record) -> record.withRemark(remark));
    return made("RecordId", id);
  }

  private Map<String, Object> switchRecord(FakeRequest request) {
    FakeZone zone = zoneOfRecord(request);
    String status = request.required("Status");
    check(
        Set.of("ENABLE", "DISABLE").contains(status),
        "InvalidParameter",
        "The specified value parameter is not valid: Status");
    zone.records.computeIfPresent(recordId(request), (key, record) -> record.withStatus(status));
    Map<String, Object> answer = answerWith("RecordId", recordId(request));
    answer.put("Status", status);
    return answer;
  }

  private FakeTokens.Made deleteRecord(FakeRequest request) {
    FakeZone zone = zoneOfRecord(request);
    zone.records.remove(recordId(request));
    return made("RecordId", recordId(request));
  }

  private Map<String, Object> records(FakeRequest request) {
    FakeZone zone = named(request);
    BiPredicate<String, String> matches = search(request, "EXACT");
    Optional<String> keyword =
        request.parameter("Keyword").map(word -> word.toLowerCase(Locale.ROOT));
    NavigableMap<Long, FakeRecord> found = new TreeMap<>(zone.records);
    found
        .values()
        .removeIf(each -> !keyword.map(word -> matches.test(each.rr(), word)).orElse(true));
    Map<String, Object> answer = new LinkedHashMap<>();
    List<Object> page =
        world.pages.byNumber(answer, request, found, 20, 100, each -> each.view(zone.id));
    answer.put("Records", Map.of("Record", page));
    return answer;
  }

  // Tags

  private List<FakeZone> resources(FakeRequest request) {
    check(
        request.required("ResourceType").equals("ZONE"),
        "InvalidParameter",
        "The specified value parameter is not valid: ResourceType");
    List<String> ids = request.list("ResourceId");
    check(
        ids.size() <= 50,
        "InvalidParameter",
        "The specified value parameter is not valid: ResourceId");
    return ids.stream().map(this::zone).toList();
  }

  private Map<String, Object> tag(FakeRequest request) {
    List<FakeZone> found = resources(request);
    Map<String, String> tags = FakeTags.ofZone(request);
    for (FakeZone zone : found) {
      if (request.flag("OverWrite")) {
        zone.tags.clear();
      }
      zone.tags.putAll(tags);
    }
    return Map.of();
  }

  private Map<String, Object> untag(FakeRequest request) {
    List<FakeZone> found = resources(request);
    List<String> keys = request.list("TagKey");
    for (FakeZone zone : found) {
      if (keys.isEmpty() && request.flag("All")) {
        zone.tags.clear();
      }
      zone.tags.keySet().removeAll(keys);
    }
    return Map.of();
  }

  private Map<String, Object> tags(FakeRequest request) {
    List<FakeZone> named = resources(request);
    List<Map<String, String>> filter = request.elements("Tag");
    NavigableMap<String, Object> lines = new TreeMap<>();
    (named.isEmpty() ? zones.values().stream().filter(this::isOurs).toList() : named)
        .stream()
            .filter(zone -> FakeTags.match(zone.tags, filter))
            .forEach(
                zone ->
                    zone.tags.forEach(
                        (key, value) ->
                            lines.put(
                                zone.id + " " + key, FakeTags.line("ZONE", zone.id, key, value))));
    Map<String, Object> answer = new LinkedHashMap<>();
    int size = request.number("Size", 20, 1, 200, "InvalidParameter");
    world.pages.putPage(
        answer, "TagResources", request, lines, size, "InvalidParameter", each -> each);
    return answer;
  }

  // For tests

  int zoneCount() {
    return (int) zones.values().stream().filter(this::isOurs).count();
  }

  List<ZoneState> state() {
    return zones.values().stream().filter(this::isOurs).map(FakeZone::state).toList();
  }

  /** A zone of another account, that the VPC's owner has let into the VPC. */
  void addStrangersZone(FakeWorld.Vpc vpc, String name) {
    add(
        normal(name),
        FakeWorld.STRANGER,
        "ZONE",
        Set.of(new FakeZone.Binding(vpc.region(), vpc.id())));
  }

  /** The zones that answer in a VPC now. */
  List<FakeZone> answering(String vpcId) {
    return zones.values().stream()
        .filter(zone -> seenBindings(zone).stream().anyMatch(each -> each.vpcId().equals(vpcId)))
        .toList();
  }
}
