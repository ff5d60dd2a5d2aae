package io.privatelink4j.testkit.crashes;

import io.privatelink4j.testing.ManualTime;
import io.privatelink4j.testkit.Harness;

/**
 * A harness in whose cloud processes come and go. It belongs to one case: it begins with an empty
 * cloud.
 */
public interface CrashCloud extends Harness {

  /**
   * {@return the fake's clock, on which clients run} One that is made for a {@linkplain
   * ManualTime#singleThreaded single thread}.
   */
  ManualTime time();

  /**
   * {@return what there is in our account, without any lag} It is read from the fake itself, past
   * driver and client.
   */
  CloudState state();
}
