package io.privatelink4j.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.spi.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The policy in the documentation is what the driver declares, no more and no less. */
class AwsPermissionsTest {
  /** Route 53 checks it on our behalf; the driver does not call it. */
  private static final String CHECKED_BY_ROUTE_53 = "ec2:DescribeVpcs";

  @Test
  void policy_allowsTheDeclaredActionsOnly() throws IOException {
    Set<String> expected =
        AwsTraits.TRAITS.actions().values().stream()
            .map(Action::permission)
            .collect(Collectors.toCollection(TreeSet::new));
    expected.add(CHECKED_BY_ROUTE_53);

    assertThat(actionsOfThePolicy()).isEqualTo(expected);
  }

  private static Set<String> actionsOfThePolicy() throws IOException {
    String page = Files.readString(documents().resolve("permissions.md"));
    int from = page.indexOf("<!-- aws-policy -->");
    assertThat(from).isNotNegative();
    String policy = page.substring(from, page.indexOf("\n```\n", from));
    Set<String> actions = new TreeSet<>();
    Matcher lists = Pattern.compile("\"Action\":\\s*(\\[[^]]*]|\"[^\"]*\")").matcher(policy);
    while (lists.find()) {
      Matcher action = Pattern.compile("\"([a-z0-9]+:[A-Za-z0-9*]+)\"").matcher(lists.group(1));
      while (action.find()) {
        actions.add(action.group(1));
      }
    }
    return actions;
  }

  /** The build runs in the module's folder, an IDE perhaps in the project's. */
  private static Path documents() {
    Path above = Path.of("..", "docs");
    return Files.isDirectory(above) ? above : Path.of("docs");
  }
}
