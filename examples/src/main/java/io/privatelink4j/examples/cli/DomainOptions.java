package io.privatelink4j.examples.cli;

import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.DomainType;
import java.util.Optional;
import javax.annotation.Nullable;
import picocli.CommandLine.Option;

/** Which domain. */
final class DomainOptions {
  @Option(
      names = "--type",
      defaultValue = "TIDBCLOUD_MANAGED",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Type type = Type.TIDBCLOUD_MANAGED;

  @Option(
      names = "--unique-name",
      description = "The unique name of the domain. Default: of a managed one, its own.")
  private @Nullable String uniqueName;

  /** The API's words. */
  enum Type {
    TIDBCLOUD_MANAGED,
    CONFLUENT
  }

  DomainRequest value() {
    return new DomainRequest(
        DomainType.valueOf(type.name()), Optional.ofNullable(uniqueName), false);
  }
}
