package io.privatelink4j.examples.cli;

import io.privatelink4j.examples.openapi.ApiMapping;
import io.privatelink4j.model.DomainAttachment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "detach-domains", description = "Removes an attached domain.")
final class DetachDomainsCommand extends ConnectionCommand {
  @Option(
      names = "--attach-domain-id",
      required = true,
      description = "The ID that attach-domains and get show.")
  private String attachDomainId = "";

  @Override
  int run(Session session, Progress progress, Output out) {
    DomainAttachment detached = session.links().detachDomain(ref(), attachDomainId);
    out.show(ApiMapping.attachment(detached), Human.attachment(detached));
    return DONE;
  }
}
