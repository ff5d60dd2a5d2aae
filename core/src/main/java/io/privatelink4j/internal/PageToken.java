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
import java.util.regex.Pattern;

/**
 * Where a page ended: the sort key of its last connection, bound to cluster and filter. It names a
 * place in an order and not a row, so pages neither repeat nor skip when connections come and go
 * between them.
 */
record PageToken(Instant createTime, String id, String endpointId) {
  private static final String SEPARATOR = "|";
  private static final Pattern PARTS = Pattern.compile("[|]");

  /** The order of every list. The endpoint's id keeps duplicates of one connection apart. */
  static final Comparator<PrivateLinkConnection> ORDER =
      Comparator.comparing(PrivateLinkConnection::createTime)
          .thenComparing(PrivateLinkConnection::id)
          .thenComparing(PrivateLinkConnection::endpointId);

  static PageToken after(PrivateLinkConnection last) {
    return new PageToken(last.createTime(), last.id(), last.endpointId());
  }

  String text(String clusterId, Optional<ConnectionState> state) {
    // The id comes from a label, so it may hold anything; nothing comes after it but the seal.
    String body = createTime + SEPARATOR + endpointId + SEPARATOR + id;
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
    Optional<PageToken> token = decode(text);
    if (token.isPresent() && token.get().text(clusterId, state).equals(text)) {
      return token.get();
    }
    throw Ids.invalid(
        "the page token is not one of this cluster's list with this filter: pass the token of the page before, with the"
            + " same cluster and state, or begin with the first page",
        "pageToken");
  }

  private static Optional<PageToken> decode(String text) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      String[] parts = PARTS.split(plain, 3);
      int end = parts.length < 3 ? -1 : parts[2].lastIndexOf(SEPARATOR);
      return end < 0
          ? Optional.empty()
          : Optional.of(
              new PageToken(Instant.parse(parts[0]), parts[2].substring(0, end), parts[1]));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  boolean isBefore(PrivateLinkConnection connection) {
    int order = createTime.compareTo(connection.createTime());
    order = order != 0 ? order : id.compareTo(connection.id());
    order = order != 0 ? order : endpointId.compareTo(connection.endpointId());
    return order < 0;
  }

  private static String seal(String body, String clusterId, Optional<ConnectionState> state) {
    return Ids.hash(13, body, clusterId, state.map(Enum::name).orElse(""));
  }
}
