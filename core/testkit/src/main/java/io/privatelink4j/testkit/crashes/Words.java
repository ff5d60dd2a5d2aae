package io.privatelink4j.testkit.crashes;

import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.testkit.crashes.CloudState.EndpointState;
import io.privatelink4j.testkit.crashes.CloudState.ZoneState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A state of the cloud in the words of the tables; see {@link CrashMatrix}. */
record Words(List<String> words) {
  private static final String NOTHING = "nothing";
  static final String ORPHAN = "orphan";
  private static final String LABEL = "plc.d.";
  private static final int ZONE_PART = 5;

  Words {
    words = words.stream().sorted().toList();
  }

  /** {@return what the table says} */
  static Words parse(String text) {
    return new Words(
        Arrays.stream(text.strip().split(" +", -1)).filter(word -> !word.equals(NOTHING)).toList());
  }

  /** {@return what there is of the connection, and what there is besides} */
  static Words of(CloudState state, String vpcId, ConnectionRef connection) {
    List<String> words = new ArrayList<>();
    for (EndpointState endpoint : state.endpoints()) {
      words.add(link(endpoint, connection));
      labels(endpoint).map(label -> domain(label.getValue(), state.zones())).forEach(words::add);
    }
    for (ZoneState zone : state.zones()) {
      words.add(
          state.endpoints().stream()
              .filter(endpoint -> owns(endpoint, zone))
              .findFirst()
              .map(endpoint -> zone(endpoint, zone, vpcId))
              .orElse(ORPHAN));
    }
    return new Words(words);
  }

  private static Stream<Map.Entry<String, String>> labels(EndpointState endpoint) {
    return endpoint.labels().entrySet().stream().filter(label -> label.getKey().startsWith(LABEL));
  }

  private static String link(EndpointState endpoint, ConnectionRef connection) {
    Map<String, String> labels = endpoint.labels();
    boolean ours =
        connection.id().equals(labels.get("plc.id"))
            && ("c." + connection.clusterId()).equals(labels.get("plc.cluster"));
    return (ours ? "link" : "stranger") + (labels.containsKey("plc.del") ? "-" : "");
  }

  /** The sixth part of the label, once it is attached, is its zone's id. */
  private static String domain(String label, List<ZoneState> zones) {
    List<String> parts = List.of(label.split("_", -1));
    boolean there =
        parts.size() > ZONE_PART
            && zones.stream().anyMatch(zone -> zone.id().equals(parts.get(ZONE_PART)));
    String state = parts.get(0);
    return state.equals("attached") && !there ? "dangling" : state;
  }

  /**
   * Whose a zone is, its name tells, and its reference if it has one; and the ledger has to know of
   * it.
   */
  private static boolean owns(EndpointState endpoint, ZoneState zone) {
    String unique = zone.name().substring(0, zone.name().indexOf('.'));
    return ("plc-" + unique).equals(endpoint.labels().get("plc.id"))
        && labels(endpoint)
            .filter(label -> List.of(label.getValue().split("_", -1)).contains(unique))
            .map(label -> label.getKey().substring(LABEL.length()))
            .anyMatch(
                id -> zone.reference().map(text -> text.contains("/" + id + "/")).orElse(true));
  }

  private static String zone(EndpointState endpoint, ZoneState zone, String vpcId) {
    boolean right =
        zone.records().entrySet().stream()
            .allMatch(record -> leadsTo(endpoint, record.getKey(), record.getValue()));
    boolean elsewhere = zone.vpcIds().stream().anyMatch(id -> !id.equals(vpcId));
    if (elsewhere || !right) {
      return "wrong";
    }
    return (zone.vpcIds().isEmpty() ? "unbound:" : "zone:") + zone.records().size();
  }

  /** All hosts are wildcards, and all names of an endpoint begin with its id. */
  private static boolean leadsTo(EndpointState endpoint, String host, String target) {
    return host.startsWith("*") && target.startsWith(endpoint.id());
  }

  /** {@return words of this that the other has not, each as often as it is missing there} */
  List<String> without(Words other) {
    List<String> rest = new ArrayList<>(words);
    other.words.forEach(rest::remove);
    return rest;
  }

  @Override
  public String toString() {
    return words.isEmpty() ? NOTHING : String.join(" ", words);
  }
}
