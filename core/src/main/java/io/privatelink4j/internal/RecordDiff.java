package io.privatelink4j.internal;

import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.spi.Endpoint;
import io.privatelink4j.spi.ZoneRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * In what a zone's records differ from the plan, each as {@code host -> target}.
 *
 * @param missing hosts without a record
 * @param changed hosts that lead elsewhere
 * @param foreign CNAMEs that are not planned and do not lead to the endpoint, and records of other
 *     types
 */
record RecordDiff(List<String> missing, List<String> changed, List<String> foreign) {

  /**
   * What a zone should hold.
   *
   * @param targets by host
   * @param ownNames all names of the endpoint: what leads to one of them is no stranger's
   */
  record Wanted(Map<String, String> targets, Set<String> ownNames) {

    /** {@return what the plan wants; empty as long as the cloud has not named all targets} */
    static Optional<Wanted> of(Found link, DomainPlan plan) {
      Map<String, String> targets = new HashMap<>();
      for (ZoneRecord record : ZoneWork.wanted(plan)) {
        targets.put(record.host(), record.target());
      }
      return targets.size() == plan.records().size()
          ? Optional.of(new Wanted(targets, names(link.endpoint())))
          : Optional.empty();
    }
  }

  static Set<String> names(Endpoint endpoint) {
    Set<String> names = new HashSet<>();
    endpoint.dnsName().map(RecordDiff::normal).ifPresent(names::add);
    endpoint.zonalDnsNames().values().forEach(name -> names.add(normal(name)));
    endpoint.zones().forEach(zone -> zone.dnsName().map(RecordDiff::normal).ifPresent(names::add));
    return names;
  }

  static String normal(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  static RecordDiff of(Wanted wanted, List<ZoneRecord> present) {
    Set<String> missing = new HashSet<>(wanted.targets().keySet());
    RecordDiff diff = new RecordDiff(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (ZoneRecord record : present) {
      String target = wanted.targets().get(record.host());
      missing.remove(record.host());
      if (!record.isCname()) {
        diff.foreign.add(record.type() + " " + record.host());
      } else if (target != null && !target.equals(normal(record.target()))) {
        diff.changed.add(text(record));
      } else if (target == null && !wanted.ownNames().contains(normal(record.target()))) {
        diff.foreign.add(text(record));
      }
    }
    missing.stream().sorted().forEach(diff.missing::add);
    return diff;
  }

  private static String text(ZoneRecord record) {
    return record.host() + " -> " + record.target();
  }
}
