package io.privatelink4j.examples.dns;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Name;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupResult;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/**
 * A DNS server as a resolver for {@code verifyDomain}: asks that server and no other, past the
 * JVM's cache, the hosts file and search domains. So it sees what the cluster network is answered,
 * if the server is the network's own ({@code 169.254.169.253} in a VPC on AWS, {@code
 * 100.100.2.136} on Alibaba Cloud), and what a server outside answers, if it is not.
 *
 * <p>Asks for IPv4 addresses, since endpoints have no others. Immutable and thread-safe.
 */
public final class DnsServer implements Function<String, List<InetAddress>> {
  private static final int TRIES = 3;

  private final LookupSession session;

  /**
   * Names a server. Nothing is sent yet.
   *
   * @param address where it listens
   * @param patience how long to wait for each answer, all three tries together; 1 millisecond or
   *     more, but taken to the second
   * @throws IllegalArgumentException if the address is not resolved, or the patience too short
   */
  public DnsServer(InetSocketAddress address, Duration patience) {
    if (requireNonNull(address, "address").isUnresolved()) {
      throw new IllegalArgumentException(address.getHostString() + " has no address");
    }
    if (patience.toMillis() < 1) {
      throw new IllegalArgumentException("patience must be 1 ms or more, is " + patience);
    }
    SimpleResolver each = new SimpleResolver(address);
    each.setTimeout(patience.dividedBy(TRIES));
    ExtendedResolver resolver = new ExtendedResolver(new Resolver[] {each});
    resolver.setRetries(TRIES);
    resolver.setTimeout(patience);
    session = LookupSession.builder().resolver(resolver).build();
  }

  /**
   * {@return the name's IPv4 addresses, CNAME records followed; none if it has none, or does not
   * exist}
   *
   * @param name a name, taken as it is: no search domain is added
   * @throws IllegalStateException if the server does not answer, or answers that it cannot tell
   */
  @Override
  public List<InetAddress> apply(String name) {
    Future<LookupResult> answer = session.lookupAsync(absolute(name), Type.A).toCompletableFuture();
    try {
      return answer.get().getRecords().stream()
          .filter(ARecord.class::isInstance)
          .map(record -> ((ARecord) record).getAddress())
          .toList();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof NoSuchDomainException
          || e.getCause() instanceof NoSuchRRSetException) {
        return List.of();
      }
      throw new IllegalStateException("the DNS server gave no answer: " + e.getCause(), e);
    } catch (InterruptedException | CancellationException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static Name absolute(String name) {
    try {
      return Name.fromString(name, Name.root);
    } catch (TextParseException e) {
      throw new IllegalStateException("no name that DNS can have: " + e.getMessage(), e);
    }
  }
}
