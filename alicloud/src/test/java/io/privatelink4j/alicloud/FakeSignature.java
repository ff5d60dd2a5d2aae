package io.privatelink4j.alicloud;

import static io.privatelink4j.alicloud.FakeError.check;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Knows the access keys, and computes the signature of each request once more. */
final class FakeSignature {
  private static final Duration SKEW = Duration.ofMinutes(15);
  private static final String V3 = "ACS3-HMAC-SHA256";

  /** The SDK does not sign the host, which others do. */
  private static final List<String> REQUIRED =
      List.of("x-acs-action", "x-acs-content-sha256", "x-acs-date", "x-acs-signature-nonce");

  private final Map<String, Key> keys = new HashMap<>();
  private final Set<String> nonces = new HashSet<>();

  void add(String keyId, String secret, Optional<String> token) {
    keys.put(keyId, new Key(secret, token));
  }

  void verify(FakeRequest request) {
    if (request.trusted()) {
      return;
    }
    if (request.header("authorization").startsWith(V3 + " ")) {
      checkHeaders(request);
    } else {
      checkParameters(request);
    }
  }

  /** Signature version 1.0: everything stands among the parameters. */
  private void checkParameters(FakeRequest request) {
    Map<String, String> all = request.everything();
    Key key = key(request.required("AccessKeyId"));
    checkToken(key, Optional.ofNullable(all.get("SecurityToken")));
    check(
        request.required("SignatureMethod").equals("HMAC-SHA1")
            && request.required("SignatureVersion").equals("1.0"),
        "IncompleteSignature",
        "The request signature does not conform to Aliyun standards.");
    checkTime(request.required("Timestamp"));
    String signature = request.required("Signature");
    all.remove("Signature");
    String toSign = request.method() + "&%2F&" + encode(canonical(all));
    String expected =
        Base64.getEncoder().encodeToString(mac("HmacSHA1", key.secret() + "&", toSign));
    check(
        expected.equals(signature),
        "SignatureDoesNotMatch",
        "Specified signature is not matched with our calculation. server string to sign is:"
            + toSign);
    checkNonce(request.required("SignatureNonce"));
  }

  /** Signature version 3: everything stands in the headers. */
  private void checkHeaders(FakeRequest request) {
    Map<String, String> given = new HashMap<>();
    for (String part : request.header("authorization").substring(V3.length()).split(",", -1)) {
      int equals = part.indexOf('=');
      given.put(part.substring(0, Math.max(0, equals)).strip(), part.substring(equals + 1));
    }
    String signed = given.getOrDefault("SignedHeaders", "");
    check(
        List.of(signed.split(";", -1)).containsAll(REQUIRED),
        "IncompleteSignature",
        "The request signature does not conform to Aliyun standards.");
    Key key = key(given.getOrDefault("Credential", ""));
    String token = request.header("x-acs-security-token");
    checkToken(key, token.isEmpty() ? Optional.empty() : Optional.of(token));
    checkTime(request.header("x-acs-date"));
    String payload = HexFormat.of().formatHex(sha256(request.body()));
    StringBuilder text = new StringBuilder(request.method()).append("\n/\n");
    text.append(canonical(request.query())).append('\n');
    for (String name : signed.split(";", -1)) {
      text.append(name).append(':').append(request.header(name).strip()).append('\n');
    }
    text.append('\n').append(signed).append('\n').append(payload);
    String toSign =
        V3
            + "\n"
            + HexFormat.of().formatHex(sha256(text.toString().getBytes(StandardCharsets.UTF_8)));
    check(
        payload.equals(request.header("x-acs-content-sha256"))
            && HexFormat.of()
                .formatHex(mac("HmacSHA256", key.secret(), toSign))
                .equals(given.get("Signature")),
        "SignatureDoesNotMatch",
        "Specified signature is not matched with our calculation. server string to sign is:"
            + toSign);
    checkNonce(request.header("x-acs-signature-nonce"));
  }

  private Key key(String keyId) {
    Key key = keys.get(keyId);
    if (key == null) {
      throw new FakeError(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.");
    }
    return key;
  }

  private static void checkToken(Key key, Optional<String> token) {
    check(
        key.token().isEmpty() || token.isPresent(),
        "MissingSecurityToken",
        "SecurityToken is mandatory for this action.");
    check(
        key.token().equals(token),
        "InvalidSecurityToken.MismatchWithAccessKey",
        "Specified SecurityToken mismatch with the AccessKey.");
  }

  /** By the wall clock, as the SDK's are; the fake's own time stands still. */
  private static void checkTime(String text) {
    Instant time;
    try {
      time = Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw FakeError.bad("InvalidTimeStamp.Format", "Specified time stamp is not well formatted.");
    }
    Duration off = Duration.between(time, Clock.systemUTC().instant()).abs();
    check(
        off.compareTo(SKEW) <= 0,
        "InvalidTimeStamp.Expired",
        "Specified time stamp or date value is expired.");
  }

  private void checkNonce(String nonce) {
    check(!nonce.isEmpty(), "MissingSignatureNonce", "SignatureNonce is mandatory.");
    check(nonces.add(nonce), "SignatureNonceUsed", "Specified signature nonce was used already.");
  }

  private static String canonical(Map<String, String> parameters) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(parameters)
        .forEach(
            (name, value) ->
                text.append(text.length() == 0 ? "" : "&")
                    .append(encode(name))
                    .append('=')
                    .append(encode(value)));
    return text.toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  private static byte[] mac(String algorithm, String secret, String text) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Key(String secret, Optional<String> token) {}
}
