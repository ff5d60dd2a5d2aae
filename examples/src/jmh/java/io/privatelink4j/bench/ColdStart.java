package io.privatelink4j.bench;

import io.privatelink4j.aws.LoopbackAws;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** (b) From the start of the JVM to the first answer: the median of processes, taken in turns. */
final class ColdStart {
  private static final int RUNS = 7;

  /** Of the class path of these benchmarks what an embedder of the AWS driver has. */
  private static final Pattern NEEDED =
      Pattern.compile(
          ".*(/(awssdk|eventstream|reactivestreams|slf4j|findbugs|httpcomponents|netty|commons-codec"
              + "|commons-logging)/.*|/privatelink4j-(core|aws)-[^/]*SNAPSHOT\\.jar)");

  private final Path directory;
  private final LoopbackAws aws;

  private ColdStart(Path directory, LoopbackAws aws) {
    this.directory = directory;
    this.aws = aws;
  }

  /** A way to start. */
  private record Way(String mainClass, String classPath, List<String> more, Path archive) {}

  static void measure(Table table) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("cold-start");
    try (LoopbackAws aws = new LoopbackAws()) {
      new ColdStart(directory, aws).measureAll(table);
    } finally {
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(directory);
    }
  }

  private void measureAll(Table table) throws IOException, InterruptedException {
    Predicate<String> defaults =
        jar ->
            jar.matches(
                ".*/(apache-client|netty|netty-nio-client|httpcomponents|commons-codec|commons-logging)/.*");
    String own = classPath(defaults.negate());
    String sdk = classPath(defaults.negate().and(jar -> !jar.contains("privatelink4j-")));
    String everything =
        classPath(jar -> !jar.contains("url-connection-client") && !jar.contains("privatelink4j-"));
    Map<String, Way> ways = new LinkedHashMap<>();
    ways.put("library", way("ColdLibrary", own));
    ways.put("bare", way("ColdBare", sdk));
    ways.put("defaults", way("ColdBare", everything, "default"));
    Map<String, Double> plain = medians(ways, false);
    for (Way way : ways.values()) {
      double unused = run(way, "-XX:ArchiveClassesAtExit=" + way.archive);
    }
    Map<String, Double> shared = medians(ways, true);
    String aim = "≤ 1.10";
    row(table, "(b) cold start, bare SDK on the same HTTP client", plain, "bare", aim);
    row(table, "(b) cold start, bare SDK with its default dependencies", plain, "defaults", "");
    row(table, "(b) with AppCDS, bare SDK on the same HTTP client", shared, "bare", "");
    row(table, "(b) with AppCDS, bare SDK with its default dependencies", shared, "defaults", "");
    table.compare(
        "(b) library with AppCDS beside without",
        shared.get("library"),
        plain.get("library"),
        " ms",
        "");
  }

  private static void row(
      Table table, String what, Map<String, Double> medians, String baseline, String aim) {
    table.compare(what, medians.get("library"), medians.get(baseline), " ms", aim);
  }

  private Way way(String mainClass, String classPath, String... more) {
    return new Way(
        "io.privatelink4j.bench." + mainClass,
        classPath,
        List.of(more),
        directory.resolve(mainClass + String.join("", more) + ".jsa"));
  }

  private Map<String, Double> medians(Map<String, Way> ways, boolean archived)
      throws IOException, InterruptedException {
    Map<String, List<Double>> times = new LinkedHashMap<>();
    for (int i = 0; i < RUNS; i++) {
      for (Map.Entry<String, Way> way : ways.entrySet()) {
        String option =
            archived ? "-XX:SharedArchiveFile=" + way.getValue().archive : "-Xshare:auto";
        double took = run(way.getValue(), option);
        times.computeIfAbsent(way.getKey(), name -> new ArrayList<>()).add(took);
      }
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    times.forEach((name, all) -> medians.put(name, all.stream().sorted().toList().get(RUNS / 2)));
    return medians;
  }

  /** Milliseconds from the start of the process to its answer. */
  private double run(Way way, String option) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("-Xlog:disable", "-Xlog:all=error:stderr", option));
    command.addAll(List.of("-cp", way.classPath, way.mainClass));
    command.addAll(aws.arguments());
    command.addAll(way.more);
    long before = System.nanoTime();
    Process process = Jvm.start(command);
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String answer = lines.readLine();
      double took = (System.nanoTime() - before) / 1e6;
      if (process.waitFor() != 0 || answer == null || !answer.contains("usw2-az1")) {
        throw new IllegalStateException(way.mainClass + " answered " + answer);
      }
      return took;
    } finally {
      process.destroyForcibly();
    }
  }

  /** Jars only, since the JVM archives classes of jars only. */
  private String classPath(Predicate<String> wanted) throws IOException {
    List<String> jars = new ArrayList<>();
    for (String entry :
        Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator, -1))) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        jars.add(pack(path));
      } else if (Files.exists(path) && NEEDED.matcher(entry).matches() && wanted.test(entry)) {
        jars.add(entry);
      }
    }
    return String.join(File.pathSeparator, jars);
  }

  private String pack(Path classes) {
    Path jar =
        directory.resolve(
            "classes-" + classes.getParent().getFileName() + "-" + classes.getFileName() + ".jar");
    if (!Files.exists(jar)) {
      int code =
          ToolProvider.findFirst("jar")
              .orElseThrow()
              .run(
                  System.out,
                  System.err,
                  "--create",
                  "--file",
                  jar.toString(),
                  "-C",
                  classes.toString(),
                  ".");
      if (code != 0) {
        throw new IllegalStateException("jar ended with " + code);
      }
    }
    return jar.toString();
  }
}
