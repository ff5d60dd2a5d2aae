/** A service that embeds the client: what it keeps, and how its own unit test needs no cloud. */
@ParametersAreNonnullByDefault
package io.privatelink4j.examples.changefeed;

import javax.annotation.ParametersAreNonnullByDefault;
