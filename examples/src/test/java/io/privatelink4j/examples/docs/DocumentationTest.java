package io.privatelink4j.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.model.DriftCode;
import io.privatelink4j.model.FindingCode;
import io.privatelink4j.model.Integrity;
import io.privatelink4j.model.NameCheck;
import io.privatelink4j.model.ReasonCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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
    Path folder = Documents.ROOT.resolve("core/src/main/java/io/privatelink4j/exception");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString().replace(".java", ""))
          .filter(name -> name.endsWith("Exception") && !name.equals("PrivateLinkException"))
          .sorted()
          .toList();
    }
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
