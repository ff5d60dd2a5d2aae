package io.privatelink4j.aws;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * One signed request. Which service is meant stands in the scope of its signature.
 *
 * @param action AWS's name of the call
 * @param parameters of the form (EC2) or the query (Route 53)
 * @param id the zone or change in the path (Route 53)
 * @param body the XML body (Route 53)
 */
record FakeRequest(
    String service,
    String region,
    String action,
    Map<String, String> parameters,
    String id,
    Optional<Element> body,
    String userAgent) {
  private static final Pattern ROUTE_53 =
      Pattern.compile(
          "/2013-04-01/(hostedzonesbyvpc|hostedzone|change)(?:/([A-Z0-9]+))?(/rrset/?)?");

  private static final Pattern NUMBER = Pattern.compile("\\.(\\d{1,6})(?=\\.|$)");

  /** To look for a parser takes longer than to parse. */
  private static final ThreadLocal<DocumentBuilder> PARSER =
      ThreadLocal.withInitial(FakeRequest::newParser);

  static FakeRequest read(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    boolean dns = exchange.getRequestURI().getPath().startsWith("/2013-04-01");
    FakeSignature signature = FakeSignature.verified(exchange, body, dns ? "route53" : "ec2");
    String agent = Calls.orBlank(exchange.getRequestHeaders().getFirst("User-Agent"));
    return dns
        ? route53(exchange, signature.region(), body, agent)
        : ec2(exchange, signature.region(), new String(body, StandardCharsets.UTF_8), agent);
  }

  private static FakeRequest ec2(
      HttpExchange exchange, String region, String form, String userAgent) {
    FakeError.check(
        exchange.getRequestMethod().equals("POST")
            && exchange.getRequestURI().getPath().equals("/"),
        "InvalidRequest",
        "EC2 takes POST / only.");
    Map<String, String> parameters = pairs(form);
    FakeError.check(
        "2016-11-15".equals(parameters.remove("Version")), "NoSuchVersion", "Unknown version.");
    String action = Calls.orBlank(parameters.remove("Action"));
    FakeError.check(!action.isEmpty(), "MissingAction", "The request is missing an action.");
    return new FakeRequest("ec2", region, action, parameters, "", Optional.empty(), userAgent);
  }

  private static FakeRequest route53(
      HttpExchange exchange, String region, byte[] body, String userAgent) {
    URI uri = exchange.getRequestURI();
    Matcher path = ROUTE_53.matcher(uri.getRawPath());
    FakeError.check(path.matches(), "InvalidInput", "No such path: " + uri.getRawPath());
    String id = path.group(2) == null ? "" : path.group(2);
    String what =
        exchange.getRequestMethod()
            + " "
            + path.group(1)
            + (id.isEmpty() ? "" : "/id")
            + (path.group(3) == null ? "" : "/rrset");
    String action =
        switch (what) {
          case "POST hostedzone" -> "CreateHostedZone";
          case "GET hostedzone" -> "ListHostedZones";
          case "GET hostedzone/id" -> "GetHostedZone";
          case "DELETE hostedzone/id" -> "DeleteHostedZone";
          case "GET hostedzone/id/rrset" -> "ListResourceRecordSets";
          case "POST hostedzone/id/rrset" -> "ChangeResourceRecordSets";
          case "GET hostedzonesbyvpc" -> "ListHostedZonesByVPC";
          case "GET change/id" -> "GetChange";
          default -> throw FakeError.bad("InvalidInput", "No such call: " + what);
        };
    Map<String, String> query =
        uri.getRawQuery() == null ? new TreeMap<>() : pairs(uri.getRawQuery());
    return new FakeRequest("route53", region, action, query, id, xml(body), userAgent);
  }

  private static Map<String, String> pairs(String text) {
    Map<String, String> pairs = new TreeMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      String former =
          pairs.put(
              URLDecoder.decode(name, StandardCharsets.UTF_8),
              URLDecoder.decode(value, StandardCharsets.UTF_8));
      FakeError.check(former == null, "MalformedQueryString", name + " is there twice.");
    }
    return pairs;
  }

  private static Optional<Element> xml(byte[] body) {
    if (body.length == 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(PARSER.get().parse(new ByteArrayInputStream(body)).getDocumentElement());
    } catch (SAXException | IOException e) {
      throw FakeError.bad("InvalidInput", "The body is no XML: " + e.getMessage());
    }
  }

  private static DocumentBuilder newParser() {
    try {
      return DocumentBuilderFactory.newInstance().newDocumentBuilder();
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  FakeRequest with(Map<String, String> otherParameters) {
    return new FakeRequest(service, region, action, otherParameters, id, body, userAgent);
  }

  boolean isRoute53() {
    return service.equals("route53");
  }

  /** Refuses whatever is not listed; {@code N} in a name stands for a number. */
  void allowOnly(String... names) {
    for (String name : parameters.keySet()) {
      String form = name.replaceAll("\\.\\d+", ".N");
      FakeError.check(
          List.of(names).contains(form) || (form.equals("DryRun") && !isRoute53()),
          "UnknownParameter",
          "The parameter " + name + " is unknown");
    }
    checkNoGaps();
  }

  /** What came behind a gap would be passed over in silence. */
  private void checkNoGaps() {
    for (String name : parameters.keySet()) {
      Matcher number = NUMBER.matcher(name);
      while (number.find()) {
        int before = Integer.parseInt(number.group(1)) - 1;
        String start = name.substring(0, number.start()) + "." + before;
        FakeError.check(
            before == 0
                || parameters.keySet().stream()
                    .anyMatch(each -> each.equals(start) || each.startsWith(start + ".")),
            "InvalidParameterValue",
            "There is a gap before " + name);
      }
    }
  }

  String required(String name) {
    return optional(name)
        .orElseThrow(() -> FakeError.bad("MissingParameter", "The request must contain " + name));
  }

  Optional<String> optional(String name) {
    return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
  }

  /** The values of {@code name.1}, {@code name.2} and so on. */
  List<String> list(String name) {
    List<String> values = new ArrayList<>();
    for (int i = 1; parameters.containsKey(name + "." + i); i++) {
      values.add(parameters.get(name + "." + i));
    }
    return values;
  }

  List<String> requiredList(String name) {
    List<String> values = list(name);
    FakeError.check(!values.isEmpty(), "MissingParameter", "The request must contain " + name);
    return values;
  }

  /** How many items a page may have: what is above the most is cut to it. */
  int pageSize(String name, int least, int most, String code) {
    Optional<String> value = optional(name);
    boolean fine = value.isEmpty() || value.get().matches("\\d{1,9}");
    FakeError.check(
        fine && value.map(Integer::parseInt).orElse(most) >= least,
        code,
        "Value ( " + value.orElse("") + " ) for parameter " + name + " is invalid.");
    return Math.min(most, value.map(Integer::parseInt).orElse(most));
  }

  Element requiredBody(String root) {
    Element element =
        body.orElseThrow(() -> FakeError.bad("InvalidInput", "The request has no body."));
    FakeError.check(element.getTagName().equals(root), "InvalidInput", "Expected " + root + ".");
    FakeError.check(
        element.getAttribute("xmlns").equals("https://route53.amazonaws.com/doc/2013-04-01/"),
        "InvalidInput",
        "The body is of another namespace.");
    return element;
  }

  /** Refuses an element that has other children than these. */
  static void checkChildren(Element parent, String... names) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      FakeError.check(
          !(node instanceof Element element) || List.of(names).contains(element.getTagName()),
          "InvalidInput",
          node.getNodeName() + " is not known in " + parent.getTagName());
    }
  }

  static Optional<String> optionalText(Element parent, String name) {
    return children(parent, name).isEmpty() ? Optional.empty() : Optional.of(text(parent, name));
  }

  static List<Element> children(Element parent, String name) {
    List<Element> children = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        children.add(element);
      }
    }
    return children;
  }

  static Element child(Element parent, String name) {
    List<Element> children = children(parent, name);
    FakeError.check(children.size() == 1, "InvalidInput", "Expected one " + name + ".");
    return children.get(0);
  }

  static String text(Element parent, String name) {
    return child(parent, name).getTextContent();
  }
}
