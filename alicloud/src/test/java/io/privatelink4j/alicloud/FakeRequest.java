package io.privatelink4j.alicloud;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** One request as it arrived, signed or not. Which product is meant stands in its version. */
final class FakeRequest {
  private static final Map<String, String> PRODUCTS =
      Map.of(
          "2020-04-15", "privatelink",
          "2018-01-01", "pvtz",
          "2016-04-28", "vpc",
          "2015-04-01", "sts");
  private static final Set<String> COMMON =
      Set.of(
          "Action",
          "Version",
          "Format",
          "AccessKeyId",
          "SecurityToken",
          "Signature",
          "SignatureMethod",
          "SignatureType",
          "SignatureVersion",
          "SignatureNonce",
          "Timestamp");
  private static final Pattern ASCII_TOKEN = Pattern.compile("[!-~]{1,64}");

  private final String method;
  private final boolean secure;
  private final boolean trusted;
  private final Map<String, String> query;
  private final Map<String, String> headers;
  private final byte[] body;
  private final Map<String, String> everything = new TreeMap<>();
  private final Map<String, String> own = new TreeMap<>();

  private FakeRequest(
      String method,
      boolean secure,
      boolean trusted,
      Map<String, String> query,
      Map<String, String> headers,
      byte[] body) {
    this.method = method;
    this.secure = secure;
    this.trusted = trusted;
    this.query = query;
    this.headers = headers;
    this.body = body;
    everything.putAll(query);
    if (header("content-type").startsWith("application/x-www-form-urlencoded")) {
      pairs(new String(body, StandardCharsets.UTF_8)).forEach(everything::putIfAbsent);
    }
    own.putAll(everything);
    own.keySet().removeAll(COMMON);
  }

  static FakeRequest read(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    String query = exchange.getRequestURI().getRawQuery();
    return new FakeRequest(
        exchange.getRequestMethod(),
        exchange instanceof HttpsExchange,
        false,
        query == null ? Map.of() : pairs(query),
        headers,
        body);
  }

  /** A request of somebody who needs no signature, for {@link FakeAlicloud#carryOut}. */
  static FakeRequest of(String product, String action, Map<String, String> parameters) {
    Map<String, String> all = new TreeMap<>(parameters);
    all.put("Action", action);
    PRODUCTS.forEach(
        (version, name) -> {
          if (name.equals(product)) {
            all.put("Version", version);
          }
        });
    return new FakeRequest("POST", false, true, all, Map.of(), new byte[0]);
  }

  private static Map<String, String> pairs(String text) {
    Map<String, String> pairs = new TreeMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      if (!name.isEmpty()) {
        pairs.put(
            URLDecoder.decode(name, StandardCharsets.UTF_8),
            URLDecoder.decode(value, StandardCharsets.UTF_8));
      }
    }
    return pairs;
  }

  /** {@code privatelink}, {@code pvtz}, {@code vpc} or {@code sts}; blank if it is none of them. */
  String product() {
    return PRODUCTS.getOrDefault(version(), "");
  }

  String action() {
    return everything.getOrDefault("Action", header("x-acs-action"));
  }

  String version() {
    return everything.getOrDefault("Version", header("x-acs-version"));
  }

  String method() {
    return method;
  }

  String host() {
    return header("host");
  }

  boolean secure() {
    return secure;
  }

  boolean trusted() {
    return trusted;
  }

  byte[] body() {
    return body.clone();
  }

  String userAgent() {
    return header("user-agent");
  }

  /** The action's own parameters, from the URL and from the form. */
  Map<String, String> parameters() {
    return Map.copyOf(own);
  }

  /** All of them, with those of the protocol. */
  Map<String, String> everything() {
    return new TreeMap<>(everything);
  }

  /** What stands in the URL. */
  Map<String, String> query() {
    return new TreeMap<>(query);
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(everything.get(name)).filter(value -> !value.isEmpty());
  }

  String required(String name) {
    return parameter(name)
        .orElseThrow(
            () -> FakeError.bad("Missing" + name, name + " is mandatory for this action."));
  }

  String region() {
    return required("RegionId");
  }

  boolean flag(String name) {
    return parameter(name).orElse("false").equals("true");
  }

  /** A whole number within its range. */
  int number(String name, int otherwise, int least, int most, String code) {
    Optional<String> value = parameter(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    boolean fine = value.get().matches("\\d{1,9}");
    int number = fine ? Integer.parseInt(value.get()) : least - 1;
    FakeError.check(
        number >= least && number <= most, code, name + " is from " + least + " to " + most + ".");
    return number;
  }

  /** The values of {@code name.1}, {@code name.2} and so on. */
  List<String> list(String name) {
    List<String> values = new ArrayList<>();
    for (int i = 1; everything.containsKey(name + "." + i); i++) {
      values.add(everything.get(name + "." + i));
    }
    return values;
  }

  /** The elements {@code name.1.*}, {@code name.2.*} and so on, each by its own names. */
  List<Map<String, String>> elements(String name) {
    List<Map<String, String>> elements = new ArrayList<>();
    while (true) {
      String prefix = name + "." + (elements.size() + 1) + ".";
      Map<String, String> element = new TreeMap<>();
      everything.forEach(
          (key, value) -> {
            if (key.startsWith(prefix)) {
              element.put(key.substring(prefix.length()), value);
            }
          });
      if (element.isEmpty()) {
        return elements;
      }
      elements.add(element);
    }
  }

  Optional<String> clientToken() {
    Optional<String> token = parameter("ClientToken");
    FakeError.check(
        token.isEmpty() || ASCII_TOKEN.matcher(token.get()).matches(),
        "IllegalParamFormat.ClientToken",
        "The param format of ClientToken is illegal.");
    return token;
  }
}
