/**
 * For tests: {@link io.privatelink4j.testing.InMemoryCloud}, a simulator of AWS and Alibaba Cloud
 * with the service owner's side, faults, lags and a call log, and {@link
 * io.privatelink4j.testing.ManualTime}, a clock that moves when it is told to. It needs no test
 * framework, is never found by {@link java.util.ServiceLoader} and never chosen by itself.
 */
@ParametersAreNonnullByDefault
package io.privatelink4j.testing;

import javax.annotation.ParametersAreNonnullByDefault;
