/** The feature's OpenAPI as JSON: one mapping, for the command line and the server. */
@ParametersAreNonnullByDefault
package io.privatelink4j.examples.openapi;

import javax.annotation.ParametersAreNonnullByDefault;
