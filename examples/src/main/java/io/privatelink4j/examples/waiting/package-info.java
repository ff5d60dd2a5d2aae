/** Ways to wait for a connection, and for the people who have to act. */
@ParametersAreNonnullByDefault
package io.privatelink4j.examples.waiting;

import javax.annotation.ParametersAreNonnullByDefault;
