package io.privatelink4j.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.model.DriftCode;
import io.privatelink4j.model.FindingCode;
import io.privatelink4j.model.Integrity;
import io.privatelink4j.model.NameCheck;
import io.privatelink4j.model.ReasonCode;
import io.privatelink4j.spi.CallFamily;
import io.privatelink4j.spi.DriverContext;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.PrivateLinkProvider;
import io.privatelink4j.spi.SystemTime;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documentation shows code that is compiled and run, and names everything that can happen. */
class DocumentationTest {
  private static final Pattern SNIPPET =
      Pattern.compile("<!-- from (\\S+)#(\\S+) -->\\n```java\\n(.*?)```", Pattern.DOTALL);

  /**
   * Code of the README with the place that it is taken from.
   *
   * @param file the source, below the examples' source folders
   * @param region its region
   * @param code as the README has it
   */
  record Snippet(String file, String region, String code) {
    @Override
    public String toString() {
      return file + "#" + region;
    }
  }

  static List<Snippet> snippets() throws IOException {
    Matcher matcher = SNIPPET.matcher(Documents.read("README.md"));
    return matcher
        .results()
        .map(found -> new Snippet(found.group(1), found.group(2), found.group(3)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("snippets")
  void readme_showsTheSourceAsItIs(Snippet snippet) throws IOException {
    String source = Documents.read("examples/src/" + snippet.file());

    assertThat(snippet.code()).isEqualTo(region(source, snippet.region()));
  }

  @Test
  void readme_hasNoJavaThatIsNotTakenFromTheExamples() throws IOException {
    long blocks = Pattern.compile("```java").matcher(Documents.read("README.md")).results().count();

    assertThat(snippets()).hasSizeGreaterThan(2).hasSize((int) blocks);
  }

  @ParameterizedTest
  @MethodSource("codes")
  void errors_documentEveryCode(Enum<?> code) throws IOException {
    assertThat(Documents.read("docs/errors.md")).contains("`" + code.name() + "`");
  }

  static Stream<Enum<?>> codes() {
    return Stream.<Enum<?>[]>of(
            FindingCode.values(),
            ReasonCode.values(),
            Integrity.values(),
            DriftCode.values(),
            NameCheck.Outcome.values())
        .flatMap(Arrays::stream);
  }

  @ParameterizedTest
  @MethodSource("exceptions")
  void readmeAndErrors_documentEveryException(String exception) throws IOException {
    assertThat(Documents.read("docs/errors.md")).contains("| `" + exception + "` |");
    assertThat(Documents.read("README.md")).contains("`" + exception + "`");
  }

  static List<String> exceptions() throws IOException {
    return classes("exception").stream()
        .filter(name -> name.endsWith("Exception") && !name.equals("PrivateLinkException"))
        .toList();
  }

  private static List<String> classes(String folder) throws IOException {
    try (Stream<Path> files =
        Files.list(Documents.ROOT.resolve("core/src/main/java/io/privatelink4j/" + folder))) {
      return files
          .map(file -> file.getFileName().toString().replace(".java", ""))
          .filter(name -> !name.equals("package-info"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("budgets")
  void performance_documentsEveryCallBudget(CallFamily budget) throws IOException {
    String calls = "[^|]+";
    String rate = BigDecimal.valueOf(budget.perSecond()).stripTrailingZeros().toPlainString();
    String owner = budget.global() ? "account" : "account and region";

    assertThat(Documents.read("docs/performance.md"))
        .containsPattern(
            String.join(
                " \\| ",
                "\\| `" + budget.name() + "`",
                calls,
                "" + budget.capacity(),
                Pattern.quote(rate),
                owner + " \\|"));
  }

  static Set<CallFamily> budgets() {
    Set<CallFamily> budgets = new HashSet<>();
    for (PrivateLinkProvider provider : ServiceLoader.load(PrivateLinkProvider.class)) {
      try (SystemTime time = new SystemTime();
          PrivateLinkDriver driver = provider.open(new DriverContext(time))) {
        driver.traits().actions().values().forEach(action -> budgets.add(action.family()));
      }
    }
    return budgets;
  }

  @Test
  void architecture_tellsWhereToLook_forEachClassOfTheEngine() throws IOException {
    Matcher table =
        Pattern.compile("## Where to look\\n(.*?)\\n## ", Pattern.DOTALL)
            .matcher(Documents.read("docs/architecture.md"));
    assertThat(table.find()).isTrue();
    List<String> named =
        Pattern.compile("`([A-Z]\\w+)`")
            .matcher(table.group(1))
            .results()
            .map(result -> result.group(1))
            .toList();

    assertThat(named).containsExactlyInAnyOrderElementsOf(classes("internal"));
  }

  /** {@return the lines between the region's markers, without the indentation that all share} */
  private static String region(String source, String name) {
    Matcher matcher =
        Pattern.compile("// region " + name + "\\n(.*?)\\n *// endregion", Pattern.DOTALL)
            .matcher(source);
    assertThat(matcher.find()).as("region " + name).isTrue();
    return matcher.group(1).stripTrailing().stripIndent() + "\n";
  }
}
