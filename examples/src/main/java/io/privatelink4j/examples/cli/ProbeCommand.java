package io.privatelink4j.examples.cli;

import io.privatelink4j.examples.cloud.UsageException;
import io.privatelink4j.examples.probe.LinkProbe;
import io.privatelink4j.examples.probe.ProbeResult;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "probe",
    description = {
      "Connects through a connection and tells refused, timed out, reset and TLS apart.",
      "To be run inside the cluster's network. Sends nothing but, with --tls, a handshake."
    })
final class ProbeCommand extends ConnectionCommand {
  @Mixin private ResolverOptions resolver = new ResolverOptions();

  @Option(names = "--port", required = true, description = "The load balancer's port.")
  private int port;

  @Option(
      names = "--tls",
      description = "Shakes hands in TLS, too, trusting whom Java trusts by default.")
  private boolean tls;

  @Option(
      names = "--timeout",
      defaultValue = "5s",
      description =
          "How long to wait for a connection, and for an answer, at each address. Default:"
              + " ${DEFAULT-VALUE}.")
  private Duration timeout = Duration.ZERO;

  @Override
  void before() {
    if (plc().isInMemory()) {
      throw new UsageException("in a world in memory nothing listens: probe a real connection");
    }
    if (port < 1 || port > 65535) {
      throw new UsageException("--port must be 1 to 65535, is " + port);
    }
  }

  @Override
  int run(Session session, Progress progress, Output out) {
    return show(probe().probe(session.links().get(ref()), port), out);
  }

  private LinkProbe probe() {
    try {
      LinkProbe plain = new LinkProbe(timeout);
      LinkProbe probe = resolver.value().map(plain::withResolver).orElse(plain);
      return tls ? probe.withTls(SSLContext.getDefault()) : probe;
    } catch (IllegalArgumentException e) {
      throw new UsageException("--timeout: " + e.getMessage());
    } catch (NoSuchAlgorithmException e) {
      throw new UsageException("Java's TLS is not set up: " + e.getMessage());
    }
  }

  /** {@return the exit code} */
  static int show(List<ProbeResult> results, Output out) {
    out.show(
        Reports.probe(results),
        Human.lines(
            results,
            ProbeResult::toString,
            "the endpoint has no name yet: wait until the connection is ACTIVE"));
    boolean open =
        !results.isEmpty()
            && results.stream().allMatch(each -> each.outcome() == ProbeResult.Outcome.OPEN);
    return open ? DONE : Plc.FOUND;
  }
}
