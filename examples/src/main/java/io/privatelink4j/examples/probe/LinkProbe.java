package io.privatelink4j.examples.probe;

import static java.util.Objects.requireNonNull;

import io.privatelink4j.examples.probe.ProbeResult.Outcome;
import io.privatelink4j.model.PrivateLinkConnection;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/**
 * Connects through a link and tells refused, timed out, reset and TLS apart, for each of the
 * endpoint's addresses. To be run inside the cluster network, where these are reached. Sends
 * nothing but, if asked to, a TLS handshake.
 *
 * <p>Immutable and thread-safe. Blocks, for each address no longer than its patience for the
 * connection, and as long again for each answer.
 */
public final class LinkProbe {
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(1);

  private final Duration patience;
  private final Function<String, List<InetAddress>> resolver;
  private final Optional<SSLContext> tls;

  /**
   * Makes a probe without TLS that uses the JVM's resolver.
   *
   * @param patience how long to wait for a connection, and for an answer; 1 millisecond to a day
   */
  public LinkProbe(Duration patience) {
    this(patience, LinkProbe::resolve, Optional.empty());
  }

  private LinkProbe(
      Duration patience, Function<String, List<InetAddress>> resolver, Optional<SSLContext> tls) {
    if (patience.toMillis() < 1 || patience.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("patience must be 1 ms to a day, is " + patience);
    }
    this.patience = patience;
    this.resolver = resolver;
    this.tls = tls;
  }

  /**
   * {@return a probe that shakes hands in TLS, too} Whose certificate it is, it does not check: the
   * endpoint's own names are in nobody's.
   *
   * @param context whom to trust
   */
  public LinkProbe withTls(SSLContext context) {
    return new LinkProbe(patience, resolver, Optional.of(context));
  }

  /**
   * {@return a probe that resolves otherwise}
   *
   * @param other from a name to its addresses, none if it has none
   */
  public LinkProbe withResolver(Function<String, List<InetAddress>> other) {
    return new LinkProbe(patience, requireNonNull(other, "other"), tls);
  }

  /**
   * {@return what comes of a connection to each of the endpoint's addresses, zone by zone; nothing
   * while the endpoint has no name}
   *
   * @param link the connection; as it was read last
   * @param port the load balancer's port, 1 to 65535
   */
  public List<ProbeResult> probe(PrivateLinkConnection link, int port) {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port must be 1 to 65535, is " + port);
    }
    Set<String> hosts = new LinkedHashSet<>(link.zonalHostNames().values());
    link.hostName().ifPresent(hosts::add);
    Set<InetAddress> seen = new HashSet<>();
    List<ProbeResult> results = new ArrayList<>();
    for (String host : hosts) {
      List<InetAddress> addresses = resolver.apply(host);
      if (addresses.isEmpty()) {
        results.add(new ProbeResult(host, "", port, Outcome.NO_ADDRESS, "the name has no address"));
      }
      for (InetAddress address : addresses) {
        if (seen.add(address)) {
          results.add(probe(host, address, port));
        }
      }
    }
    return results;
  }

  private ProbeResult probe(String host, InetAddress address, int port) {
    Outcome outcome;
    String detail = "";
    try (Socket socket = new Socket()) {
      try {
        socket.connect(new InetSocketAddress(address, port), millis(patience));
      } catch (IOException e) {
        return result(host, address, port, connectFailure(e), e.toString());
      }
      outcome = Outcome.OPEN;
      if (tls.isPresent()) {
        detail = shakeHands(socket, host, port, tls.get());
      } else if (isClosedAtOnce(socket)) {
        outcome = Outcome.CLOSED;
      }
    } catch (IOException e) {
      outcome = failure(e);
      detail = e.toString();
    }
    return result(host, address, port, outcome, detail);
  }

  private static ProbeResult result(
      String host, InetAddress address, int port, Outcome outcome, String detail) {
    return new ProbeResult(host, address.getHostAddress(), port, outcome, detail);
  }

  private String shakeHands(Socket socket, String host, int port, SSLContext context)
      throws IOException {
    socket.setSoTimeout(millis(patience));
    // Not closed by itself: what comes of closing says nothing of the link.
    SSLSocket secure =
        (SSLSocket) context.getSocketFactory().createSocket(socket, host, port, false);
    secure.startHandshake();
    return secure.getSession().getProtocol();
  }

  /** Waits whether the other side hangs up: Kafka says nothing before it is asked. */
  private boolean isClosedAtOnce(Socket socket) throws IOException {
    socket.setSoTimeout(
        millis(patience.compareTo(LONGEST_SILENCE) < 0 ? patience : LONGEST_SILENCE));
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private static Outcome connectFailure(IOException e) {
    if (e instanceof SocketTimeoutException) {
      return Outcome.TIMED_OUT;
    }
    if (e instanceof ConnectException) {
      // The system's own patience may end first. The words after "Connection" may be in any
      // language.
      return String.valueOf(e.getMessage()).contains("timed out")
          ? Outcome.TIMED_OUT
          : Outcome.REFUSED;
    }
    boolean reset =
        e instanceof SocketException && String.valueOf(e.getMessage()).contains("reset");
    return reset ? Outcome.RESET : Outcome.UNREACHABLE;
  }

  /** What went wrong after the connection was there. */
  private static Outcome failure(IOException e) {
    if (comesFrom(e, SocketTimeoutException.class)) {
      return Outcome.TIMED_OUT;
    }
    if (comesFrom(e, EOFException.class)) {
      return Outcome.CLOSED;
    }
    if (comesFrom(e, SocketException.class)) {
      return Outcome.RESET;
    }
    return e instanceof SSLException ? Outcome.TLS_FAILED : Outcome.CLOSED;
  }

  private static boolean comesFrom(Throwable e, Class<? extends Throwable> kind) {
    return kind.isInstance(e) || (e.getCause() != null && comesFrom(e.getCause(), kind));
  }

  private static int millis(Duration duration) {
    return Math.toIntExact(duration.toMillis());
  }

  private static List<InetAddress> resolve(String host) {
    try {
      return List.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException e) {
      return List.of();
    }
  }
}
