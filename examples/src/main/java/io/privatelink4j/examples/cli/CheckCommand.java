package io.privatelink4j.examples.cli;

import io.privatelink4j.examples.openapi.Failure;
import io.privatelink4j.model.Finding;
import io.privatelink4j.model.ServiceCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "check",
    description =
        "Shows all that is in the way of a connection, and who has to act. Writes nothing.")
final class CheckCommand extends ClusterCommand {
  @Mixin private ServiceOptions service = new ServiceOptions();

  @Override
  void before() {
    service.value();
  }

  @Override
  int run(Session session, Progress progress, Output out) {
    ServiceCheck check = session.links().check(clusterId(), service.value());
    out.show(
        Reports.check(check),
        Human.lines(check.findings(), Finding::toString, "nothing is in the way"));
    return check.ok() ? DONE : Failure.SERVICE_NOT_USABLE.exitCode();
  }
}
