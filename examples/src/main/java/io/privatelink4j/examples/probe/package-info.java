/** Connecting through a link, to tell on which side of it something is in the way. */
@ParametersAreNonnullByDefault
package io.privatelink4j.examples.probe;

import javax.annotation.ParametersAreNonnullByDefault;
