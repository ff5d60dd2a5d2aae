/** A migration job that reads a database behind a link, without a domain. */
@ParametersAreNonnullByDefault
package io.privatelink4j.examples.migration;

import javax.annotation.ParametersAreNonnullByDefault;
