package io.privatelink4j.examples.changefeed;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Confluent Cloud network on AWS, which has dedicated clusters behind an endpoint service.
 *
 * @param id the network's id, such as {@code domnprzqrog}
 * @param region AWS's region, such as {@code us-east-1}
 */
public record ConfluentNetwork(String id, String region) {
  /** {@code <id>.<region>.aws.confluent.cloud} below any name, a wildcard too. */
  private static final Pattern DOMAIN =
      Pattern.compile(
          "(?:[a-z0-9*-]+\\.)*?([a-z0-9]+)\\.([a-z]{2}(?:-[a-z]+)+-\\d)\\.aws\\.confluent\\.cloud");

  /**
   * {@code <name>-<id>.<region>.aws.glb.confluent.cloud}: the public name of what lies below the
   * network's domain.
   */
  private static final Pattern PUBLIC =
      Pattern.compile(
          "[a-z0-9-]+-([a-z0-9]+)\\.([a-z]{2}(?:-[a-z]+)+-\\d)\\.aws\\.glb\\.confluent\\.cloud");

  private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

  /**
   * {@return the network that a name of Confluent's belongs to}
   *
   * @param name the network's DNS subdomain as the console shows it ({@code
   *     *.domnprzqrog.us-east-1.aws.confluent.cloud}), a zone's, or a cluster's bootstrap server,
   *     with or without a port
   * @throws IllegalArgumentException if it is nothing of the kind
   */
  public static ConfluentNetwork of(String name) {
    String host = PORT.matcher(name.strip().toLowerCase(Locale.ROOT)).replaceFirst("");
    for (Pattern pattern : new Pattern[] {DOMAIN, PUBLIC}) {
      Matcher matcher = pattern.matcher(host);
      if (matcher.matches()) {
        return new ConfluentNetwork(matcher.group(1), matcher.group(2));
      }
    }
    throw new IllegalArgumentException(
        "\""
            + name
            + "\" names no Confluent Cloud network on AWS: take the DNS subdomain of the network's page, such as"
            + " *.domnprzqrog.us-east-1.aws.confluent.cloud");
  }

  /** {@return what the library calls the domain's unique name} */
  public String uniqueName() {
    return id + "." + region;
  }
}
