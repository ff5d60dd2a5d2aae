/**
 * For whoever configures Kafka brokers behind a private link: plans advertised listeners and the
 * load balancer's port mapping from a domain plan, and finds mistakes in what brokers advertise and
 * in their {@code server.properties}. Pure: no remote call, no DNS query.
 */
@ParametersAreNonnullByDefault
package io.privatelink4j.kafka;

import javax.annotation.ParametersAreNonnullByDefault;
