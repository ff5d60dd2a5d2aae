/**
 * A service that embeds the client: what it keeps, how its own unit test needs no cloud, and its
 * changefeeds to Kafka that customers run, to Confluent Cloud, and to owners who say no at first.
 */
@ParametersAreNonnullByDefault
package io.privatelink4j.examples.changefeed;

import javax.annotation.ParametersAreNonnullByDefault;
