/**
 * For authors of providers: the contract that every {@link io.privatelink4j.spi.PrivateLinkDriver}
 * keeps, as JUnit 5 tests. A provider implements {@link io.privatelink4j.testkit.Harness} over a
 * stateful fake of its cloud and extends {@link io.privatelink4j.testkit.DriverContract}; the
 * library's own providers and its in-memory cloud do the same.
 */
@ParametersAreNonnullByDefault
package io.privatelink4j.testkit;

import javax.annotation.ParametersAreNonnullByDefault;
