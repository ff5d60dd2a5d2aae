package io.privatelink4j.internal;

import io.privatelink4j.exception.ErrorDetails;
import io.privatelink4j.exception.InUseException;
import io.privatelink4j.model.ConnectionRef;
import java.util.List;
import javax.annotation.Nullable;

/** Keeps what is in use from being removed. */
final class UsageGuard {
  private UsageGuard() {}

  /**
   * Lets through what nobody uses.
   *
   * @param users what the embedder says uses it
   * @param force the operation that does not ask
   * @throws InUseException naming the users
   * @throws io.privatelink4j.exception.InvalidRequestException if the embedder answered nothing
   */
  static void check(ConnectionRef ref, @Nullable List<String> users, String force) {
    if (users == null) {
      throw Ids.invalid(
          "the usage check answered null for connection "
              + ref.id()
              + ": it must return the users, or an empty list",
          ref.id());
    }
    if (!users.isEmpty()) {
      throw new InUseException(
          "connection "
              + ref.id()
              + " is used by "
              + Texts.safe(String.join(", ", users))
              + ": stop that first, or use "
              + force,
          ErrorDetails.of(ref.id()),
          users);
    }
  }
}
