/**
 * Private link connections for a data service: {@link io.privatelink4j.PrivateLinkClient} and what
 * an embedder plugs into it.
 */
@ParametersAreNonnullByDefault
package io.privatelink4j;

import javax.annotation.ParametersAreNonnullByDefault;
