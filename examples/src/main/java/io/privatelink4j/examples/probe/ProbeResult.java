package io.privatelink4j.examples.probe;

/**
 * What came of a connection to one address of an endpoint.
 *
 * @param host the endpoint's name
 * @param address the address; empty if the name has none
 * @param port the port
 * @param outcome what came of it
 * @param detail what was seen: the TLS version, or the exception
 */
public record ProbeResult(String host, String address, int port, Outcome outcome, String detail) {

  @Override
  public String toString() {
    return "%s %s:%d (%s): %s. %s%s"
        .formatted(
            outcome,
            address.isEmpty() ? host : address,
            port,
            host,
            outcome.means,
            outcome.advice,
            detail.isEmpty() ? "" : " [" + detail + "]");
  }

  /** How far a connection came. */
  public enum Outcome {
    /** It stands, with TLS if that was asked for. */
    OPEN("the connection stands", "Nothing to do."),
    /** The name does not resolve. */
    NO_ADDRESS(
        "the name has no address",
        "Ask from inside the cluster network, with its DNS switched on."),
    /** There is no way to the address. */
    UNREACHABLE("there is no way to it", "Run the probe inside the cluster network."),
    /** Nothing listens on the port. */
    REFUSED(
        "nothing listens there",
        "The service owner adds a listener for the port to the load balancer."),
    /** No answer, neither yes nor no. */
    TIMED_OUT(
        "no answer came",
        "Something drops packets: security groups of the endpoint, of the load balancer (also for"
            + " private link traffic) or of the brokers, or network ACLs."),
    /** The connection was taken and cut. */
    RESET(
        "the connection was cut",
        "The load balancer has no healthy target for the port: the service owner checks the target"
            + " group and that the brokers listen."),
    /** The connection was taken and ended in order. */
    CLOSED(
        "the connection was ended without a word",
        "Whoever listens there wants something else, such as TLS, or none."),
    /** It answered, but no TLS connection came of it. */
    TLS_FAILED(
        "the TLS handshake failed",
        "The listener does not speak TLS, or its certificate is not trusted here.");

    private final String means;
    private final String advice;

    Outcome(String means, String advice) {
      this.means = means;
      this.advice = advice;
    }
  }
}
