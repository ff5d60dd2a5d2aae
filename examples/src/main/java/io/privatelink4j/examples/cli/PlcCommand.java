package io.privatelink4j.examples.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command on the clouds. */
abstract class PlcCommand implements Callable<Integer> {
  static final int DONE = 0;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public final Integer call() {
    before();
    Progress progress = new Progress(plc().screen());
    try (Session session = plc().session(progress)) {
      progress.begin(session.time());
      return run(session, progress, plc().output());
    }
  }

  final Plc plc() {
    return (Plc) spec.root().userObject();
  }

  /** Refuses what cannot go well, before anything begins. */
  void before() {}

  /** {@return the exit code} */
  abstract int run(Session session, Progress progress, Output out);
}
