/**
 * For authors of providers: what a driver, and a client on top of it, make of answers that no cloud
 * should give, as JUnit 5 tests. A provider extends {@link
 * io.privatelink4j.testkit.hostile.HostileAnswers} with a documented answer of each of its calls.
 */
@ParametersAreNonnullByDefault
package io.privatelink4j.testkit.hostile;

import javax.annotation.ParametersAreNonnullByDefault;
