package io.privatelink4j.internal;

import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.exception.InvalidRequestException;
import io.privatelink4j.model.ConnectionRef;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.random.RandomGenerator;

/** The ids that this library makes and takes: how they are built, and what is let in. */
final class Ids {
  static final String CONNECTION_PREFIX = "plc-";
  static final String ATTACHMENT_PREFIX = "ad-";
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

  private Ids() {}

  /**
   * The connection's id is a function of who asks and of the operation id, so that a repeated
   * create finds itself.
   */
  static String connection(String clusterId, String requestId) {
    return CONNECTION_PREFIX + hash(26, clusterId, requestId);
  }

  /** Never reused: each life of an attachment has its own, at least to begin with. */
  static String newAttachment(RandomGenerator random) {
    return ATTACHMENT_PREFIX + randomText(16, random);
  }

  /**
   * The id of an attachment that follows from its zone, where nothing in the zone tells it: all who
   * attach the domain at once, or restore its label, come to the same.
   */
  static String attachmentOf(String connectionId, String zoneId) {
    return ATTACHMENT_PREFIX + hash(16, connectionId, zoneId);
  }

  static String newRequestId(RandomGenerator random) {
    return randomText(26, random);
  }

  // Asked several times for each endpoint read, so without regular expressions.

  static boolean isConnection(String id) {
    return isBase32After(CONNECTION_PREFIX, id, 26);
  }

  static boolean isAttachment(String id) {
    return isBase32After(ATTACHMENT_PREFIX, id, 16);
  }

  private static boolean isBase32After(String prefix, String id, int length) {
    boolean fits = id.length() == prefix.length() + length && id.startsWith(prefix);
    for (int i = prefix.length(); fits && i < id.length(); i++) {
      fits = isBase32(id.charAt(i));
    }
    return fits;
  }

  /** {@return whether it is one of {@link #BASE32}} */
  private static boolean isBase32(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '2' && c <= '7');
  }

  static boolean isCluster(String id) {
    boolean fits = !id.isEmpty() && id.length() <= 64 && isLetterOrDigit(id.charAt(0));
    for (int i = 1; fits && i < id.length(); i++) {
      fits = isLetterOrDigit(id.charAt(i)) || "._-".indexOf(id.charAt(i)) >= 0;
    }
    return fits;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  static void checkCluster(String clusterId) {
    if (!isCluster(clusterId)) {
      throw invalid(
          "cluster id \""
              + Texts.safe(clusterId)
              + "\" must be 1 to 64 of A-Z a-z 0-9 . _ - and begin with a letter or"
              + " digit",
          clusterId);
    }
  }

  static void checkRef(ConnectionRef ref) {
    checkCluster(ref.clusterId());
    if (!isConnection(ref.id())) {
      throw invalid(
          "connection id \""
              + Texts.safe(ref.id())
              + "\" must be plc- and 26 of a-z 2-7: take it from create or list",
          ref.id());
    }
  }

  static void checkAttachment(String id) {
    if (!isAttachment(id)) {
      throw invalid(
          "attachment id \""
              + Texts.safe(id)
              + "\" must be ad- and 16 of a-z 2-7: take it from attachDomain or get",
          id);
    }
  }

  static InvalidRequestException invalid(String message, String resource) {
    return new InvalidRequestException(message, ErrorDetails.of(Texts.safe(resource)));
  }

  /**
   * {@return base32 characters of SHA-256 over the parts; each part's length goes in, so no two
   * lists are alike}
   */
  static String hash(int length, String... parts) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
      digest.update(bytes);
    }
    byte[] sum = digest.digest();
    StringBuilder text = new StringBuilder(length);
    int bits = 0;
    int held = 0;
    int next = 0;
    while (text.length() < length) {
      if (held < 5) {
        bits = (bits << 8) | (sum[next++] & 0xff);
        held += 8;
      }
      held -= 5;
      text.append(BASE32.charAt((bits >> held) & 31));
      bits &= (1 << held) - 1;
    }
    return text.toString();
  }

  /** {@return what tells one thing from all others that are there at the same time} */
  static String nonce(RandomGenerator random) {
    return randomText(8, random);
  }

  private static String randomText(int length, RandomGenerator random) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(BASE32.charAt(random.nextInt(32)));
    }
    return text.toString();
  }
}
