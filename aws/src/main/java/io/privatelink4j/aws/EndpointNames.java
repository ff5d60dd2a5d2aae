package io.privatelink4j.aws;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The DNS names of an endpoint, told apart by structure: {@code <endpoint id>-<chance>.<service
 * id>.…} is regional, {@code <endpoint id>-<chance>-<zone name>.<service id>.…} leads to one zone,
 * and a private name has something else in the place of the service id. Their order means nothing.
 *
 * @param regional the regional name
 * @param zonal zonal names by the zone's name
 */
record EndpointNames(Optional<String> regional, Map<String, String> zonal) {

  private static final Comparator<String> SHORTEST_FIRST =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  static EndpointNames of(String endpointId, String serviceName, List<String> names) {
    String serviceId = lastLabel(serviceName.toLowerCase(Locale.ROOT));
    String prefix = endpointId.toLowerCase(Locale.ROOT) + "-";
    Optional<String> regional = Optional.empty();
    Map<String, String> zonal = new TreeMap<>();
    List<String> own = new ArrayList<>(names.size());
    for (String each : names) {
      String name = DnsText.normal(each);
      if (name.startsWith(prefix) && label(name, 1).equals(serviceId)) {
        own.add(name);
      }
    }
    own.sort(SHORTEST_FIRST);
    for (String name : own) {
      String rest = label(name, 0).substring(prefix.length());
      int zone = rest.indexOf('-');
      if (zone < 0) {
        regional = regional.or(() -> Optional.of(name));
      } else if (zone + 1 < rest.length()) {
        zonal.putIfAbsent(rest.substring(zone + 1), name);
      }
    }
    return new EndpointNames(regional, zonal);
  }

  private static String label(String name, int index) {
    int from = 0;
    for (int i = 0; i < index; i++) {
      from = name.indexOf('.', from) + 1;
      if (from == 0) {
        return "";
      }
    }
    int to = name.indexOf('.', from);
    return to < 0 ? name.substring(from) : name.substring(from, to);
  }

  private static String lastLabel(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
