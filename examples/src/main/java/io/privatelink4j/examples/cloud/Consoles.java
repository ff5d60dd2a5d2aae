package io.privatelink4j.examples.cloud;

import java.io.Console;

/** Whether somebody sits there. */
public final class Consoles {
  private Consoles() {}

  /** {@return whether the process talks to a terminal} */
  @SuppressWarnings("SystemConsoleNull")
  public static boolean isInteractive() {
    // Until JDK 21 there is a console only at a terminal; later ones have to be asked.
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
