/**
 * For authors of providers: what is left in the cloud when the process dies at any remote call, as
 * JUnit 5 tests. A provider implements {@link io.privatelink4j.testkit.crashes.CrashCloud} over its
 * fake and extends {@link io.privatelink4j.testkit.crashes.CrashMatrix}.
 */
@ParametersAreNonnullByDefault
package io.privatelink4j.testkit.crashes;

import javax.annotation.ParametersAreNonnullByDefault;
