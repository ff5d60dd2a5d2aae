/**
 * The life of a private link connection: on both clouds in memory, which needs no account and no
 * network, or on a real account.
 */
@ParametersAreNonnullByDefault
package io.privatelink4j.examples.quickstart;

import javax.annotation.ParametersAreNonnullByDefault;
