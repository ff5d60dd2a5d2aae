package io.privatelink4j.internal;

import io.privatelink4j.model.DomainPlan;

/**
 * A connection with what a plan needs to know of it.
 *
 * @param found the connection
 * @param view its network
 * @param plan what a domain is to be
 */
record DomainTarget(Found found, NetworkView view, DomainPlan plan) {}
