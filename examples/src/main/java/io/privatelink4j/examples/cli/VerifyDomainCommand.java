package io.privatelink4j.examples.cli;

import io.privatelink4j.examples.cloud.UsageException;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.DomainVerification;
import io.privatelink4j.model.NameCheck;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "verify-domain",
    description = {
      "Shows where the names of a domain really lead: into the right zone, a wrong one, elsewhere or"
          + " nowhere.",
      "To be run inside the cluster's network, or with --server naming its DNS server."
    })
final class VerifyDomainCommand extends ConnectionCommand {
  @Mixin private DomainOptions domain = new DomainOptions();
  @Mixin private ResolverOptions resolver = new ResolverOptions();

  @Option(
      names = "--host",
      description =
          "A name to look up, such as one that a broker advertises; can be repeated. Default: one"
              + " below each record.")
  private List<String> hosts = new ArrayList<>();

  @Override
  void before() {
    if (resolver.value().isPresent() && plc().isInMemory()) {
      throw new UsageException("a world in memory has its own resolver: leave out --server");
    }
  }

  @Override
  int run(Session session, Progress progress, Output out) {
    DomainVerification verification = verify(session);
    out.show(
        Reports.verification(verification),
        Human.lines(verification.names(), NameCheck::toString, "there is no name yet"));
    return verification.ok() ? DONE : Plc.FOUND;
  }

  private DomainVerification verify(Session session) {
    DomainRequest request = domain.value();
    Optional<Function<String, List<InetAddress>>> other =
        session
            .world()
            .<Function<String, List<InetAddress>>>map(
                world -> name -> world.resolve(clusterId(), name))
            .or(resolver::value);
    return other
        .map(ask -> session.links().verifyDomain(ref(), request, hosts, ask))
        .orElseGet(() -> session.links().verifyDomain(ref(), request, hosts));
  }
}
