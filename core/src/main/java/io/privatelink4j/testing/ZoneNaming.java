package io.privatelink4j.testing;

import io.privatelink4j.model.CloudProvider;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Availability zones. AWS: ids such as {@code usw2-az1}, and names that this account sees in
 * another order ({@code us-west-2b}), so that code which takes one for the other fails. Alibaba
 * Cloud: ids such as {@code ap-southeast-1a}, which are the names.
 */
final class ZoneNaming {
  private static final Map<String, String> DIRECTIONS =
      Map.of(
          "north",
          "n",
          "south",
          "s",
          "east",
          "e",
          "west",
          "w",
          "central",
          "c",
          "northeast",
          "ne",
          "southeast",
          "se",
          "northwest",
          "nw",
          "southwest",
          "sw");
  private static final Pattern AWS_ID = Pattern.compile("([a-z]+\\d)-az(\\d)");

  private ZoneNaming() {}

  /** {@return three zones of a region} */
  static List<String> defaults(CloudProvider cloud, String region) {
    return cloud == CloudProvider.AWS
        ? Stream.of("1", "2", "3").map(number -> awsPrefix(region) + "-az" + number).toList()
        : Stream.of("a", "b", "c").map(letter -> alicloudPrefix(region) + letter).toList();
  }

  /**
   * {@return the zone's name in this account}
   *
   * @throws IllegalArgumentException if it is not the id of a zone of the region
   */
  static String nameOf(CloudProvider cloud, String region, String zoneId) {
    if (cloud == CloudProvider.AWS) {
      Matcher matcher = AWS_ID.matcher(zoneId);
      if (matcher.matches() && zoneId.startsWith(awsPrefix(region) + "-")) {
        int place = Integer.parseInt(matcher.group(2)) - 1;
        int other = place - Math.floorMod(place, 3) + Math.floorMod(place + 1, 3);
        return region + (char) ('a' + other);
      }
    } else if (zoneId.matches(Pattern.quote(alicloudPrefix(region)) + "[a-z]")) {
      return zoneId;
    }
    throw new IllegalArgumentException(
        zoneId + " is no zone id of " + region + ", such as " + defaults(cloud, region).get(0));
  }

  private static String awsPrefix(String region) {
    StringBuilder prefix = new StringBuilder();
    for (String part : region.split("-", -1)) {
      prefix.append(
          prefix.length() == 0 ? part : DIRECTIONS.getOrDefault(part, part.substring(0, 1)));
    }
    return prefix.toString();
  }

  private static String alicloudPrefix(String region) {
    return Character.isDigit(region.charAt(region.length() - 1)) ? region : region + "-";
  }
}
