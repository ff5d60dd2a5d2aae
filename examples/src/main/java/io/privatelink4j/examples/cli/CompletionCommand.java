package io.privatelink4j.examples.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    description = "Prints completion for bash and zsh: source <(plc completion)")
final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    CommandSpec root = spec.root();
    ((Plc) root.userObject())
        .screen()
        .out()
        .println(AutoComplete.bash(root.name(), root.commandLine()));
    return PlcCommand.DONE;
  }
}
