package io.privatelink4j.internal;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The mark that a DNS zone carries from its creation on, where the cloud keeps one: {@code
 * plc1/<cluster>/<connection>/<attachment>/<generation>}.
 *
 * @param clusterId the cluster
 * @param connectionId the connection
 * @param attachmentId the attachment
 * @param generation the attachment's generation
 */
record ZoneReference(String clusterId, String connectionId, String attachmentId, int generation) {
  private static final Pattern TEXT =
      Pattern.compile(
          "plc1/([A-Za-z0-9._-]{1,64})/(plc-[a-z2-7]{26})/(ad-[a-z2-7]{16})/([1-9][0-9]{0,3})");

  static ZoneReference of(Found found, DomainEntry entry) {
    return new ZoneReference(
        found.clusterId(), found.connectionId(), entry.id(), entry.generation());
  }

  String text() {
    return String.join(
        "/", "plc1", clusterId, connectionId, attachmentId, Integer.toString(generation));
  }

  static Optional<ZoneReference> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new ZoneReference(
                matcher.group(1),
                matcher.group(2),
                matcher.group(3),
                Integer.parseInt(matcher.group(4))))
        : Optional.empty();
  }

  boolean isOf(Found found) {
    return clusterId.equals(found.clusterId()) && connectionId.equals(found.connectionId());
  }
}
