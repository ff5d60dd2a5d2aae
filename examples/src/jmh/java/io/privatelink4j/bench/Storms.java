package io.privatelink4j.bench;

import io.privatelink4j.aws.AwsStorms;
import io.privatelink4j.aws.AwsStorms.Outcome;

/** (d) Many operations at once, while the fake counts AWS's token buckets and refuses. */
final class Storms {
  private Storms() {}

  static void measure(Table table) throws Exception {
    for (int count : new int[] {20, 100}) {
      double minimum = (count - 4) / 0.3;
      row(
          table,
          "(d) " + count + " creates",
          AwsStorms.creates(count),
          AwsStorms.bareCreates(count),
          minimum,
          59 * minimum / (16 / 0.3));
    }
    for (int count : new int[] {50, 200}) {
      Outcome library = AwsStorms.attaches(count);
      double minimum = (library.calls() - 5) / 5.0;
      row(
          table,
          "(d) " + count + " attaches",
          library,
          AwsStorms.bareAttaches(count),
          minimum,
          45 * count / 50.0);
    }
  }

  private static void row(
      Table table, String what, Outcome library, Outcome bare, double minimum, double aim) {
    table.compare(
        what + " beside the buckets' minimum",
        library.seconds(),
        minimum,
        " s",
        "≤ " + Table.number(Math.rint(aim)) + " s");
    table.add(
        what + ", throttling errors to the caller beside the bare SDK's",
        Table.number(library.errors()),
        Table.number(bare.errors()) + " in " + Table.number(bare.seconds()) + " s",
        "",
        "0");
  }
}
