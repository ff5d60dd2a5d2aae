package io.privatelink4j.examples.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.privatelink4j.ClusterDirectory;
import io.privatelink4j.examples.docs.Documents;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClustersFileTest {
  private static final String JSON =
      """
      {"clusters": {"7": [
        {"cloud": "ALICLOUD", "region": "r", "vpcId": "v", "subnetIds": ["s"]},
        {"cloud": "AWS", "region": "r", "vpcId": "former", "subnetIds": ["s"]}]}}""";

  @TempDir private Path folder;

  private ClusterDirectory read(String content) throws IOException {
    return ClustersFile.read(Files.writeString(folder.resolve("clusters"), content));
  }

  @Test
  void theFileOfTheDocument_isUnderstood() throws IOException {
    Matcher yaml =
        Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
            .matcher(Documents.read("docs/command-line.md"));
    assertThat(yaml.find()).isTrue();

    ClusterDirectory clusters = read(yaml.group(1));

    assertThat(clusters.networks("10581234"))
        .containsExactly(
            ClusterNetwork.builder()
                .cloud(CloudProvider.AWS)
                .region("us-west-2")
                .vpcId("vpc-0a1b2c3d")
                .addSubnetIds("subnet-0a1b2c3d", "subnet-1a2b3c4d")
                .addSecurityGroupIds("sg-0a1b2c3d")
                .shared(false)
                .principal("arn:aws:iam::111122223333:role/links")
                .build());
    assertThat(clusters.networks("1")).isEmpty();
  }

  @Test
  void json_isUnderstood_andNetworksAreSharedUnlessSaid() throws IOException {
    assertThat(read(JSON).networks("7"))
        .extracting(ClusterNetwork::vpcId, ClusterNetwork::shared)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("v", true),
            org.assertj.core.groups.Tuple.tuple("former", true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "clusters           | cluster       | a wrong type: cluster",
        "vpcId              | vpc           | clusters.7.0.vpc",
        "\"ALICLOUD\"       | \"GCP\"       | clusters.7.0.cloud",
        "\"ALICLOUD\"       | 0             | clusters.7.0.cloud",
        "\"ALICLOUD\"       | \"UNKNOWN\"   | cloud must be AWS or ALICLOUD",
        "\"vpcId\": \"v\",  | ''            | vpcId is missing",
        "\"v\"              | 5             | clusters.7.0.vpcId",
        "[\"s\"]            | []            | at least one subnet",
        "{\"7\"             | {\"8\": [], \"7\" | cluster 8: name at least one network",
        "{\"7\"             | {\"7\": null, \"7\" | cannot be read",
        "]}}                | ]}            | cannot be read",
      })
  void aMistake_isNamed(String good, String bad, String message) {
    assertThat(JSON).contains(good);

    assertThatThrownBy(
            () -> read(JSON.replaceFirst(Pattern.quote(good), Matcher.quoteReplacement(bad))))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aFileThatIsMissing_orEmpty_orAFolder_isNamed() {
    assertThatThrownBy(() -> ClustersFile.read(folder))
        .isInstanceOf(UsageException.class)
        .hasMessage(folder + " is a folder: name the file of clusters");
    assertThatThrownBy(() -> ClustersFile.read(folder.resolve("none")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("there is no file");
    assertThatThrownBy(() -> read("clusters:\n"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("has no clusters");
    assertThatThrownBy(() -> read("")).isInstanceOf(UsageException.class);
  }
}
