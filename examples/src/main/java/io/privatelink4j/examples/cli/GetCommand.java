package io.privatelink4j.examples.cli;

import io.privatelink4j.examples.openapi.ApiMapping;
import io.privatelink4j.model.PrivateLinkConnection;
import picocli.CommandLine.Command;

@Command(
    name = "get",
    aliases = "describe",
    description = "Shows a private link connection and its domains.")
final class GetCommand extends ConnectionCommand {

  @Override
  int run(Session session, Progress progress, Output out) {
    PrivateLinkConnection link = session.links().get(ref());
    out.show(ApiMapping.connection(link), Human.connection(link));
    return DONE;
  }
}
