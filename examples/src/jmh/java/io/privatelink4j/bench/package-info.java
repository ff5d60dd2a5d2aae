/** Benchmarks, each beside what a user would write otherwise; {@code docs/performance.md}. */
@ParametersAreNonnullByDefault
package io.privatelink4j.bench;

import javax.annotation.ParametersAreNonnullByDefault;
