/**
 * For authors of providers: what every operation of a client makes of every fault of every remote
 * call, as JUnit 5 tests. A provider implements {@link io.privatelink4j.testkit.faults.FaultyCloud}
 * over its fake and extends {@link io.privatelink4j.testkit.faults.FaultMatrix}.
 */
@ParametersAreNonnullByDefault
package io.privatelink4j.testkit.faults;

import javax.annotation.ParametersAreNonnullByDefault;
