package io.privatelink4j.examples.cli;

import io.privatelink4j.examples.openapi.ApiMapping;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import javax.annotation.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "create", description = "Creates a private link connection.")
final class CreateCommand extends ClusterCommand {
  @Mixin private ServiceOptions service = new ServiceOptions();

  @Option(names = "--display-name", required = true, description = "What it is called.")
  private String displayName = "";

  @Option(
      names = "--request-id",
      description = "Your name of this operation: repeated, it gives the same connection.")
  private @Nullable String requestId;

  @Option(names = "--created-by", description = "Who creates it.")
  private @Nullable String createdBy;

  @Override
  void before() {
    service.value();
  }

  @Override
  int run(Session session, Progress progress, Output out) {
    CreateConnectionRequest.Builder request =
        CreateConnectionRequest.builder()
            .clusterId(clusterId())
            .displayName(displayName)
            .type(service.value());
    if (requestId != null) {
      request.requestId(requestId);
    }
    if (createdBy != null) {
      request.createdBy(createdBy);
    }
    PrivateLinkConnection link = session.links().create(request.build());
    out.show(ApiMapping.connection(link), Human.connection(link));
    return DONE;
  }
}
