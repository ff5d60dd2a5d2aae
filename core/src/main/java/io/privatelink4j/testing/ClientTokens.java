package io.privatelink4j.testing;

import static io.privatelink4j.testing.Assumption.TOKEN_OF_DELETED_CREATES_ANEW;

import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.RemoteException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Remembers which client token made which endpoint, for as long as assumed. */
final class ClientTokens {
  private static final int LONGEST = 64;

  private final World world;
  private final String badTokenCode;
  private final Map<String, Use> uses = new HashMap<>();

  ClientTokens(World world, String badTokenCode) {
    this.world = world;
    this.badTokenCode = badTokenCode;
  }

  /**
   * {@return the endpoint that the same request made}
   *
   * @param parameters everything in the request but the token
   * @throws RemoteException if another request was made with the token
   */
  Optional<SimEndpoint> recall(String token, String parameters) {
    World.check(
        !token.isEmpty()
            && token.length() <= LONGEST
            && token.chars().allMatch(c -> c > ' ' && c < 127),
        badTokenCode,
        "A client token has 1 to 64 ASCII characters.");
    Use use = uses.get(token);
    long memory = world.assumptions.nanos(Assumption.Question.TOKEN_MEMORY);
    if (use == null || world.nanos() - use.at >= memory) {
      return Optional.empty();
    }
    if (!use.endpoint.alive() && world.assumptions.hold(TOKEN_OF_DELETED_CREATES_ANEW)) {
      return Optional.empty();
    }
    if (!use.parameters.equals(parameters)) {
      throw new RemoteException(
          ErrorKind.TOKEN_MISMATCH,
          "IdempotentParameterMismatch",
          "The client token was used with other parameters.");
    }
    return Optional.of(use.endpoint);
  }

  void remember(String token, String parameters, SimEndpoint endpoint) {
    uses.put(token, new Use(parameters, endpoint, world.nanos()));
  }

  private record Use(String parameters, SimEndpoint endpoint, long at) {}
}
