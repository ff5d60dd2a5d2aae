package io.privatelink4j.examples.cli;

import io.privatelink4j.examples.cloud.UsageException;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.testing.OwnedService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What others do, in a world in memory. */
@Command(
    name = "memory",
    description = "Acts as the service owner, in the world of --cloud memory.",
    subcommands = {
      MemoryCommand.Services.class,
      MemoryCommand.Publish.class,
      MemoryCommand.Allow.class,
      MemoryCommand.Accept.class,
      MemoryCommand.Reject.class,
      MemoryCommand.Pass.class
    })
final class MemoryCommand {

  @Command(name = "services", description = "Lists the services, and who is connected to them.")
  static final class Services extends PlcCommand {
    @Override
    int run(Session session, Progress progress, Output out) {
      List<List<String>> rows = new ArrayList<>();
      List<Map<String, Object>> values = new ArrayList<>();
      for (OwnedService service : session.memory().services()) {
        SortedMap<String, String> connections = service.connections();
        values.add(Map.of("name", service.name(), "connections", connections));
        rows.add(
            List.of(service.name(), connections.isEmpty() ? "no connection" : "" + connections));
      }
      out.show(values, Output.table(rows));
      return DONE;
    }
  }

  @Command(name = "publish", description = "Makes a service. It allows nobody yet.")
  static final class Publish extends PlcCommand {
    @Parameters(description = "${COMPLETION-CANDIDATES}.")
    private Cloud cloud = Cloud.aws;

    @Option(names = "--automatic", description = "It accepts each connection by itself.")
    private boolean automatic;

    /** Whose service; in small letters, as they are typed. */
    enum Cloud {
      aws,
      alicloud
    }

    @Override
    int run(Session session, Progress progress, Output out) {
      OwnedService service =
          session.memory().publish(cloud == Cloud.aws ? CloudProvider.AWS : CloudProvider.ALICLOUD);
      if (automatic) {
        service.acceptAutomatically();
      }
      out.show(Map.of("name", service.name()), List.of(service.name()));
      return DONE;
    }
  }

  /** Something that is done with a service. */
  abstract static class OfService extends PlcCommand {
    @Parameters(index = "0", description = "The service's name.")
    private String name = "";

    @Override
    final int run(Session session, Progress progress, Output out) {
      OwnedService service =
          session
              .memory()
              .service(name)
              .orElseThrow(() -> new UsageException("no such service; memory services lists them"));
      String done;
      try {
        done = act(service);
      } catch (IllegalArgumentException | IllegalStateException e) {
        throw new UsageException("" + e.getMessage());
      }
      out.show(Map.of("done", done), List.of(done));
      return DONE;
    }

    abstract String act(OwnedService service);
  }

  @Command(name = "allow", description = "Allows an account to connect.")
  static final class Allow extends OfService {
    @Parameters(index = "1", description = "The account, or principal, that zones shows.")
    private String principal = "";

    @Override
    String act(OwnedService service) {
      service.allow(principal);
      return principal + " may connect";
    }
  }

  @Command(name = "accept", description = "Accepts the connections that wait.")
  static final class Accept extends OfService {
    @Override
    String act(OwnedService service) {
      List<String> waiting = service.waiting();
      service.acceptAll();
      return waiting.isEmpty() ? "no connection waits" : "accepted " + String.join(", ", waiting);
    }
  }

  @Command(
      name = "reject",
      description = "Rejects the connections that wait; or if none does, cuts those that work.")
  static final class Reject extends OfService {
    @Override
    String act(OwnedService service) {
      List<String> waiting = service.waiting();
      List<String> rejected =
          waiting.isEmpty() ? List.copyOf(service.connections().keySet()) : waiting;
      rejected.forEach(service::reject);
      return rejected.isEmpty()
          ? "there is no connection"
          : "rejected " + String.join(", ", rejected);
    }
  }

  @Command(name = "pass", description = "Lets time pass. Between two commands a minute does.")
  static final class Pass extends PlcCommand {
    @Parameters(description = "How much, as 90s, 30m or 2h.")
    private Duration duration = Duration.ZERO;

    @Override
    int run(Session session, Progress progress, Output out) {
      session.memory().pass(duration);
      String now = session.time().now().toString();
      out.show(Map.of("now", now), List.of("it is " + now));
      return DONE;
    }
  }
}
