package io.privatelink4j.examples.cli;

import io.privatelink4j.examples.openapi.ApiMapping;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "attach-domains",
    description = "Makes a domain lead, inside the cluster's network, to a connection.")
final class AttachDomainsCommand extends ConnectionCommand {
  @Mixin private DomainOptions domain = new DomainOptions();

  @Option(names = "--dry-run", description = "Only shows the domains; attaches nothing.")
  private boolean dryRun;

  @Override
  int run(Session session, Progress progress, Output out) {
    if (dryRun) {
      DomainPlan plan = session.links().planDomain(ref(), domain.value());
      out.show(ApiMapping.plan(ref(), plan), Human.plan(plan));
    } else {
      DomainAttachment attached = session.links().attachDomain(ref(), domain.value());
      out.show(ApiMapping.attachment(attached), Human.attachment(attached));
    }
    return DONE;
  }
}
