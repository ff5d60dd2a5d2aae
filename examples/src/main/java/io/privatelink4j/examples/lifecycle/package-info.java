/** Every operation on a connection, once, in the order in which a service uses them. */
@ParametersAreNonnullByDefault
package io.privatelink4j.examples.lifecycle;

import javax.annotation.ParametersAreNonnullByDefault;
