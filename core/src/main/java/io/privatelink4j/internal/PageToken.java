package io.privatelink4j.internal;

import io.privatelink4j.exception.InvalidRequestException;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.PrivateLinkConnection;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.Optional;

/**
 * Where a page ended: the sort key of its last connection, bound to cluster and filter. It names a
 * place in an order and not a row, so pages neither repeat nor skip when connections come and go
 * between them.
 */
record PageToken(Instant createTime, String endpointId) {
  private static final String SEPARATOR = "|";

  /** The order of every list. The endpoint's id keeps duplicates of one connection apart. */
  static final Comparator<PrivateLinkConnection> ORDER =
      Comparator.comparing(PrivateLinkConnection::createTime)
          .thenComparing(PrivateLinkConnection::id)
          .thenComparing(PrivateLinkConnection::endpointId);

  static PageToken after(PrivateLinkConnection last) {
    return new PageToken(last.createTime(), last.id() + "/" + last.endpointId());
  }

  String text(String clusterId, Optional<ConnectionState> state) {
    String body = createTime.toString() + SEPARATOR + endpointId;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            (body + SEPARATOR + seal(body, clusterId, state)).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads a token.
   *
   * @throws InvalidRequestException if this library did not make it for this cluster and filter
   */
  static PageToken parse(String text, String clusterId, Optional<ConnectionState> state) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      int end = plain.lastIndexOf(SEPARATOR);
      int middle = plain.indexOf(SEPARATOR);
      if (middle > 0 && end > middle) {
        String body = plain.substring(0, end);
        if (plain.substring(end + 1).equals(seal(body, clusterId, state))) {
          return new PageToken(
              Instant.parse(plain.substring(0, middle)), plain.substring(middle + 1, end));
        }
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      // said below
    }
    throw Ids.invalid(
        "the page token is not one of this cluster's list with this filter: pass the token of the page before, with the"
            + " same cluster and state, or begin with the first page",
        "pageToken");
  }

  boolean isBefore(PrivateLinkConnection connection) {
    int byTime = createTime.compareTo(connection.createTime());
    return byTime < 0
        || (byTime == 0
            && endpointId.compareTo(connection.id() + "/" + connection.endpointId()) < 0);
  }

  private static String seal(String body, String clusterId, Optional<ConnectionState> state) {
    return Ids.hash(13, body, clusterId, state.map(Enum::name).orElse(""));
  }
}
