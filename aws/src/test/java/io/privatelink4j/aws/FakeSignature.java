package io.privatelink4j.aws;

import com.sun.net.httpserver.HttpExchange;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** AWS's Signature Version 4, computed again from what arrived and the one known secret. */
record FakeSignature(
    String keyId, String day, String region, String service, List<String> headers, String hash) {
  private static final Duration SKEW = Duration.ofMinutes(15);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final Pattern FORM =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=([^/ ,]+)/(\\d{8})/([a-z0-9-]+)/([a-z0-9-]+)/aws4_request,"
              + " *SignedHeaders=([a-z0-9;-]+), *Signature=([0-9a-f]{64})");

  /** The signature of a request that is signed as AWS demands for that service. */
  static FakeSignature verified(HttpExchange exchange, byte[] body, String service) {
    String text = exchange.getRequestHeaders().getFirst("Authorization");
    if (text == null) {
      throw new FakeError(
          403, "MissingAuthenticationToken", "Request is missing Authentication Token");
    }
    var form = FORM.matcher(text);
    FakeError.check(form.matches(), "IncompleteSignature", "The Authorization header is not whole");
    FakeSignature signature =
        new FakeSignature(
            form.group(1),
            form.group(2),
            form.group(3),
            form.group(4),
            Arrays.asList(form.group(5).split(";")),
            form.group(6));
    signature.check(exchange, body, service);
    return signature;
  }

  private void check(HttpExchange exchange, byte[] body, String wanted) {
    if (!service.equals(wanted)) {
      throw mismatch("Credential should be scoped to correct service: '" + wanted + "'.");
    }
    if (service.equals("route53") && !region.equals("us-east-1")) {
      throw mismatch("Credential should be scoped to a valid region, not '" + region + "'.");
    }
    if (!keyId.equals(FakeAws.KEY_ID)) {
      throw service.equals("ec2")
          ? new FakeError(
              401, "AuthFailure", "AWS was not able to validate the provided access credentials")
          : new FakeError(
              403,
              "InvalidClientTokenId",
              "The security token included in the request is invalid.");
    }
    String time = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Date"));
    checkTime(time);
    checkHeaders(exchange);
    if (!MessageDigest.isEqual(
        hash.getBytes(StandardCharsets.US_ASCII),
        expected(exchange, body, time).getBytes(StandardCharsets.US_ASCII))) {
      throw mismatch(
          "The request signature we calculated does not match the signature you provided.");
    }
  }

  private static FakeError mismatch(String message) {
    return new FakeError(403, "SignatureDoesNotMatch", message);
  }

  private void checkTime(String time) {
    try {
      Duration off = Duration.between(TIME.parse(time, Instant::from), Instant.now()).abs();
      FakeError.check(
          off.compareTo(SKEW) <= 0 && time.startsWith(day),
          "RequestExpired",
          "Request has expired.");
    } catch (DateTimeParseException e) {
      throw FakeError.bad("IncompleteSignature", "Date must be in ISO-8601 'basic format'.");
    }
  }

  private void checkHeaders(HttpExchange exchange) {
    boolean all =
        headers.contains("host")
            && exchange.getRequestHeaders().keySet().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> name.startsWith("x-amz-"))
                .allMatch(headers::contains);
    if (!all) {
      throw mismatch("'Host' and every 'X-Amz-' header must be signed.");
    }
  }

  private String expected(HttpExchange exchange, byte[] body, String time) {
    String canonical =
        String.join(
            "\n",
            exchange.getRequestMethod(),
            encoded(exchange.getRequestURI().getRawPath()).replace("%2F", "/"),
            query(exchange.getRequestURI().getRawQuery()),
            headers.stream().map(name -> header(exchange, name)).collect(Collectors.joining()),
            String.join(";", headers),
            hex(body));
    String scope = String.join("/", day, region, service, "aws4_request");
    String toSign =
        String.join(
            "\n", "AWS4-HMAC-SHA256", time, scope, hex(canonical.getBytes(StandardCharsets.UTF_8)));
    byte[] key = ("AWS4" + FakeAws.SECRET).getBytes(StandardCharsets.UTF_8);
    for (String part : List.of(day, region, service, "aws4_request")) {
      key = hmac(key, part);
    }
    return HexFormat.of().formatHex(hmac(key, toSign));
  }

  private static String header(HttpExchange exchange, String name) {
    List<String> values = exchange.getRequestHeaders().getOrDefault(name, List.of());
    return name
        + ":"
        + values.stream().map(v -> v.strip().replaceAll(" +", " ")).collect(Collectors.joining(","))
        + "\n";
  }

  private static String query(String raw) {
    if (raw == null || raw.isEmpty()) {
      return "";
    }
    return Arrays.stream(raw.split("&", -1))
        .map(
            pair -> {
              String[] parts = pair.split("=", 2);
              return again(parts[0]) + "=" + again(parts.length > 1 ? parts[1] : "");
            })
        .sorted()
        .collect(Collectors.joining("&"));
  }

  private static String again(String text) {
    return encoded(URLDecoder.decode(text, StandardCharsets.UTF_8));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  private static String hex(byte[] data) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
