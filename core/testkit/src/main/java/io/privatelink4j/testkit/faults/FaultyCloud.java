package io.privatelink4j.testkit.faults;

import io.privatelink4j.spi.Operation;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.testing.ManualTime;
import io.privatelink4j.testkit.Harness;
import java.util.List;

/**
 * A harness whose cloud can be disturbed for as long as one call of the driver takes. It belongs to
 * one case: it begins with an empty cloud.
 */
public interface FaultyCloud extends Harness {

  /**
   * {@return the fake's clock, on which clients run} One that is made for a {@linkplain
   * ManualTime#singleThreaded single thread}.
   */
  ManualTime time();

  /**
   * From now on every request fails, until {@link #calm}. No request is under way.
   *
   * @param operation the only kind of call that will be made meanwhile
   * @param fault how it fails; neither {@link CallFault#STALE} nor {@link CallFault#NOT_FOUND},
   *     which are played in front of the driver; on {@link CallFault#HANG} the call is made with
   *     {@link #hastyDriver}
   */
  void disturb(Operation operation, CallFault fault);

  /** Ends what {@link #disturb} began. */
  void calm();

  /**
   * {@return a driver of the same cloud that gives up soon when no answer comes, so that little
   * real time is lost} Only calls that hang are made with it.
   */
  PrivateLinkDriver hastyDriver();

  /** {@return texts that must never show: keys, secrets, tokens} */
  List<String> secrets();
}
