/**
 * Values of the public API: immutable, thread-safe, compared by content. They mirror the feature's
 * OpenAPI (names, enum values, id formats, optional fields), so that a service can expose them one
 * to one.
 */
@ParametersAreNonnullByDefault
package io.privatelink4j.model;

import javax.annotation.ParametersAreNonnullByDefault;
