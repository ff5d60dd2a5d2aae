package io.privatelink4j.alicloud;

import io.privatelink4j.testing.Assumption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a VPC's resolver makes of private zones. */
final class FakeResolver {
  private final FakeWorld world;

  FakeResolver(FakeWorld world) {
    this.world = world;
  }

  /** The target of the CNAME that the name has, in the most specific of the zones. */
  Optional<String> resolve(List<FakeZone> zones, String name) {
    return zones.stream()
        .filter(zone -> name.equals(zone.name) || name.endsWith("." + zone.name))
        .max(Comparator.comparingInt(zone -> zone.name.length()))
        .flatMap(zone -> target(zone, name));
  }

  private Optional<String> target(FakeZone zone, String name) {
    Map<String, String> targets = new TreeMap<>();
    zone.records.values().stream()
        .filter(record -> record.status().equals("ENABLE"))
        .forEach(record -> targets.put(record.rr(), record.value()));
    String host =
        name.equals(zone.name) ? "@" : name.substring(0, name.length() - zone.name.length() - 1);
    if (targets.containsKey(host) || host.equals("@")) {
      return Optional.ofNullable(targets.get(host));
    }
    boolean through = world.holds(Assumption.WILDCARD_REACHES_THROUGH);
    if (exists(host, targets) && !through) {
      return Optional.empty();
    }
    for (String encloser = parent(host); ; encloser = parent(encloser)) {
      String target = targets.get(encloser.isEmpty() ? "*" : "*." + encloser);
      boolean reaches =
          !world.holds(Assumption.WILDCARD_ONE_LABEL) || encloser.equals(parent(host));
      if (target != null && reaches) {
        return Optional.of(target);
      }
      if (encloser.isEmpty() || (exists(encloser, targets) && !through)) {
        return Optional.empty();
      }
    }
  }

  private static String parent(String host) {
    int dot = host.indexOf('.');
    return dot < 0 ? "" : host.substring(dot + 1);
  }

  /** Whether the name has a record, or something below it has. */
  private static boolean exists(String host, Map<String, String> targets) {
    return targets.keySet().stream()
        .anyMatch(owner -> owner.equals(host) || owner.endsWith("." + host));
  }
}
