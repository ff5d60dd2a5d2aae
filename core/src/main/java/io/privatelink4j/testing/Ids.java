package io.privatelink4j.testing;

import java.util.Locale;
import java.util.Random;

/** Makes ids of the forms that the clouds use, the same ones for the same seed. */
final class Ids {
  private static final String HEX = "0123456789abcdef";
  private static final String LETTERS_AND_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";

  private final Random random;
  private long recordNumber = 5_000_000_000L;

  Ids(Random random) {
    this.random = random;
  }

  /** {@return such as {@code vpce-0a1b2c3d4e5f60718}} */
  String aws(String prefix) {
    return prefix + "-0" + hex(16);
  }

  /** {@return such as {@code ep-t4n1x9w2k0s7c5v3b8m6}} */
  String alicloud(String prefix) {
    return prefix + "-t" + text(LETTERS_AND_DIGITS, 19);
  }

  /** {@return such as {@code Z0A1B2C3D4E5F6G7H8I9J}} */
  String route53(String prefix) {
    return prefix + "0" + text(LETTERS_AND_DIGITS, 19).toUpperCase(Locale.ROOT);
  }

  /** {@return a number that does not fit into an int} */
  String record() {
    recordNumber += 1 + random.nextInt(1_000);
    return Long.toString(recordNumber);
  }

  String hex(int length) {
    return text(HEX, length);
  }

  private String text(String alphabet, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
