/** The feature's OpenAPI over HTTP, on top of the library. */
@ParametersAreNonnullByDefault
package io.privatelink4j.examples.server;

import javax.annotation.ParametersAreNonnullByDefault;
