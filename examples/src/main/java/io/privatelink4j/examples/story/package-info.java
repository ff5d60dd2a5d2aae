/** What the examples share: steps that are told, proved and counted, in a cloud in memory. */
@ParametersAreNonnullByDefault
package io.privatelink4j.examples.story;

import javax.annotation.ParametersAreNonnullByDefault;
