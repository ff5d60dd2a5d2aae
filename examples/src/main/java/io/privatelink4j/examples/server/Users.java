package io.privatelink4j.examples.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** Who may call. Must be thread-safe. */
@FunctionalInterface
public interface Users {

  /**
   * {@return the user that a token belongs to; empty if nobody's}
   *
   * @param token what the request carries
   */
  Optional<String> of(String token);

  /**
   * {@return one user with one token} The comparison takes as long for a good guess as for a bad
   * one.
   *
   * @param user the user's name
   * @param token the token
   */
  static Users single(String user, String token) {
    byte[] expected = token.getBytes(StandardCharsets.UTF_8);
    return given ->
        MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8))
            ? Optional.of(user)
            : Optional.empty();
  }
}
