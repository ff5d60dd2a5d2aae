package io.privatelink4j.examples.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A cloud in which, as in the workers that use it, hours pass in a minute. */
final class QuickCloud implements AutoCloseable {
  private static final int SPEED = 100;
  private static final Pattern LEFT = Pattern.compile("left: endpoints=(\\d+) zones=(\\d+)");

  final FakeCloudProcess fake;
  private final Instant began = Instant.now();
  private final String classPath;
  private final Path archive;
  private final Queue<ChildJvm> workers = new ConcurrentLinkedQueue<>();

  /**
   * Starts a cloud.
   *
   * @param cloud {@code aws} or {@code alicloud}
   * @param directory where files for the workers can be kept
   */
  QuickCloud(String cloud, Path directory) throws InterruptedException {
    classPath = WorkerJars.classPath(directory);
    archive = directory.resolve(cloud + ".jsa");
    fake = new FakeCloudProcess(cloud, began, SPEED);
  }

  /**
   * Makes workers start in half the time: the first one, which does a bit of everything, writes
   * down what classes it has loaded. Leaves nothing in the cloud.
   */
  QuickCloud shareClasses() throws InterruptedException, IOException {
    ChildJvm first = start("-XX:ArchiveClassesAtExit=" + archive);
    first.send("wander first 1 20");
    first.send("finish first " + Finisher.Way.REPEAT);
    first.closeInput();
    List<String> lines = first.awaitEnd();
    assertThat(archive).as("%s", lines).exists();
    return this;
  }

  /** Starts a worker. It is ready when it says so, and ends with this at the latest. */
  ChildJvm worker() {
    return start("-XX:SharedArchiveFile=" + archive);
  }

  private ChildJvm start(String sharing) {
    List<String> all = new ArrayList<>(List.of(sharing));
    all.add(Worker.class.getName());
    all.addAll(List.of(began.toString(), String.valueOf(SPEED)));
    all.addAll(fake.arguments("10581234"));
    ChildJvm worker = new ChildJvm(classPath, FakeCloudProcess.CREDENTIALS, all);
    workers.add(worker);
    return worker;
  }

  /** {@return how many endpoints and zones are left, after the cloud's end} */
  int leftovers() throws InterruptedException, IOException {
    String left = fake.leftovers();
    Matcher counts = LEFT.matcher(left);
    assertThat(counts.matches()).as(left).isTrue();
    return Integer.parseInt(counts.group(1)) + Integer.parseInt(counts.group(2));
  }

  @Override
  public void close() {
    workers.forEach(ChildJvm::close);
    fake.close();
  }
}
