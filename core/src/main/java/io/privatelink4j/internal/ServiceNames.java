package io.privatelink4j.internal;

import static java.util.Objects.requireNonNull;

import io.privatelink4j.model.Actor;
import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.Finding;
import io.privatelink4j.model.FindingCode;
import io.privatelink4j.model.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells what a text given as endpoint service name really is, and what to write instead if it is
 * something else. Pure. Internal: not part of the API. Thread-safe.
 */
public final class ServiceNames {
  private static final int LONGEST = 255;

  private static final String AWS_REGION = "[a-z]{2,6}(?:-[a-z]+)+-[0-9]{1,2}";
  private static final String AWS_SERVICE_ID = "vpce-svc-[0-9a-f]{8,32}";
  private static final String AWS_DOMAIN = "amazonaws\\.com(?:\\.cn)?";
  // Other things of Alibaba Cloud look like a region too, such as "ep-" and letters.
  private static final String ALI_REGION =
      "(?!(?:ep|epsrv|nlb|alb|lb)-)[a-z]{2,6}(?:-[a-z]{2,}|-[0-9]{1,3})+";
  private static final String ALI_SERVICE_ID = "epsrv-[a-z0-9]{8,32}";

  private static final Pattern AWS_REGION_PATTERN = Pattern.compile(AWS_REGION);

  private static final List<Shape> SHAPES =
      List.of(
          aws(
              Kind.SERVICE,
              "(?:cn\\.)?com\\.amazonaws\\.vpce\\." + AWS_REGION + "\\." + AWS_SERVICE_ID),
          aws(Kind.SERVICE_ID, AWS_SERVICE_ID),
          aws(Kind.SERVICE_ID, AWS_SERVICE_ID + "\\..*vpce\\." + AWS_DOMAIN),
          aws(Kind.SERVICE_ID, "arn:aws[a-z-]*:ec2:.*:vpc-endpoint-service/" + AWS_SERVICE_ID),
          aws(Kind.ENDPOINT, "(?:com\\.amazonaws\\.vpce\\..*)?vpce-[0-9a-f]{8,32}"),
          aws(Kind.ENDPOINT, ".*\\.vpce\\." + AWS_DOMAIN),
          aws(Kind.ENDPOINT, "arn:aws[a-z-]*:ec2:.*:vpc-endpoint/.*"),
          aws(Kind.LOAD_BALANCER, ".*\\.elb(?:\\." + AWS_REGION + ")?\\." + AWS_DOMAIN),
          aws(Kind.LOAD_BALANCER, "arn:aws[a-z-]*:elasticloadbalancing:.*"),
          alicloud(
              Kind.SERVICE,
              "com\\.aliyuncs\\.privatelink\\." + ALI_REGION + "\\." + ALI_SERVICE_ID),
          alicloud(Kind.SERVICE_ID, ALI_SERVICE_ID),
          alicloud(Kind.SERVICE_ID, ALI_SERVICE_ID + "\\..*privatelink\\.aliyuncs\\.com"),
          alicloud(Kind.ENDPOINT, "(?:com\\.aliyuncs\\.privatelink\\..*)?ep-[a-z0-9]{8,32}"),
          alicloud(Kind.ENDPOINT, "ep-.*\\.privatelink\\.aliyuncs\\.com"),
          alicloud(Kind.LOAD_BALANCER, ".*\\.(?:nlb|alb|slb|clb|gwlb)\\.aliyuncs(?:slb)?\\.com"),
          alicloud(Kind.LOAD_BALANCER, "(?:nlb|alb|lb|gwlb)-[a-z0-9]{8,32}"));

  private ServiceNames() {}

  /**
   * {@return what the name is, with every finding at once, worst first} Never throws for what it
   * finds.
   *
   * @param type the service as the caller gave it
   * @param networkCloud the cluster network's cloud
   * @param networkRegion the cluster network's region
   */
  public static Parsed parse(
      ConnectionType type, CloudProvider networkCloud, String networkRegion) {
    requireNonNull(networkCloud, "networkCloud");
    requireNonNull(networkRegion, "networkRegion");
    return new Parser(type, networkCloud, networkRegion).parse();
  }

  static boolean isAwsRegion(String text) {
    return AWS_REGION_PATTERN.matcher(text).matches();
  }

  private static Shape aws(Kind kind, String regex) {
    return new Shape(CloudProvider.AWS, kind, Pattern.compile(regex));
  }

  private static Shape alicloud(Kind kind, String regex) {
    return new Shape(CloudProvider.ALICLOUD, kind, Pattern.compile(regex));
  }

  /**
   * What a service name turned out to be.
   *
   * @param type the service; on AWS with its region filled in where a well-formed name gives it
   * @param region the region that the name says; empty if the name is no endpoint service's
   * @param findings everything found, worst first
   */
  public record Parsed(ConnectionType type, Optional<String> region, List<Finding> findings) {

    /**
     * Copies the list.
     *
     * @throws NullPointerException if an argument or an element is null
     */
    public Parsed {
      requireNonNull(type, "type");
      requireNonNull(region, "region");
      findings = List.copyOf(findings);
    }

    /** {@return whether nothing was found that rules out a connection} */
    public boolean ok() {
      return findings.stream().noneMatch(f -> f.severity() == Severity.ERROR);
    }
  }

  private enum Kind {
    SERVICE,
    SERVICE_ID,
    ENDPOINT,
    LOAD_BALANCER
  }

  private record Shape(CloudProvider cloud, Kind kind, Pattern pattern) {}

  /** One name on its way to its findings. */
  private static final class Parser {
    private final ConnectionType type;
    private final CloudProvider networkCloud;
    private final String networkRegion;
    private final String raw;
    private final String cleaned;
    private final Optional<Shape> shape;
    private final List<Finding> findings = new ArrayList<>();

    Parser(ConnectionType type, CloudProvider networkCloud, String networkRegion) {
      this.type = type;
      this.networkCloud = networkCloud;
      this.networkRegion = networkRegion;
      raw = type.serviceName();
      cleaned = raw.length() > LONGEST ? "" : clean(raw);
      shape = SHAPES.stream().filter(s -> s.pattern().matcher(cleaned).matches()).findFirst();
    }

    /** Takes away what gets in by copying: blanks, quotes, capitals, a final dot. */
    private static String clean(String text) {
      return text.replaceAll("[^\\x21-\\x7e]|[\"'`]", "")
          .toLowerCase(Locale.ROOT)
          .replaceFirst("\\.$", "");
    }

    Parsed parse() {
      checkName();
      checkCloud();
      Optional<String> named =
          shape
              .filter(s -> s.kind() == Kind.SERVICE && cleaned.equals(raw))
              .flatMap(this::regionIn);
      Optional<String> said = shape.filter(s -> s.kind() == Kind.SERVICE).flatMap(this::regionIn);
      if (type instanceof AwsEndpointService aws) {
        boolean agreed = checkAwsRegion(aws, said);
        if (agreed && named.isPresent() && isCloud(CloudProvider.AWS)) {
          return new Parsed(new AwsEndpointService(raw, named), named, findings);
        }
      } else if (isCloud(networkCloud) && said.isPresent() && !said.get().equals(networkRegion)) {
        add(
            FindingCode.OTHER_REGION,
            ("The service lives in %s, the cluster in %s. A link on Alibaba Cloud stays in "
                    + "its region: ask the owner for an endpoint service in %s.")
                .formatted(said.get(), networkRegion, networkRegion));
      }
      return new Parsed(type, named, findings);
    }

    // --- what the text is ---

    private void checkName() {
      if (shape.isEmpty()) {
        add(FindingCode.MALFORMED_SERVICE_NAME, malformed());
        return;
      }
      Shape found = shape.get();
      String given = "\"" + Texts.safe(raw) + "\"";
      String expected = "the endpoint service's own name, " + example(found.cloud()) + ". ";
      switch (found.kind()) {
        case SERVICE -> {
          if (!cleaned.equals(raw)) {
            add(
                FindingCode.MALFORMED_SERVICE_NAME,
                "%s has %s. Write \"%s\"."
                    .formatted(given, String.join(", ", blemishes()), cleaned));
          }
        }
        case SERVICE_ID ->
            add(
                FindingCode.BARE_SERVICE_ID,
                "%s holds the service's id only; needed is %s%s"
                    .formatted(
                        given,
                        expected,
                        suggestion(
                            "If the service lives in the cluster's region, write", "Write")));
        case ENDPOINT ->
            add(
                FindingCode.ENDPOINT_NAME,
                "%s names an endpoint, which is the consumer's side; needed is %s%s"
                    .formatted(
                        given,
                        expected,
                        suggestion(
                            "If that endpoint leads to the right service in the cluster's region,"
                                + " write",
                            "If that endpoint leads to the right service, write")));
        case LOAD_BALANCER ->
            add(
                FindingCode.LOAD_BALANCER_NAME,
                ("%s names a load balancer; needed is %sThe owner makes an endpoint service "
                        + "in front of the load balancer (%s) and finds the name there.")
                    .formatted(given, expected, console(found.cloud())));
      }
    }

    private String malformed() {
      CloudProvider cloud = networkCloud == CloudProvider.UNKNOWN ? type.cloud() : networkCloud;
      String need = " Needed is the endpoint service's name, " + example(cloud) + ".";
      if (raw.isBlank()) {
        return "The service name is blank." + need;
      }
      List<String> blemishes = blemishes();
      String what =
          "\"%s\" is no endpoint service's name%s."
              .formatted(
                  Texts.safe(raw),
                  blemishes.isEmpty() ? "" : ": it has " + String.join(", ", blemishes));
      if (cleaned.contains("vpce-svc-")) {
        what += " Look at its region and its id, which is 8 to 32 hexadecimal digits.";
      } else if (cleaned.contains("epsrv-")) {
        what += " Look at its region and its id, which is 8 to 32 letters and digits.";
      } else if (cleaned.matches("com\\.amazonaws\\.(?!vpce\\.).*")) {
        what += " Services of AWS itself cannot be linked to, only customers' endpoint services.";
      } else if (cleaned.matches("[a-z0-9-]+(?:\\.[a-z0-9-]+)+")) {
        what += " A private or public DNS name of the service does not do.";
      }
      return what + need;
    }

    private List<String> blemishes() {
      List<String> found = new ArrayList<>();
      if (raw.length() > LONGEST) {
        found.add("more than " + LONGEST + " characters");
        return found;
      }
      addIf(found, raw.chars().anyMatch(c -> c == ' '), "spaces");
      addIf(found, raw.chars().anyMatch(c -> c < ' ' || c == 0x7f), "control characters");
      addIf(found, raw.chars().anyMatch(c -> c > 0x7f), "characters that are not ASCII");
      addIf(found, raw.chars().anyMatch(c -> c >= 'A' && c <= 'Z'), "upper-case letters");
      addIf(found, raw.chars().anyMatch(c -> c == '*' || c == '?'), "wildcards");
      addIf(found, raw.chars().anyMatch(c -> "\"'`".indexOf(c) >= 0), "quotes");
      addIf(found, raw.strip().endsWith("."), "a dot at its end");
      return found;
    }

    private static void addIf(List<String> list, boolean condition, String text) {
      if (condition) {
        list.add(text);
      }
    }

    // --- where it lives ---

    private void checkCloud() {
      CloudProvider named = shape.map(Shape::cloud).orElse(type.cloud());
      if (named != networkCloud) {
        add(
            FindingCode.OTHER_CLOUD,
            ("The service lives on %s, the cluster on %s. A private link does not leave its "
                    + "cloud: ask the owner for an endpoint service on %s, %s.")
                .formatted(
                    named.displayName(),
                    networkCloud.displayName(),
                    networkCloud.displayName(),
                    example(networkCloud)));
      } else if (type.cloud() != networkCloud) {
        add(
            FindingCode.OTHER_CLOUD,
            "A service on %s was given as one on %s. Use %s.of(\"%s\")."
                .formatted(
                    named.displayName(),
                    type.cloud().displayName(),
                    named == CloudProvider.AWS ? "AwsEndpointService" : "AlicloudEndpointService",
                    shape.filter(s -> s.kind() == Kind.SERVICE).isPresent()
                        ? cleaned
                        : example(named)));
      }
    }

    /** Returns whether name and region given with it, if any, agree. */
    private boolean checkAwsRegion(AwsEndpointService aws, Optional<String> said) {
      if (aws.region().isPresent()) {
        String asked = aws.region().get();
        if (!isAwsRegion(asked)) {
          add(
              FindingCode.REGION_CONTRADICTION,
              "\"%s\" is no AWS region. Write %s."
                  .formatted(
                      Texts.safe(asked),
                      said.filter(s -> isCloud(CloudProvider.AWS))
                          .map(s -> "\"" + s + "\", as the name says, or leave it out")
                          .orElse("one such as \"us-west-2\", or leave it out")));
          return false;
        }
        if (isCloud(CloudProvider.AWS) && said.isPresent() && !said.get().equals(asked)) {
          add(
              FindingCode.REGION_CONTRADICTION,
              ("The name says that the service lives in %s, the region given with it is %s. "
                      + "If the name is right, give the region \"%s\"%s; else correct the name.")
                  .formatted(
                      said.get(),
                      asked,
                      said.get(),
                      said.get().equals(networkRegion)
                          ? " or none"
                          : ", a cross-region connection for the cluster in " + networkRegion));
          return false;
        }
      }
      if (isCloud(CloudProvider.AWS)
          && networkCloud == CloudProvider.AWS
          && said.isPresent()
          && !said.get().equals(networkRegion)) {
        checkCrossRegion(said.get(), aws.region().isPresent());
      }
      return true;
    }

    private void checkCrossRegion(String serviceRegion, boolean askedFor) {
      String where =
          "The service lives in %s, the cluster in %s. ".formatted(serviceRegion, networkRegion);
      if (!partition(serviceRegion).equals(partition(networkRegion))) {
        add(
            FindingCode.OTHER_REGION,
            where
                + "No link crosses the border between AWS partitions: ask the owner for an endpoint"
                + " service in "
                + networkRegion
                + ".");
      } else if (askedFor) {
        findings.add(
            new Finding(
                FindingCode.CROSS_REGION,
                Severity.INFO,
                Actor.SERVICE_OWNER,
                where
                    + "The connection crosses regions, as asked for: the owner must list "
                    + networkRegion
                    + " among the service's supported regions. Zones need not overlap."));
      } else {
        add(
            FindingCode.OTHER_REGION,
            where
                + ("Ask the owner for an endpoint service in %s; or, if the owner lists %s "
                        + "among the service's supported regions, ask for a cross-region "
                        + "connection: AwsEndpointService.of(\"%s\", \"%s\").")
                    .formatted(networkRegion, networkRegion, cleaned, serviceRegion));
      }
    }

    private static String partition(String region) {
      if (region.startsWith("cn-")) {
        return "aws-cn";
      }
      if (region.startsWith("us-gov-")) {
        return "aws-us-gov";
      }
      return region.matches("(?:us-iso|eu-iso|eusc-).*") ? region.replaceFirst("-.*", "") : "aws";
    }

    private boolean isCloud(CloudProvider cloud) {
      return shape.filter(s -> s.cloud() == cloud).isPresent();
    }

    // --- pieces of text ---

    private Optional<String> regionIn(Shape found) {
      return piece(found.cloud() == CloudProvider.AWS ? AWS_REGION : ALI_REGION);
    }

    private Optional<String> piece(String regex) {
      Pattern pattern = Pattern.compile(regex);
      for (String piece : cleaned.split("[.:/]", -1)) {
        if (pattern.matcher(piece).matches()) {
          return Optional.of(piece);
        }
      }
      return Optional.empty();
    }

    /** The full name, where it can be told from what was given. */
    private String suggestion(String whenRegionIsGuessed, String whenRegionIsKnown) {
      Shape found = shape.orElseThrow();
      boolean aws = found.cloud() == CloudProvider.AWS;
      Optional<String> id = piece(aws ? AWS_SERVICE_ID : ALI_SERVICE_ID);
      if (id.isEmpty() || found.cloud() != networkCloud) {
        return "The owner finds it in " + console(found.cloud()) + ".";
      }
      Optional<String> region = regionIn(found);
      return "%s \"%s%s.%s\"."
          .formatted(
              region.isPresent() ? whenRegionIsKnown : whenRegionIsGuessed,
              aws ? "com.amazonaws.vpce." : "com.aliyuncs.privatelink.",
              region.orElse(networkRegion),
              id.get());
    }

    private String example(CloudProvider cloud) {
      boolean here = cloud == networkCloud;
      return cloud == CloudProvider.ALICLOUD
          ? "com.aliyuncs.privatelink.%s.epsrv-<id>".formatted(here ? networkRegion : "<region>")
          : "com.amazonaws.vpce.%s.vpce-svc-<id>".formatted(here ? networkRegion : "<region>");
    }

    private static String console(CloudProvider cloud) {
      return cloud == CloudProvider.ALICLOUD
          ? "the VPC console under Endpoint Service"
          : "the VPC console under Endpoint services";
    }

    private void add(FindingCode code, String message) {
      findings.add(new Finding(code, Severity.ERROR, Actor.CALLER, message));
    }
  }
}
