/** Asking a DNS server by its address, to see what it answers to the cluster network. */
@ParametersAreNonnullByDefault
package io.privatelink4j.examples.dns;

import javax.annotation.ParametersAreNonnullByDefault;
