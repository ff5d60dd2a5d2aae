/**
 * The life of a private link connection on both clouds, in memory: needs no account and no network.
 */
@ParametersAreNonnullByDefault
package io.privatelink4j.examples.quickstart;

import javax.annotation.ParametersAreNonnullByDefault;
