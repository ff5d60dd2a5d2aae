/** The provider for Alibaba Cloud. */
@ParametersAreNonnullByDefault
package io.privatelink4j.alicloud;

import javax.annotation.ParametersAreNonnullByDefault;
