package io.privatelink4j.alicloud;

import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.RemoteException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A page of the lists that are cut by number. How many items came before it is counted here,
 * because a page may be smaller than asked for.
 *
 * @param number the page's number, from 1
 * @param before how many items came before it
 */
record PageNumber(int number, long before) {
  private static final Pattern TEXT = Pattern.compile("\\d{1,9}/\\d{1,9}");

  static PageNumber parse(Optional<String> token) {
    if (token.isEmpty()) {
      return new PageNumber(1, 0);
    }
    if (!TEXT.matcher(token.get()).matches()) {
      throw new RemoteException(
          ErrorKind.INVALID, "InvalidPaginationToken", "The page token is not valid.");
    }
    String[] parts = token.get().split("/", -1);
    return new PageNumber(Integer.parseInt(parts[0]), Long.parseLong(parts[1]));
  }

  /**
   * {@return the token of the next page; empty at the end} An empty page before the end is not
   * taken for the end.
   *
   * @param answer this page
   * @param count where the answer says how many items there are on all pages
   * @param items how many are on this one
   * @param size how many were asked for
   */
  Optional<String> next(Answer answer, String count, int items, int size) {
    long after = before + items;
    boolean more = answer.number(count).orElse(items < size ? after : Long.MAX_VALUE) > after;
    if (more && items == 0) {
      throw answer.notUnderstood();
    }
    return more ? Optional.of((number + 1) + "/" + after) : Optional.empty();
  }
}
