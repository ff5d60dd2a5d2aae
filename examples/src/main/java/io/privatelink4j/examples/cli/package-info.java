/** The command line. */
@ParametersAreNonnullByDefault
package io.privatelink4j.examples.cli;

import javax.annotation.ParametersAreNonnullByDefault;
