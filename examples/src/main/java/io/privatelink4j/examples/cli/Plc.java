package io.privatelink4j.examples.cli;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.PrivateLinkListener;
import io.privatelink4j.examples.cloud.Clouds;
import io.privatelink4j.examples.cloud.DurationText;
import io.privatelink4j.examples.cloud.UsageException;
import io.privatelink4j.examples.openapi.ApiJson;
import io.privatelink4j.examples.openapi.ApiMapping;
import io.privatelink4j.examples.openapi.Failure;
import io.privatelink4j.examples.openapi.Text;
import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.model.Decision;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import javax.annotation.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command line: what all commands share. */
@Command(
    name = "plc",
    versionProvider = Version.class,
    abbreviateSynopsis = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Private link connections of clusters to customers' endpoint services.",
    subcommands = {
      ZonesCommand.class,
      CheckCommand.class,
      CreateCommand.class,
      ListCommand.class,
      GetCommand.class,
      WaitCommand.class,
      AttachDomainsCommand.class,
      DetachDomainsCommand.class,
      ListenersCommand.class,
      VerifyDomainCommand.class,
      ProbeCommand.class,
      DeleteCommand.class,
      ReconcileCommand.class,
      ServeCommand.class,
      MemoryCommand.class,
      CompletionCommand.class
    })
public final class Plc {
  /** The library's quiet period: repair takes what is older for left over. */
  static final Duration QUIET = Duration.ofMinutes(15);

  /** Something was looked for and found: see {@link #exitCodes}. */
  static final int FOUND = 18;

  private final Screen screen;
  private final @Nullable MemoryWorld again;
  private @Nullable CommandLine line;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--cloud",
      scope = ScopeType.INHERIT,
      defaultValue = "${env:PLC_CLOUD:-real}",
      description =
          "${COMPLETION-CANDIDATES}: real clouds, or a world to play with. Default: $$PLC_CLOUD, or real.")
  private Cloud cloud = Cloud.real;

  @Option(
      names = "--clusters",
      scope = ScopeType.INHERIT,
      paramLabel = "FILE",
      defaultValue = "${env:PLC_CLUSTERS}",
      description = "Where clusters run, in YAML or JSON. Default: $$PLC_CLUSTERS.")
  private @Nullable Path clusters;

  @Option(
      names = "--world",
      scope = ScopeType.INHERIT,
      paramLabel = "FILE",
      defaultValue = "${env:PLC_WORLD:-${sys:user.home}/.privatelink4j/world.jsonl}",
      description =
          "Keeps the world in memory. Default: $$PLC_WORLD, or a file in ~/.privatelink4j.")
  private Path world = Path.of("world.jsonl");

  @Option(
      names = "--endpoint-url",
      scope = ScopeType.INHERIT,
      paramLabel = "URL",
      description =
          "Another server than the real clouds': https, or http on loopback. Default: their own.")
  private @Nullable URI endpoint;

  @Option(
      names = "--operation-timeout",
      scope = ScopeType.INHERIT,
      paramLabel = "TIME",
      defaultValue = "5m",
      description =
          "How long an operation, such as an attach, may take at most: as 90s or 10m, less than 15m."
              + " Default: ${DEFAULT-VALUE}.")
  private Duration operationTimeout = Duration.ZERO;

  @Option(
      names = {"-o", "--output"},
      scope = ScopeType.INHERIT,
      defaultValue = "human",
      description = "${COMPLETION-CANDIDATES}; JSON is that of the OpenAPI. Default: human.")
  private Format format = Format.human;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Shows this.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Shows the version.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean version;

  @Option(
      names = {"-D", "--debug"},
      scope = ScopeType.INHERIT,
      description = "Shows where a failure comes from.")
  private boolean debug;

  private Plc(Screen screen, @Nullable MemoryWorld again) {
    this.screen = screen;
    this.again = again;
  }

  /** Where commands act; in small letters, as they are typed. */
  enum Cloud {
    real,
    memory
  }

  /** How answers look. */
  enum Format {
    human,
    json
  }

  static Plc on(Screen screen) {
    return new Plc(screen, null);
  }

  /** {@return a command line that does again what was done in a world} */
  static Plc again(MemoryWorld world) {
    return new Plc(Screen.dark(), world);
  }

  /**
   * Runs a command.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    int code = on(Screen.standard()).run(args);
    if (code != 0) {
      System.exit(code);
    }
  }

  /** Can be called again: the arguments of the call before are forgotten. */
  int run(String... args) {
    CommandLine ready = line;
    if (ready == null) {
      ready = commandLine();
      line = ready;
    }
    return ready.execute(args);
  }

  private CommandLine commandLine() {
    CommandLine made = new CommandLine(this);
    made.setExpandAtFiles(false);
    // There is a command memory, too.
    made.setAllowSubcommandsAsOptionParameters(true);
    made.setOut(new PrintWriter(screen.out(), true, Charset.defaultCharset()));
    made.registerConverter(Duration.class, Plc::duration);
    made.setParameterExceptionHandler(
        (e, args) -> {
          readFormat(args);
          return fail(e, Failure.INVALID_REQUEST, e.getMessage() + "; try --help");
        });
    made.setExecutionExceptionHandler((e, commandLine, parsed) -> fail(e));
    made.getCommandSpec().usageMessage().exitCodeListHeading("%nExit codes:%n");
    made.getCommandSpec().usageMessage().exitCodeList(exitCodes());
    return made;
  }

  /** {@return what each exit code means} */
  static Map<String, String> exitCodes() {
    Map<String, String> codes = new LinkedHashMap<>();
    codes.put("0", "done");
    for (Failure failure : Failure.values()) {
      if (failure == Failure.INTERRUPTED) {
        codes.put("" + FOUND, "FOUND: a command that looks found what is not as it should be");
      }
      codes.put("" + failure.exitCode(), failure.name() + ": " + failure.meaning());
    }
    return codes;
  }

  /** Arguments after a wrong one were not read: how to say so may be among them. */
  private void readFormat(String... args) {
    CommandSpec only = CommandSpec.create();
    only.addOption(OptionSpec.builder(spec.findOption("--output")).build());
    try {
      new CommandLine(only).setUnmatchedArgumentsAllowed(true).parseArgs(args);
    } catch (ParameterException e) {
      format = Format.human;
    }
  }

  private static Duration duration(String text) {
    try {
      return DurationText.parse("a duration", text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(Objects.requireNonNullElse(e.getMessage(), ""));
    }
  }

  private int fail(Exception thrown) {
    boolean usage = thrown instanceof UsageException;
    Failure failure = usage ? Failure.INVALID_REQUEST : Failure.of(thrown);
    return fail(
        thrown,
        failure,
        failure == Failure.INTERNAL ? thrown.toString() : "" + thrown.getMessage());
  }

  private int fail(Exception thrown, Failure failure, String message) {
    if (format == Format.json) {
      screen
          .err()
          .println(
              ApiJson.pretty(
                  thrown instanceof PrivateLinkException known
                      ? ApiMapping.status(known)
                      : ApiMapping.status(failure, message)));
    } else {
      screen.err().println("plc: " + failure.name() + ": " + Text.safe(message));
    }
    if (debug) {
      thrown.printStackTrace(screen.err());
    }
    return failure.exitCode();
  }

  Screen screen() {
    return screen;
  }

  Output output() {
    return new Output(screen.out(), format == Format.json);
  }

  boolean isInMemory() {
    return cloud == Cloud.memory;
  }

  /**
   * {@return the clouds to work with}
   *
   * @throws UsageException if they are not said
   */
  Session session(PrivateLinkListener listener) {
    // Whoever may use the operator's credentials decides over domains, too.
    PrivateLinkClient.Builder builder =
        builder().listener(listener).domainPolicy(use -> Decision.allow());
    if (again != null) {
      return again.open(builder);
    }
    return isInMemory() ? memory(builder) : real(builder);
  }

  /**
   * {@return the beginning of a client}
   *
   * @throws UsageException if its operations would take too long, or it has no use for an option
   */
  PrivateLinkClient.Builder builder() {
    if (operationTimeout.compareTo(QUIET) >= 0) {
      throw new UsageException(
          "--operation-timeout must be less than 15m: repair takes what is older for left over");
    }
    if (endpoint != null && isInMemory()) {
      throw new UsageException(
          "--endpoint-url is for real clouds: leave it out with --cloud memory");
    }
    return PrivateLinkClient.builder().operationTimeout(operationTimeout);
  }

  Session real(PrivateLinkClient.Builder builder) {
    Path file = clusters;
    if (file == null) {
      throw new UsageException(
          "name the clusters with --clusters FILE, or play with --cloud memory");
    }
    URI instead = endpoint;
    if (instead != null) {
      try {
        Clouds.at(instead).forEach(builder::provider);
      } catch (IllegalArgumentException e) {
        throw new UsageException("--endpoint-url: " + e.getMessage());
      }
    }
    return Session.real(builder, file);
  }

  private Session memory(PrivateLinkClient.Builder builder) {
    Journal journal = Journal.open(world);
    try {
      MemoryWorld replayed = MemoryWorld.replay(journal);
      replayed.begin(journal, spec.commandLine().getParseResult().originalArgs());
      return replayed.open(builder).beforeClosing(journal::close);
    } catch (RuntimeException e) {
      journal.close();
      throw e;
    }
  }
}
