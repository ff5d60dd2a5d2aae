/** A service that wires the client by hand, and counts what it does with Micrometer. */
@ParametersAreNonnullByDefault
package io.privatelink4j.examples.metrics;

import javax.annotation.ParametersAreNonnullByDefault;
