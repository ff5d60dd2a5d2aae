package io.privatelink4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.examples.docs.Documents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the document shows of the command line is what it does. */
class CommandLineDocumentTest {
  private static final Pattern TRANSCRIPT = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL);
  private static final String PROMPT = "$ plc ";

  @TempDir private Path folder;

  @Test
  void transcripts_areWhatIsShown() throws IOException {
    String expected = transcripts();
    Shell shell = Shell.onWorld(folder.resolve("world.jsonl"));

    String shown =
        expected
            .lines()
            .filter(line -> line.startsWith(PROMPT))
            .map(line -> line + "\n" + shown(shell, line.substring(PROMPT.length())))
            .collect(Collectors.joining());

    System.out.print(shown);
    assertThat(shown).isEqualTo(expected);
  }

  @Test
  void transcripts_goFromZonesToDeletionOnBothClouds() throws IOException {
    for (String cluster : new String[] {"10581234", "10585678"}) {
      assertThat(
              transcripts()
                  .lines()
                  .filter(line -> line.startsWith(PROMPT) && line.contains(cluster))
                  .map(line -> line.split(" ", -1)[2]))
          .containsSubsequence(
              "zones",
              "create",
              "wait",
              "attach-domains",
              "attach-domains",
              "get",
              "detach-domains",
              "delete");
    }
  }

  private static String transcripts() throws IOException {
    Matcher blocks = TRANSCRIPT.matcher(Documents.read("docs/command-line.md"));
    return blocks.results().map(block -> block.group(1)).collect(Collectors.joining());
  }

  private static String shown(Shell shell, String command) {
    Shell.Shown shown = shell.run(command.split(" ", -1));
    return shown.all() + (shown.exit() == 0 ? "" : "exit " + shown.exit() + "\n");
  }

  @Test
  void exitCodes_areThoseOfTheHelp() throws IOException {
    String document = Documents.read("docs/command-line.md");
    for (Map.Entry<String, String> code : Plc.exitCodes().entrySet()) {
      String[] nameAndMeaning = ("`" + code.getValue()).replaceFirst(": ", "`: ").split(": ", 2);
      String row =
          nameAndMeaning.length == 1
              ? "| " + code.getKey() + " |  | " + code.getValue() + " |\n"
              : "| %s | %s | %s |\n".formatted(code.getKey(), nameAndMeaning[0], nameAndMeaning[1]);
      assertThat(document).contains(row);
    }
    assertThat(document.substring(document.indexOf("## Exit codes")).lines().skip(4))
        .hasSize(Plc.exitCodes().size());
  }
}
