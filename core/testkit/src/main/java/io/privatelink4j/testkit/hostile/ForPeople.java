package io.privatelink4j.testkit.hostile;

import io.privatelink4j.model.ConnectionPage;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.Finding;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.ReconcileReport;
import io.privatelink4j.model.ServiceCheck;
import java.util.stream.Stream;

/** The texts of public values that are for people and for logs; ids and names are the cloud's. */
final class ForPeople {
  private ForPeople() {}

  static Stream<String> textsOf(Object value) {
    if (value instanceof PrivateLinkConnection link) {
      return textsOf(link);
    }
    if (value instanceof ConnectionPage page) {
      return page.connections().stream().flatMap(ForPeople::textsOf);
    }
    if (value instanceof ServiceCheck check) {
      return check.findings().stream().map(Finding::message);
    }
    if (value instanceof ReconcileReport report) {
      return report.drifts().stream().flatMap(drift -> Stream.of(drift.seen(), drift.advice()));
    }
    return Stream.of();
  }

  private static Stream<String> textsOf(PrivateLinkConnection link) {
    return Stream.of(
            link.reason().stream()
                .flatMap(reason -> Stream.of(reason.rawStatus(), reason.message())),
            link.ownerInstructions().stream(),
            link.domains().stream().flatMap(ForPeople::textsOf))
        .flatMap(texts -> texts);
  }

  private static Stream<String> textsOf(DomainAttachment attachment) {
    return Stream.concat(
        attachment.domains().stream().flatMap(domain -> domain.message().stream()),
        attachment.findings().stream().map(Finding::message));
  }
}
