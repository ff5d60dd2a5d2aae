package io.privatelink4j.testkit.hostile;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Passes requests on to a cloud, and does something to some of its answers. */
final class Tampering {
  private static final String END_OF_HEAD = "\r\n\r\n";

  private final URI cloud;
  private final Mutator mutator;
  private int untouched;
  private boolean all;
  private HostileAnswer last = HostileAnswer.of(200, List.of(), new byte[0]);

  Tampering(URI cloud, Mutator mutator) {
    this.cloud = cloud;
    this.mutator = mutator;
  }

  /**
   * Begins anew.
   *
   * @param before how many answers to leave alone first
   * @param onwards whether it goes on after one answer
   */
  synchronized void begin(int before, boolean onwards) {
    untouched = before;
    all = onwards;
  }

  synchronized HostileAnswer answer(byte[] request) {
    String answer = new String(HostileServer.relayed(request, cloud), StandardCharsets.UTF_8);
    int status = Integer.parseInt(answer.substring(9, 12));
    String document = answer.substring(answer.indexOf(END_OF_HEAD) + END_OF_HEAD.length());
    if (untouched-- > 0 || (untouched < -1 && !all) || document.isEmpty()) {
      return HostileAnswer.of(
          status, List.of("Content-Type: text/xml"), document.getBytes(StandardCharsets.UTF_8));
    }
    last = mutator.next(status, document);
    return last;
  }

  /** {@return the last answer that was tampered with} */
  synchronized HostileAnswer last() {
    return last;
  }
}
