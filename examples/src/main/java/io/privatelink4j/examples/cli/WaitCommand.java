package io.privatelink4j.examples.cli;

import io.privatelink4j.examples.openapi.ApiMapping;
import io.privatelink4j.model.PrivateLinkConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.annotation.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "wait", description = "Waits until a private link connection is active, or gone.")
final class WaitCommand extends ConnectionCommand {
  @Option(names = "--deleted", description = "Waits until it is gone.")
  private boolean deleted;

  @Option(
      names = "--timeout",
      defaultValue = "30m",
      description = "How long at most, as 90s, 30m or 2h. Default: ${DEFAULT-VALUE}.")
  private Duration timeout = Duration.ZERO;

  @Option(
      names = "--owner-timeout",
      description = "How long at most for the owner to accept. Default: as long as for all.")
  private @Nullable Duration ownerTimeout;

  @Override
  int run(Session session, Progress progress, Output out) {
    if (deleted) {
      progress.await(session.links().whenDeleted(ref(), timeout));
      out.show(Map.of(), List.of(ref().id() + " is gone"));
      return DONE;
    }
    Duration patience = ownerTimeout;
    CompletableFuture<PrivateLinkConnection> active =
        patience == null
            ? session.links().whenActive(ref(), timeout)
            : session.links().whenActive(ref(), timeout, patience);
    progress.await(active);
    // Of a link that was waited for without a thread the zones may be missing.
    PrivateLinkConnection link = session.links().get(ref());
    out.show(ApiMapping.connection(link), Human.connection(link));
    return DONE;
  }
}
