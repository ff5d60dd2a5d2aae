package io.privatelink4j.internal;

import io.privatelink4j.exception.ConflictException;
import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.spi.ResourceState;

/** Whether a connection may be written to. */
final class Writable {
  private Writable() {}

  /**
   * Checks that a connection is neither damaged, nor of a newer version, nor being deleted.
   *
   * @throws ConflictException saying which
   */
  static void check(Found found) {
    checkIntegrity(found);
    if (found.ledger().deleting()
        || found.endpoint().resource() == ResourceState.DELETING
        || found.endpoint().resource() == ResourceState.DELETED) {
      throw conflict(found, "is being deleted: nothing can be done with it but wait");
    }
  }

  static void checkIntegrity(Found found) {
    switch (found.ledger().integrity()) {
      case TAMPERED -> throw damaged(found);
      case NEWER_VERSION ->
          throw conflict(
              found,
              "was written by a newer version of this library: upgrade this process before changing it");
      default -> {
        // fine
      }
    }
  }

  static ConflictException damaged(Found found) {
    return conflict(
        found,
        "has labels on "
            + found.endpoint().id()
            + " that somebody else removed or edited: it is never written to or deleted. Restore the"
            + " labels that begin with plc., or delete the endpoint by hand");
  }

  private static ConflictException conflict(Found found, String what) {
    return new ConflictException(
        "connection " + Texts.safe(found.connectionId()) + " " + what,
        ErrorDetails.of(found.endpoint().id()));
  }
}
