/** The provider for AWS. */
@ParametersAreNonnullByDefault
package io.privatelink4j.aws;

import javax.annotation.ParametersAreNonnullByDefault;
