package io.privatelink4j.examples.cli;

import io.privatelink4j.examples.cloud.UsageException;
import io.privatelink4j.kafka.KafkaListeners;
import io.privatelink4j.kafka.ListenerPlan;
import io.privatelink4j.kafka.ListenerProblem;
import io.privatelink4j.model.DomainPlan;
import io.privatelink4j.model.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "listeners",
    description =
        "Plans what Kafka brokers advertise through a connection, or checks what they do.")
final class ListenersCommand extends ConnectionCommand {
  @Mixin private DomainOptions domain = new DomainOptions();

  @Option(
      names = "--broker",
      paramLabel = "NAME=ZONE",
      description = "A broker and the id of its zone, such as b1=usw2-az1; in the order of ports.")
  private Map<String, String> brokers = new LinkedHashMap<>();

  @Option(
      names = "--advertised",
      paramLabel = "HOST:PORT",
      description = "What a broker advertises, to be checked; can be repeated.")
  private List<String> advertised = new ArrayList<>();

  @Option(
      names = "--server-properties",
      paramLabel = "FILE",
      description =
          "A broker's server.properties, or a list of what brokers advertise; can be repeated.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--bootstrap-port",
      defaultValue = "" + KafkaListeners.DEFAULT_BOOTSTRAP_PORT,
      description = "Leads to any broker. Default: ${DEFAULT-VALUE}.")
  private int bootstrapPort;

  @Option(
      names = "--first-broker-port",
      defaultValue = "" + KafkaListeners.DEFAULT_FIRST_BROKER_PORT,
      description = "Leads to the first broker. Default: ${DEFAULT-VALUE}.")
  private int firstBrokerPort;

  @Option(
      names = "--broker-port",
      defaultValue = "" + KafkaListeners.DEFAULT_BROKER_PORT,
      description = "What brokers listen on. Default: ${DEFAULT-VALUE}.")
  private int brokerPort;

  private final Map<String, String> texts = new LinkedHashMap<>();

  @Override
  void before() {
    texts.clear();
    if (!files.isEmpty() && !advertised.isEmpty()) {
      throw new UsageException("say either --advertised or --server-properties");
    }
    if (plc().screen().replaying()) {
      return;
    }
    for (Path file : files) {
      try {
        texts.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
      } catch (IOException e) {
        throw new UsageException("cannot read " + file + ": " + e);
      }
    }
  }

  @Override
  int run(Session session, Progress progress, Output out) {
    DomainPlan plan = session.links().planDomain(ref(), domain.value());
    KafkaListeners.Builder builder =
        KafkaListeners.builder(plan)
            .bootstrapPort(bootstrapPort)
            .firstBrokerPort(firstBrokerPort)
            .brokerPort(brokerPort);
    brokers.forEach(builder::addBroker);
    ListenerPlan listeners = builder.build();
    if (!files.isEmpty()) {
      return check(listeners, problemsInFiles(listeners, plan), out);
    }
    return advertised.isEmpty()
        ? plan(listeners, out)
        : check(listeners, problems(listeners, plan), out);
  }

  private static int plan(ListenerPlan plan, Output out) {
    out.show(Reports.listeners(plan, plan.problems()), plan.describe().lines().toList());
    return exitCode(plan.problems());
  }

  private List<ListenerProblem> problems(ListenerPlan plan, DomainPlan domain) {
    return brokers.isEmpty()
        ? KafkaListeners.check(advertised, domain, bootstrapPort)
        : plan.check(advertised);
  }

  private List<ListenerProblem> problemsInFiles(ListenerPlan plan, DomainPlan domain) {
    return brokers.isEmpty()
        ? KafkaListeners.checkFiles(texts, domain, bootstrapPort)
        : plan.checkFiles(texts);
  }

  private static int check(ListenerPlan plan, List<ListenerProblem> problems, Output out) {
    out.show(
        Reports.listeners(plan, problems),
        Human.lines(problems, ListenerProblem::toString, "nothing is wrong"));
    return exitCode(problems);
  }

  private static int exitCode(List<ListenerProblem> problems) {
    return problems.stream().anyMatch(p -> p.severity() == Severity.ERROR) ? Plc.FOUND : DONE;
  }
}
