package io.privatelink4j.examples.cli;

import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.model.Finding;
import io.privatelink4j.model.PrivateLinkConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What people read of the library's values. */
final class Human {
  private Human() {}

  static List<String> connection(PrivateLinkConnection link) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("ID", link.id()));
    rows.add(List.of("Name", link.displayName()));
    rows.add(List.of("State", state(link)));
    rows.add(List.of("Service", link.type().serviceName()));
    rows.add(List.of("Endpoint", link.endpointId()));
    if (!link.zoneIds().isEmpty()) {
      rows.add(List.of("Zones", String.join(", ", link.zoneIds())));
    }
    link.hostName().ifPresent(host -> rows.add(List.of("Host", host)));
    rows.add(
        List.of("Created", link.createTime() + link.createdBy().map(" by "::concat).orElse("")));
    for (DomainAttachment domain : link.domains()) {
      rows.add(List.of("Domain", domain.id() + "  " + domain.apex() + "  " + domain.state()));
    }
    List<String> lines = Output.table(rows);
    link.ownerInstructions().ifPresent(text -> lines.addAll(text.lines().toList()));
    return lines;
  }

  private static String state(PrivateLinkConnection link) {
    return link.state() + (link.message().isEmpty() ? "" : ": " + link.message());
  }

  static List<String> connections(List<PrivateLinkConnection> links) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("ID", "NAME", "STATE", "SERVICE"));
    for (PrivateLinkConnection link : links) {
      rows.add(
          List.of(link.id(), link.displayName(), link.state().name(), link.type().serviceName()));
    }
    return Output.table(rows);
  }

  static List<String> plan(DomainPlan plan) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("Unique name", plan.uniqueName()));
    plan.records()
        .forEach(
            each ->
                rows.add(
                    List.of("Domain", each.name() + each.target().map(" -> "::concat).orElse(""))));
    return with(Output.table(rows), plan.findings());
  }

  static List<String> attachment(DomainAttachment domain) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("ID", domain.id()));
    rows.add(List.of("Unique name", domain.uniqueName()));
    domain
        .domains()
        .forEach(
            each ->
                rows.add(
                    List.of(
                        "Domain",
                        each.name()
                            + "  "
                            + each.state()
                            + each.message().map(": "::concat).orElse(""))));
    return with(Output.table(rows), domain.findings());
  }

  static List<String> with(List<String> lines, List<Finding> findings) {
    List<String> all = new ArrayList<>(lines);
    findings.forEach(finding -> all.add(finding.toString()));
    return all;
  }

  static <T> List<String> lines(List<T> values, Function<T, String> line, String none) {
    return values.isEmpty() ? List.of(none) : values.stream().map(line).toList();
  }
}
