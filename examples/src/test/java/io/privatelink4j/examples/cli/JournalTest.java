package io.privatelink4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.privatelink4j.examples.cloud.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {
  private static final Journal.Entry ENTRY =
      new Journal.Entry(Instant.parse("2026-01-01T00:01:00Z"), List.of("create", "a \"b\"\n注"));

  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void begin() {
    file = folder.resolve("new").resolve("world.jsonl");
  }

  private List<Journal.Entry> read() {
    try (Journal journal = Journal.open(file)) {
      return journal.entries();
    }
  }

  private void append() {
    try (Journal journal = Journal.open(file)) {
      journal.append(ENTRY);
    }
  }

  @Test
  void entries_comeBack() {
    append();
    append();

    assertThat(read()).containsExactly(ENTRY, ENTRY);
  }

  @Test
  void aLineThatWasCutOff_didNotBegin() throws IOException {
    append();
    Files.writeString(file, "{\"at\":\"2026-", StandardOpenOption.APPEND);

    assertThat(read()).containsExactly(ENTRY);
    append();
    assertThat(read()).containsExactly(ENTRY, ENTRY);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 44})
  void aFirstLineThatWasCutOff_isWrittenAgain(int length) throws IOException {
    append();
    String whole = Files.readString(file);
    Files.writeString(file, whole.substring(0, length));

    assertThat(read()).isEmpty();
    append();
    assertThat(file).hasContent(whole);
  }

  @Test
  void anotherFile_isLeftAlone() throws IOException {
    Path other = Files.writeString(folder.resolve("notes"), "my notes");

    assertThatThrownBy(() -> Journal.open(other))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("is no world in memory");
    assertThat(other).hasContent("my notes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "nonsense",
        "null",
        "{\"at\":\"noon\",\"args\":[]}",
        "{\"at\":\"+999999999-12-31T23:59:59Z\",\"args\":[]}",
        "{\"at\":\"-999999999-01-01T00:00:00Z\",\"args\":[]}",
        "{\"at\":\"2026-01-01T00:00:59Z\",\"args\":[]}",
      })
  void anEditedFile_isRefused(String line) throws IOException {
    append();
    Files.writeString(file, line + "\n", StandardOpenOption.APPEND);

    assertThatThrownBy(this::read)
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(file + ", line 3, was edited: ")
        .hasMessageEndingWith("Mend it, or remove the file to begin anew");
  }

  @Test
  void aFolder_isRefused() {
    assertThatThrownBy(() -> Journal.open(folder)).isInstanceOf(UsageException.class);
  }
}
