package io.privatelink4j.examples.cloud;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Runs an example's story on the cloud that its arguments name, and leaves nothing behind. */
public final class CloudRun {
  /** Every step did what it says, and nothing is left. */
  public static final int OK = 0;

  /** A step failed, or something is left. */
  public static final int FAILED = 1;

  /** The arguments are wrong; nothing was done. */
  public static final int USAGE = 2;

  private final String program;
  private final Consumer<String> out;

  /**
   * Makes a run.
   *
   * @param program what the example is called
   * @param out takes lines of text
   */
  public CloudRun(String program, Consumer<String> out) {
    this.program = program;
    this.out = out;
  }

  /**
   * Runs a story.
   *
   * @param args the command line
   * @param story what to do
   * @return the process's exit code
   */
  public int run(String[] args, CloudStory story) {
    if (List.of(args).contains("--help")) {
      System.out.println(CloudArguments.HELP);
      return OK;
    }
    CloudArguments where;
    try {
      where = CloudArguments.parse(args);
    } catch (UsageException e) {
      System.err.println(program + ": " + e.getMessage() + "; --help shows what there is");
      return USAGE;
    }
    return run(where, story);
  }

  private int run(CloudArguments where, CloudStory story) {
    String runId = program + "-" + HexFormat.of().toHexDigits(new SecureRandom().nextInt());
    CleanUp cleanUp = new CleanUp(where, runId, out);
    try (Stopper stopper = new Stopper()) {
      String done = "";
      String failure = "";
      try {
        done = story.play(where, where.client().listener(cleanUp), runId) + ", ";
      } catch (RuntimeException | Error e) {
        failure =
            "FAILED on "
                + where.place()
                + ", "
                + Objects.requireNonNullElse(e.getMessage(), e.toString());
        explain(e);
      }
      if (stopper.beginCleaning()) {
        failure = "STOPPED on " + where.place();
      }
      return end(cleanUp, runId, done, failure);
    }
  }

  private int end(CleanUp cleanUp, String runId, String done, String failure) {
    if (!failure.isEmpty()) {
      out.accept(program + ": " + failure);
    }
    int left;
    try {
      left = cleanUp.run();
    } catch (RuntimeException e) {
      explain(e);
      out.accept(
          "%s: FAILED to clean up: %s. Look for endpoints tagged plc.by = %s."
              .formatted(program, e.getMessage(), runId));
      return FAILED;
    }
    out.accept(program + ": " + done + left + " left behind");
    return failure.isEmpty() && left == 0 ? OK : FAILED;
  }

  private static void explain(Throwable e) {
    if (System.getProperty("verbose") != null) {
      e.printStackTrace();
    }
  }
}
