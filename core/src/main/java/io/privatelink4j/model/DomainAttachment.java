package io.privatelink4j.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * A DNS domain that leads, inside the cluster network, to a connection. OpenAPI: {@code
 * AttachDomain}.
 *
 * @param id the attachment's id, {@code ad-…}; on Alibaba Cloud it may be another one while the
 *     state is ATTACHING. OpenAPI: {@code attachDomainId}
 * @param clusterId the cluster
 * @param connectionId the connection
 * @param type whose domain
 * @param uniqueName the domain's unique part
 * @param apex the private DNS zone's name
 * @param state the state of the whole
 * @param domains the names, each with its state
 * @param createTime when it was attached; until then, when that began or was taken up again; to the
 *     second
 * @param findings what is worth knowing; filled in the answer of attach only
 */
public record DomainAttachment(
    String id,
    String clusterId,
    String connectionId,
    DomainType type,
    String uniqueName,
    String apex,
    DomainState state,
    List<Domain> domains,
    Instant createTime,
    List<Finding> findings) {

  /**
   * Copies the lists.
   *
   * @throws NullPointerException if an argument or an element is null
   */
  public DomainAttachment {
    requireNonNull(id, "id");
    requireNonNull(clusterId, "clusterId");
    requireNonNull(connectionId, "connectionId");
    requireNonNull(type, "type");
    requireNonNull(uniqueName, "uniqueName");
    requireNonNull(apex, "apex");
    requireNonNull(state, "state");
    domains = List.copyOf(domains);
    requireNonNull(createTime, "createTime");
    findings = List.copyOf(findings);
  }
}
