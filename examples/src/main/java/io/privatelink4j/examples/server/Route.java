package io.privatelink4j.examples.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a request goes.
 *
 * @param verb what to do
 * @param clusterId the path's cluster
 * @param connectionId the path's connection; empty if the path has none
 */
record Route(Verb verb, String clusterId, String connectionId) {
  private static final Pattern PATH =
      Pattern.compile(
          "/v1beta1/clusters/([^/:]+)/privateLinkConnections(?:/([^/:]+))?(:[A-Za-z]+)?");

  static Route of(String method, String rawPath) {
    Matcher path = PATH.matcher(rawPath);
    if (!path.matches()) {
      throw HttpProblem.noSuchPath();
    }
    boolean connection = path.group(2) != null;
    String custom = Objects.requireNonNullElse(path.group(3), "");
    List<Verb> there =
        Arrays.stream(Verb.values()).filter(verb -> verb.isAt(connection, custom)).toList();
    if (there.isEmpty()) {
      throw HttpProblem.noSuchPath();
    }
    Verb verb =
        there.stream()
            .filter(each -> each.method().equals(method))
            .findFirst()
            .orElseThrow(() -> HttpProblem.wrongMethod(methods(there)));
    return new Route(verb, decode(path.group(1)), connection ? decode(path.group(2)) : "");
  }

  private static String methods(List<Verb> verbs) {
    return verbs.stream().map(Verb::method).collect(Collectors.joining(", "));
  }

  /** A plus sign means itself here, and a space only in queries. */
  private static String decode(String segment) {
    return decodeForm(segment.replace("+", "%2B"));
  }

  static String decodeForm(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw HttpProblem.badRequest("the URL has a % that is followed by no byte");
    }
  }
}
