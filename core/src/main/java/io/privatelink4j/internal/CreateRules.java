package io.privatelink4j.internal;

import io.privatelink4j.exception.InvalidRequestException;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.spi.DriverTraits;
import java.util.Map;
import java.util.regex.Pattern;

/** What create takes. All of it is checked before the first remote call. */
final class CreateRules {
  private static final int LONGEST_NAME = 64;
  private static final Pattern REQUEST_ID = Pattern.compile("[!-~]{1,128}");
  private static final Pattern USER = Pattern.compile("[ -~]{1,64}");
  private static final Pattern LABEL_KEY =
      Pattern.compile("(?i)(?!plc\\.|aws|aliyun|acs)[a-z][a-z0-9._-]{0,63}");
  private static final Pattern LABEL_VALUE =
      Pattern.compile("(?i)(?!aws|aliyun|acs)[a-z0-9._-]{0,128}");

  private CreateRules() {}

  /**
   * Checks a request.
   *
   * @throws InvalidRequestException naming what is wrong and what is allowed
   */
  static void check(CreateConnectionRequest request) {
    Ids.checkCluster(request.clusterId());
    checkDisplayName(request.displayName());
    request
        .requestId()
        .ifPresent(
            id -> checkPattern(REQUEST_ID, id, "requestId", "1 to 128 printable ASCII characters"));
    request
        .createdBy()
        .ifPresent(
            user -> checkPattern(USER, user, "createdBy", "1 to 64 printable ASCII characters"));
    request
        .extraLabels()
        .forEach(
            (key, value) -> {
              checkPattern(
                  LABEL_KEY,
                  key,
                  "the key of an extra label",
                  "1 to 64 of A-Z a-z 0-9 . _ -, begin with a letter, and not with plc., aws, aliyun or acs");
              checkPattern(
                  LABEL_VALUE,
                  value,
                  "the value of extra label " + Texts.safe(key),
                  "at most 128 of A-Z a-z 0-9 . _ -, and not begin with aws, aliyun or acs");
            });
  }

  /**
   * Checks that the labels of the whole life of the connection fit, attachments and marks to come
   * included.
   */
  static void checkLabelCount(Map<String, String> labels, int maxDomains, DriverTraits traits) {
    int marks = 3;
    int begun = traits.zoneBoundAtCreation() ? 0 : 1;
    int needed = labels.size() + marks + maxDomains + begun;
    if (needed > traits.labelsPerEndpoint()) {
      throw Ids.invalid(
          "the connection needs up to "
              + needed
              + " labels, the cloud allows "
              + traits.labelsPerEndpoint()
              + ": give fewer extraLabels, or lower maxDomainsPerConnection",
          "extraLabels");
    }
  }

  private static void checkDisplayName(String name) {
    int length = name.codePointCount(0, name.length());
    boolean loneSurrogate =
        name.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE);
    if (length < 1 || length > LONGEST_NAME || name.isBlank() || loneSurrogate) {
      throw Ids.invalid(
          "displayName \""
              + Texts.safe(name)
              + "\" must be 1 to 64 Unicode code points, not all blank, and well-formed",
          "displayName");
    }
  }

  private static void checkPattern(Pattern pattern, String value, String what, String rule) {
    if (!pattern.matcher(value).matches()) {
      throw Ids.invalid(what + " \"" + Texts.safe(value) + "\" must be " + rule, what);
    }
  }
}
