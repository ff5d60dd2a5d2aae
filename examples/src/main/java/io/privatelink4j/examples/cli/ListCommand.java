package io.privatelink4j.examples.cli;

import io.privatelink4j.examples.openapi.ApiMapping;
import io.privatelink4j.model.ConnectionPage;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.ListRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.annotation.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "list",
    description = "Lists private link connections; all pages, unless a size or a token is given.")
final class ListCommand extends ClusterCommand {
  @Option(names = "--page-size", description = "Only one page, of this many at most.")
  private @Nullable Integer pageSize;

  @Option(names = "--page-token", description = "Only the page that follows.")
  private @Nullable String pageToken;

  @Option(names = "--state", description = "Only those in this state.")
  private @Nullable String state;

  @Override
  int run(Session session, Progress progress, Output out) {
    Optional<ConnectionState> wanted = Optional.ofNullable(state).map(ApiMapping::state);
    int size = pageSize == null ? ListRequest.DEFAULT_PAGE_SIZE : pageSize;
    ListRequest request =
        new ListRequest(clusterId(), size, Optional.ofNullable(pageToken), wanted);
    ConnectionPage page = session.links().list(request);
    if (pageSize == null && pageToken == null) {
      page = withTheRest(session, request, page);
    }
    List<String> lines = new ArrayList<>(Human.connections(page.connections()));
    page.nextPageToken().ifPresent(token -> lines.add("more: --page-token " + token));
    out.show(ApiMapping.page(page), lines);
    return DONE;
  }

  private static ConnectionPage withTheRest(
      Session session, ListRequest request, ConnectionPage first) {
    List<PrivateLinkConnection> all = new ArrayList<>(first.connections());
    ConnectionPage page = first;
    while (page.nextPageToken().isPresent()) {
      page = session.links().list(request.withPageToken(page.nextPageToken().get()));
      all.addAll(page.connections());
    }
    return new ConnectionPage(all, Optional.empty(), page.totalSize());
  }
}
