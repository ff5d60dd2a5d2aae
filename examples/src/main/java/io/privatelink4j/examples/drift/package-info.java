/** A job that finds what drifted from what it should be, and mends it. */
@ParametersAreNonnullByDefault
package io.privatelink4j.examples.drift;

import javax.annotation.ParametersAreNonnullByDefault;
