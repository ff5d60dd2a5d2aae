package io.privatelink4j.examples.cli;

import io.privatelink4j.examples.cloud.UsageException;
import io.privatelink4j.examples.openapi.ApiMapping;
import io.privatelink4j.model.PrivateLinkConnection;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "delete", description = "Deletes a private link connection and its domains.")
final class DeleteCommand extends ConnectionCommand {
  @Option(names = "--force", description = "Does not ask.")
  private boolean force;

  @Override
  void before() {
    Screen screen = plc().screen();
    if (force || screen.replaying()) {
      return;
    }
    if (!screen.interactive()) {
      throw new UsageException("nobody is there to confirm; say --force");
    }
    if (!screen
        .ask("Delete " + ref().id() + " and its domains? Type yes: ")
        .strip()
        .equals("yes")) {
      throw new UsageException("not confirmed; nothing was deleted");
    }
  }

  @Override
  int run(Session session, Progress progress, Output out) {
    PrivateLinkConnection link = session.links().delete(ref());
    out.show(ApiMapping.connection(link), List.of(link.id() + " is " + link.state()));
    return DONE;
  }
}
