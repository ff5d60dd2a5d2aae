package io.privatelink4j.examples.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Types commands, as on a world in memory, and keeps what is shown. */
final class Shell {
  private final List<String> always;

  /** A shell on a world in a file. */
  static Shell onWorld(Path world) {
    return new Shell("--cloud", "memory", "--world", world.toString());
  }

  /** A shell that gives each command some arguments. */
  Shell(String... always) {
    this.always = List.of(always);
  }

  /**
   * What came of a command.
   *
   * @param exit the exit code
   * @param out what was answered
   * @param err progress and failures
   * @param all both, as they came
   */
  record Shown(int exit, String out, String err, String all) {}

  Shown run(String... args) {
    return type("", false, args);
  }

  /** Runs a command at a terminal, where somebody types. */
  Shown atTerminal(String typed, String... args) {
    return type(typed, true, args);
  }

  private Shown type(String typed, boolean interactive, String... args) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Tee out = new Tee(all);
    Tee err = new Tee(all);
    Screen screen =
        new Screen(
            new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            interactive,
            false);
    int exit =
        Plc.on(screen).run(Stream.concat(Stream.of(args), always.stream()).toArray(String[]::new));
    return new Shown(exit, out.text(), err.text(), all.toString(StandardCharsets.UTF_8));
  }

  /** Keeps what is written, and hands it on. */
  private static final class Tee extends ByteArrayOutputStream {
    private final ByteArrayOutputStream all;

    Tee(ByteArrayOutputStream all) {
      this.all = all;
    }

    @Override
    public synchronized void write(int b) {
      super.write(b);
      all.write(b);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      super.write(bytes, offset, length);
      all.write(bytes, offset, length);
    }

    String text() {
      return toString(StandardCharsets.UTF_8);
    }
  }
}
