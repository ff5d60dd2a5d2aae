package io.privatelink4j.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.examples.cloud.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each example runs as its document says, and ends with the line that is shown there. */
class ExamplesDocumentTest {
  private static final String PACKAGE = "java/io/privatelink4j/examples";
  private static final Pattern PROGRAM =
      Pattern.compile("^\\| .* \\| `example ([\\w.]+)` \\| `(.*)` \\|$", Pattern.MULTILINE);
  private static final Pattern TESTED = Pattern.compile("`example_test (\\w+)`");

  /**
   * A row of the table.
   *
   * @param name the class, below the examples' package
   * @param lastLine what it prints last
   */
  record Program(String name, String lastLine) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Program> programs() throws IOException {
    return PROGRAM
        .matcher(document())
        .results()
        .map(row -> new Program(row.group(1), row.group(2)))
        .toList();
  }

  private static String document() throws IOException {
    return Documents.read("docs/examples.md");
  }

  @ParameterizedTest
  @MethodSource("programs")
  void program_endsWithTheLineShown(Program program) throws InterruptedException {
    String main = "io.privatelink4j.examples." + program.name();
    String classPath = System.getProperty("java.class.path");
    try (ChildJvm process = new ChildJvm(classPath, Map.of(), List.of(main))) {
      List<String> lines = process.awaitEnd();

      assertThat(lines).as(String.join("\n", lines)).last().isEqualTo(program.lastLine());
      assertThat(process.exitCode()).isZero();
    }
  }

  @Test
  void document_namesEveryProgram() throws IOException {
    List<String> written = javaFiles("main", "public static void main(");
    // The command line has a document of its own.
    List<String> shown =
        Stream.concat(programs().stream().map(Program::name), Stream.of("cli.Plc")).toList();

    assertThat(shown).containsExactlyInAnyOrderElementsOf(written);
  }

  @Test
  void document_namesTestsThatExist() throws IOException {
    List<String> existing =
        javaFiles("test", "@Test").stream().map(name -> name.replaceAll(".*\\.", "")).toList();
    List<String> named = TESTED.matcher(document()).results().map(test -> test.group(1)).toList();

    assertThat(named).isNotEmpty().isSubsetOf(existing);
  }

  private static List<String> javaFiles(String sources, String text) throws IOException {
    Path folder = Documents.ROOT.resolve("examples/src").resolve(sources).resolve(PACKAGE);
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java") && read(file).contains(text))
          .map(file -> folder.relativize(file).toString())
          .map(file -> file.replace(".java", "").replace('/', '.'))
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
