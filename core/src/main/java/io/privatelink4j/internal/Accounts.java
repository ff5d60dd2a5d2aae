package io.privatelink4j.internal;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which account each scope of a driver belongs to, once the cloud has told. For good. */
final class Accounts {
  private final Map<String, String> byScope = new ConcurrentHashMap<>();

  Optional<String> of(String scope) {
    return Optional.ofNullable(byScope.get(scope));
  }

  void put(String scope, String account) {
    byScope.put(scope, account);
  }
}
