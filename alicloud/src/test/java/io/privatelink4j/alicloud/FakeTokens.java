package io.privatelink4j.alicloud;

import io.privatelink4j.testing.Assumption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Does what comes with a client token once, for as long as the token is remembered. */
final class FakeTokens {
  private final FakeWorld world;
  private final Map<String, Use> uses = new HashMap<>();

  FakeTokens(FakeWorld world) {
    this.world = world;
  }

  /** For what leaves nothing behind that could be deleted. */
  Map<String, Object> once(FakeRequest request, Runnable action) {
    return make(
        request,
        () -> {
          action.run();
          return new Made(Map::of, () -> false);
        });
  }

  /** What is refused is not remembered. */
  Map<String, Object> make(FakeRequest request, Supplier<Made> action) {
    Optional<String> token = request.clientToken();
    String key =
        String.join(
            " ",
            request.product(),
            request.action(),
            request.parameter("RegionId").orElse(""),
            token.orElse(""));
    Map<String, String> parameters = new TreeMap<>(request.parameters());
    parameters.remove("ClientToken");
    Use use = token.isPresent() ? uses.get(key) : null;
    if (use == null || forgotten(use)) {
      Made made = action.get();
      uses.put(key, new Use(parameters, made, world.now()));
      return made.answer().get();
    }
    FakeError.check(
        use.parameters().equals(parameters),
        "IdempotentParameterMismatch",
        "The request uses the same client token as a previous, but non-identical request.");
    return use.made().answer().get();
  }

  private boolean forgotten(Use use) {
    return world.now() - use.at() >= world.nanos(Assumption.Question.TOKEN_MEMORY)
        || (use.made().deleted().getAsBoolean()
            && world.holds(Assumption.TOKEN_OF_DELETED_CREATES_ANEW));
  }

  /** What an action made, as it answers each time, and whether it was deleted since. */
  record Made(Supplier<Map<String, Object>> answer, BooleanSupplier deleted) {}

  private record Use(Map<String, String> parameters, Made made, long at) {}
}
