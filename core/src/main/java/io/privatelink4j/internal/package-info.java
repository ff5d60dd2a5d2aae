/**
 * The engine behind the client. Not part of the API: classes are public only because other packages
 * of this library use them, and may change or vanish in any release.
 */
@ParametersAreNonnullByDefault
package io.privatelink4j.internal;

import javax.annotation.ParametersAreNonnullByDefault;
