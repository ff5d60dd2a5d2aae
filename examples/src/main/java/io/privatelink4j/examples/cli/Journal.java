package io.privatelink4j.examples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.privatelink4j.examples.cloud.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The commands that made a world in memory what it is, in a file, one a line. A command is written
 * down before it runs: whoever is killed meanwhile has run it all the same. One process at a time
 * has the file.
 */
final class Journal implements AutoCloseable {
  private static final String HEADER = "{\"privatelink4j\":\"memory world\",\"version\":1}";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final FileChannel channel;
  private final List<Entry> entries = new ArrayList<>();

  private Journal(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * A command.
   *
   * @param at when it began, by the world's clock
   * @param args its arguments
   */
  record Entry(Instant at, List<String> args) {}

  private record Line(String at, List<String> args) {}

  /**
   * {@return the journal in a file, which is made if there is none} Waits until no other process
   * has it.
   *
   * @throws UsageException if the file is something else
   */
  static Journal open(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Journal journal =
          new Journal(
              FileChannel.open(
                  file,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE));
      try {
        journal.channel.lock();
        journal.read(file);
        return journal;
      } catch (IOException | RuntimeException e) {
        journal.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UsageException("cannot use " + file + " as a world in memory: " + e);
    }
  }

  List<Entry> entries() {
    return List.copyOf(entries);
  }

  void append(Entry entry) {
    try {
      write(MAPPER.writeValueAsString(new Line(entry.at().toString(), entry.args())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(Path file) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    while (content.hasRemaining() && channel.read(content) >= 0) {
      // Until all is read.
    }
    String text = new String(content.array(), StandardCharsets.UTF_8);
    // Who was killed while writing the first line left a part of it.
    if (HEADER.startsWith(text)) {
      channel.truncate(0);
      write(HEADER);
      return;
    }
    // Who was killed while writing left a line without end: that command did not begin.
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    List<String> lines = whole.lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
      throw new UsageException(file + " is no world in memory; name another file with --world");
    }
    channel.truncate(whole.getBytes(StandardCharsets.UTF_8).length);
    Instant before = Instant.EPOCH;
    for (int number = 2; number <= lines.size(); number++) {
      Optional<Entry> entry = entry(lines.get(number - 1));
      if (entry.isEmpty()) {
        throw edited(file, number, "it is no command");
      }
      Instant at = entry.get().at();
      if (at.isBefore(before) || at.isAfter(MemoryWorld.END)) {
        throw edited(file, number, "its time is not from " + before + " to " + MemoryWorld.END);
      }
      before = at;
      entries.add(entry.get());
    }
  }

  private static UsageException edited(Path file, int number, String problem) {
    return new UsageException(
        file
            + ", line "
            + number
            + ", was edited: "
            + problem
            + ". Mend it, or remove the file to begin anew");
  }

  private static Optional<Entry> entry(String text) {
    try {
      Line line = MAPPER.readValue(text, Line.class);
      return Optional.of(new Entry(Instant.parse(line.at()), List.copyOf(line.args())));
    } catch (JsonProcessingException | DateTimeException | NullPointerException e) {
      return Optional.empty();
    }
  }

  private void write(String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    channel.position(channel.size());
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Gives the file to the next process. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
