/**
 * For authors of providers, and for tests: the driver interface behind the client, the values that
 * cross it, time and pacing. A driver translates between these values and one cloud's remote calls;
 * all semantics live in the core.
 */
@ParametersAreNonnullByDefault
package io.privatelink4j.spi;

import javax.annotation.ParametersAreNonnullByDefault;
