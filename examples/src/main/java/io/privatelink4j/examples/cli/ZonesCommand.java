package io.privatelink4j.examples.cli;

import io.privatelink4j.examples.openapi.ApiMapping;
import io.privatelink4j.model.Zones;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
    name = "zones",
    description = "Shows what the service owner has to allow and to serve: account and zones.")
final class ZonesCommand extends ClusterCommand {

  @Override
  int run(Session session, Progress progress, Output out) {
    Zones zones = session.links().zones(clusterId());
    List<List<String>> rows =
        List.of(
            List.of("Account", zones.accountId()),
            List.of("Principals", String.join(", ", zones.principals())),
            List.of("Zones", String.join(", ", zones.zoneIds())));
    out.show(ApiMapping.zones(zones), Output.table(rows));
    return DONE;
  }
}
