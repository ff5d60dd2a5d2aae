package io.privatelink4j.kafka;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import javax.annotation.Nullable;

/** What one broker's {@code server.properties} says of listeners, as Kafka takes it. Immutable. */
final class BrokerFile {
  private static final String ADVERTISED = "advertised.listeners";
  private static final String LISTENERS = "listeners";
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final Set<String> PROTOCOLS =
      Set.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL");

  private final String name;
  private final Map<String, String> values;

  private BrokerFile(String name, Map<String, String> values) {
    this.name = name;
    this.values = values;
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if an escape in it is malformed
   */
  static BrokerFile read(String name, String text) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(withoutMark(text)));
    } catch (IOException e) {
      throw new IllegalStateException("a text in memory cannot fail to be read", e);
    }
    Map<String, String> values = new HashMap<>();
    properties.stringPropertyNames().forEach(k -> values.put(k, properties.getProperty(k).strip()));
    return new BrokerFile(name, values);
  }

  /** Returns the entries if the text is a bare list of listeners; empty if it has properties. */
  static List<String> bareList(String text) {
    List<String> lines =
        withoutMark(text).lines().map(l -> l.replaceFirst("#.*", "").strip()).toList();
    if (lines.stream().anyMatch(BrokerFile::isProperty)) {
      return List.of();
    }
    return lines.stream()
        .flatMap(l -> Stream.of(l.split("[,\\s]+")))
        .filter(e -> !e.isEmpty())
        .toList();
  }

  private static boolean isProperty(String line) {
    return line.contains("=") || line.startsWith(ADVERTISED) || line.startsWith(LISTENERS);
  }

  private static String withoutMark(String text) {
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  String name() {
    return name;
  }

  /** Returns whether it is a controller and no broker, so that no client is led to it. */
  boolean isOnlyController() {
    return value("process.roles")
        .map(BrokerFile::pieces)
        .filter(roles -> !roles.contains("broker"))
        .isPresent();
  }

  /** Returns what clients are told; without {@code advertised.listeners} that is what is bound. */
  List<Listener> advertised() {
    return value(ADVERTISED).map(BrokerFile::listeners).orElseGet(this::bound);
  }

  List<Listener> bound() {
    return listeners(value(LISTENERS).orElse("PLAINTEXT://:9092"));
  }

  boolean hasProtocol(Listener listener) {
    Optional<String> map = value("listener.security.protocol.map");
    if (map.isEmpty()) {
      return PROTOCOLS.contains(listener.name());
    }
    return pieces(map.get()).stream()
        .map(p -> p.split(":", 2))
        .anyMatch(
            p ->
                p.length == 2
                    && upper(p[0]).equals(listener.name())
                    && PROTOCOLS.contains(upper(p[1])));
  }

  /** Returns the name of the listener by which brokers find each other. */
  String interBroker() {
    return upper(
        value("inter.broker.listener.name")
            .or(() -> value("security.inter.broker.protocol"))
            .orElse("PLAINTEXT"));
  }

  boolean isForController(Listener listener) {
    return value("controller.listener.names").stream()
        .flatMap(names -> pieces(names).stream())
        .anyMatch(n -> upper(n).equals(listener.name()));
  }

  Optional<String> id() {
    return value("node.id").or(() -> value("broker.id")).filter(id -> !id.startsWith("-"));
  }

  Optional<String> rack() {
    return value("broker.rack").map(rack -> rack.toLowerCase(Locale.ROOT));
  }

  private Optional<String> value(String key) {
    @Nullable String value = values.get(key);
    return Optional.ofNullable(value).filter(v -> !v.isEmpty());
  }

  private static List<Listener> listeners(String text) {
    List<Listener> all = new ArrayList<>();
    pieces(text).forEach(piece -> all.add(Listener.of(piece)));
    return all;
  }

  private static List<String> pieces(String list) {
    return Arrays.stream(list.split(",")).map(String::strip).filter(p -> !p.isEmpty()).toList();
  }

  private static String upper(String text) {
    return text.strip().toUpperCase(Locale.ROOT);
  }

  /**
   * One listener, whether bound or advertised.
   *
   * @param text as it stands in the file
   * @param name its name in upper case; empty if it has none
   * @param host lower case, in brackets if an IPv6 address; empty for all interfaces
   * @param port the text after the last colon; empty if there is none
   */
  record Listener(String text, String name, String host, String port) {

    private static Listener of(String text) {
      int scheme = text.indexOf("://");
      String address = scheme < 0 ? text : text.substring(scheme + 3);
      int colon = address.lastIndexOf(':');
      boolean hasPort = colon > address.lastIndexOf(']');
      String host = (hasPort ? address.substring(0, colon) : address).toLowerCase(Locale.ROOT);
      return new Listener(
          text,
          scheme < 0 ? "" : upper(text.substring(0, scheme)),
          host.endsWith(".") ? host.substring(0, host.length() - 1) : host,
          hasPort ? address.substring(colon + 1) : "");
    }

    boolean isIpv6() {
      return host.startsWith("[");
    }
  }
}
