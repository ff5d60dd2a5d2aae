package io.privatelink4j.aws;

import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.RemoteException;
import java.util.Optional;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsResponse;

/**
 * Where the next page of records begins: three values of Route 53 in one text. Type and name have
 * no slash (Route 53 escapes it in names); the identifier, which may have, comes last.
 *
 * @param type the record's type
 * @param name the record's name, as Route 53 wrote it
 * @param identifier the record's set identifier, or nothing
 */
record RecordToken(String type, String name, String identifier) {

  static Optional<RecordToken> next(ListResourceRecordSetsResponse answer) {
    return Boolean.TRUE.equals(answer.isTruncated()) && answer.nextRecordName() != null
        ? Optional.of(
            new RecordToken(
                Calls.orBlank(answer.nextRecordTypeAsString()),
                answer.nextRecordName(),
                Calls.orBlank(answer.nextRecordIdentifier())))
        : Optional.empty();
  }

  static RecordToken parse(String text) {
    String[] parts = text.split("/", 3);
    if (parts.length < 3) {
      throw new RemoteException(
          ErrorKind.INVALID, "InvalidPaginationToken", "The page token is not valid.");
    }
    return new RecordToken(parts[0], parts[1], parts[2]);
  }

  String text() {
    return type + "/" + name + "/" + identifier;
  }

  void applyTo(ListResourceRecordSetsRequest.Builder request) {
    request.startRecordName(name);
    if (!type.isEmpty()) {
      request.startRecordType(type);
    }
    if (!identifier.isEmpty()) {
      request.startRecordIdentifier(identifier);
    }
  }
}
