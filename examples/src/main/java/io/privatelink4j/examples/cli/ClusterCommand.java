package io.privatelink4j.examples.cli;

import picocli.CommandLine.Option;

/** A command about a cluster. */
abstract class ClusterCommand extends PlcCommand {
  @Option(
      names = {"-c", "--cluster-id"},
      required = true,
      description = "The cluster ID.")
  private String clusterId = "";

  final String clusterId() {
    return clusterId;
  }
}
