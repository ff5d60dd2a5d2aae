package io.privatelink4j.testing;

import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.Page;
import io.privatelink4j.spi.RemoteException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Function;

/**
 * Cuts lists into pages. A token means the key after which to go on; it is opaque, and refused if
 * it was not made for the same question.
 */
final class Pages {
  private final String badTokenCode;

  Pages(String badTokenCode) {
    this.badTokenCode = badTokenCode;
  }

  /**
   * {@return one page}
   *
   * @param question what is listed; tokens fit the same question only
   * @param all everything, by key
   * @param view what an entry looks like; empty if it is not asked for
   */
  <S, T> Page<T> cut(
      String question,
      NavigableMap<String, S> all,
      Optional<String> token,
      int size,
      Function<S, Optional<T>> view) {
    NavigableMap<String, S> rest =
        token.map(text -> all.tailMap(keyOf(question, text), false)).orElse(all);
    List<T> items = new ArrayList<>();
    String last = "";
    for (Map.Entry<String, S> entry : rest.entrySet()) {
      Optional<T> item = view.apply(entry.getValue());
      if (item.isPresent()) {
        if (items.size() == size) {
          return new Page<>(items, Optional.of(tokenOf(question, last)));
        }
        items.add(item.get());
        last = entry.getKey();
      }
    }
    return new Page<>(items, Optional.empty());
  }

  private static String tokenOf(String question, String key) {
    String text = sum(question, key) + "/" + key;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private String keyOf(String question, String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      int slash = text.indexOf('/');
      String key = text.substring(slash + 1);
      if (slash > 0 && text.substring(0, slash).equals(sum(question, key))) {
        return key;
      }
    } catch (IllegalArgumentException e) {
      // Not base64: refused below like any other token of a stranger.
    }
    throw new RemoteException(ErrorKind.INVALID, badTokenCode, "The page token is not valid.");
  }

  private static String sum(String question, String key) {
    return Integer.toHexString((question + '\n' + key).hashCode());
  }
}
