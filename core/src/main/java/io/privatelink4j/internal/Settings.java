package io.privatelink4j.internal;

import io.privatelink4j.spi.Time;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What a client was built with.
 *
 * @param time the clock
 * @param random where ids and jitter come from
 * @param consistencyWindow how long a cloud may take to show what was written
 * @param maxConnectionsPerCluster how many connections a cluster may have
 * @param maxDomainsPerConnection how many domains a connection may have
 */
public record Settings(
    Time time,
    RandomGenerator random,
    Duration consistencyWindow,
    int maxConnectionsPerCluster,
    int maxDomainsPerConnection) {}
