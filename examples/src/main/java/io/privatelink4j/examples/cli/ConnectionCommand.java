package io.privatelink4j.examples.cli;

import io.privatelink4j.model.ConnectionRef;
import picocli.CommandLine.Option;

/** A command about a connection. */
abstract class ConnectionCommand extends ClusterCommand {
  @Option(
      names = {"-p", "--private-link-connection-id"},
      required = true,
      description = "The private link connection ID.")
  private String connectionId = "";

  final ConnectionRef ref() {
    return ConnectionRef.of(clusterId(), connectionId);
  }
}
