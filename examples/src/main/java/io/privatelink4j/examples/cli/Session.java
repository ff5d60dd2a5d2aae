package io.privatelink4j.examples.cli;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.examples.cloud.ClustersFile;
import io.privatelink4j.examples.cloud.UsageException;
import io.privatelink4j.spi.SystemTime;
import io.privatelink4j.spi.Time;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a command works with.
 *
 * @param links the client
 * @param time its clock
 * @param world the world in memory, if it is one
 * @param last what to close after the client
 */
record Session(PrivateLinkClient links, Time time, Optional<MemoryWorld> world, Runnable last)
    implements AutoCloseable {

  /** {@return a session on the clouds that a file of clusters names} Nothing is sent yet. */
  static Session real(PrivateLinkClient.Builder builder, Path clusters) {
    builder.clusters(ClustersFile.read(clusters));
    SystemTime time = new SystemTime();
    return new Session(builder.time(time).build(), time, Optional.empty(), time::close);
  }

  Session beforeClosing(Runnable more) {
    return new Session(
        links,
        time,
        world,
        () -> {
          last.run();
          more.run();
        });
  }

  MemoryWorld memory() {
    return world.orElseThrow(
        () -> new UsageException("only the world in memory has owners: say --cloud memory"));
  }

  @Override
  public void close() {
    links.close();
    last.run();
  }
}
