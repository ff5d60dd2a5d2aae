/**
 * What the examples share to run on a real cloud: their arguments, and the promise that a run
 * leaves nothing behind.
 */
@ParametersAreNonnullByDefault
package io.privatelink4j.examples.cloud;

import javax.annotation.ParametersAreNonnullByDefault;
