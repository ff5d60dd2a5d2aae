package io.privatelink4j.examples.cli;

import io.privatelink4j.examples.cloud.UsageException;
import io.privatelink4j.examples.dns.DnsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.annotation.Nullable;
import picocli.CommandLine.Option;

/** Which resolver. */
final class ResolverOptions {
  private static final int DNS_PORT = 53;
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  @Option(
      names = "--server",
      paramLabel = "HOST[:PORT]",
      description = "The DNS server to ask. Default: as this machine resolves names.")
  private @Nullable String server;

  /**
   * {@return a named server's answers; empty if none is named}
   *
   * @throws UsageException if it has no address
   */
  Optional<Function<String, List<InetAddress>>> value() {
    return Optional.ofNullable(server).map(ResolverOptions::ask);
  }

  private static DnsServer ask(String server) {
    try {
      URI at = URI.create("dns://" + server);
      String host = at.getHost();
      int port = at.getPort();
      // Nothing but these two, such as a user or a path.
      if (!server.equals(port < 0 ? host : host + ":" + port)) {
        throw new IllegalArgumentException("it must be HOST or HOST:PORT");
      }
      return new DnsServer(new InetSocketAddress(host, port < 0 ? DNS_PORT : port), PATIENCE);
    } catch (IllegalArgumentException e) {
      throw new UsageException("cannot ask --server " + server + ": " + e.getMessage());
    }
  }
}
