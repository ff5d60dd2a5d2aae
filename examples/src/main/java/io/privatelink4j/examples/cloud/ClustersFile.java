package io.privatelink4j.examples.cloud;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.privatelink4j.ClusterDirectory;
import io.privatelink4j.examples.openapi.ApiJson;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.annotation.Nullable;

/**
 * Where clusters run, from a file in YAML or JSON:
 *
 * <pre>
 * clusters:
 *   "10581234":                     # the current network first, then former ones
 *     - cloud: AWS                  # or ALICLOUD
 *       region: us-west-2
 *       vpcId: vpc-0a1b2c3d
 *       subnetIds: [subnet-0a1b2c3d, subnet-1a2b3c4d]
 *       securityGroupIds: [sg-0a1b2c3d]
 *       shared: false               # default true: other clusters run there too
 *       principal: arn:aws:iam::111122223333:role/links
 * </pre>
 */
public final class ClustersFile {
  private static final ObjectMapper MAPPER = ApiJson.strict(YAMLMapper.builder()).build();

  private ClustersFile() {}

  /** The file. */
  private record Content(@Nullable Map<String, List<Network>> clusters) {}

  /** A network, as {@link ClusterNetwork} has it. */
  private record Network(
      @Nullable CloudProvider cloud,
      @Nullable String region,
      @Nullable String vpcId,
      @Nullable List<String> subnetIds,
      @Nullable List<String> securityGroupIds,
      @Nullable Boolean shared,
      @Nullable String principal) {

    ClusterNetwork value() {
      ClusterNetwork.Builder builder =
          ClusterNetwork.builder()
              .cloud(required(cloud, "cloud"))
              .region(required(region, "region"))
              .vpcId(required(vpcId, "vpcId"))
              .subnetIds(required(subnetIds, "subnetIds"))
              .shared(shared == null || shared);
      if (securityGroupIds != null) {
        builder.addSecurityGroupIds(securityGroupIds.toArray(String[]::new));
      }
      if (principal != null) {
        builder.principal(principal);
      }
      return builder.build();
    }

    private static <T> T required(@Nullable T value, String name) {
      if (value == null) {
        throw new IllegalArgumentException(name + " is missing");
      }
      return value;
    }
  }

  /**
   * {@return the directory that a file describes}
   *
   * @param file the file
   * @throws UsageException if it cannot be read, or says nothing of the kind
   */
  public static ClusterDirectory read(Path file) {
    Map<String, List<ClusterNetwork>> networks = new TreeMap<>();
    clusters(file)
        .forEach((clusterId, each) -> networks.put(clusterId, networks(file, clusterId, each)));
    return clusterId -> networks.getOrDefault(clusterId, List.of());
  }

  private static Map<String, List<Network>> clusters(Path file) {
    if (Files.isDirectory(file)) {
      throw new UsageException(file + " is a folder: name the file of clusters");
    }
    try (var in = Files.newInputStream(file)) {
      Content content = MAPPER.readValue(in, Content.class);
      if (content == null || content.clusters() == null) {
        throw new UsageException(file + " has no clusters");
      }
      return content.clusters();
    } catch (NoSuchFileException e) {
      throw new UsageException("there is no file " + file);
    } catch (IOException e) {
      throw new UsageException(file + " " + ApiJson.problem(e));
    }
  }

  private static List<ClusterNetwork> networks(
      Path file, String clusterId, @Nullable List<Network> networks) {
    String where = file + ", cluster " + clusterId + ": ";
    if (networks == null || networks.isEmpty() || networks.stream().anyMatch(Objects::isNull)) {
      throw new UsageException(where + "name at least one network");
    }
    try {
      return networks.stream().map(Network::value).toList();
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new UsageException(where + e.getMessage());
    }
  }
}
