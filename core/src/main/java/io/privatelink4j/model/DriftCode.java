package io.privatelink4j.model;

/** In what way the cloud differs from what the connections' labels say, or from what works. */
public enum DriftCode {
  /** An attach was begun and not ended. */
  UNFINISHED_ATTACH,
  /** A detach was begun and not ended. */
  UNFINISHED_DETACH,
  /** A deletion was begun and not ended. */
  UNFINISHED_DELETE,
  /** Somebody else deletes the endpoint. One that is gone altogether leaves its zones behind. */
  ENDPOINT_GONE,
  /** A second endpoint of the same connection; the oldest is the connection. */
  DUPLICATE_ENDPOINT,
  /** The service owner rejected the connection. */
  LINK_REJECTED,
  /** The request for the connection expired before the owner accepted it. */
  LINK_EXPIRED,
  /** The connection does not work for another reason. */
  LINK_FAILED,
  /** The endpoint lives in a network that the cluster has left. */
  NETWORK_LEFT,
  /** The endpoint has addresses in subnets that the cluster network does not name any more. */
  ZONES_DIFFER,
  /** An attached domain has no DNS zone. */
  ENTRY_WITHOUT_ZONE,
  /** A DNS zone of a connection belongs to none of its attached domains. */
  ZONE_WITHOUT_ENTRY,
  /** The DNS zone of an attached domain does not answer in the cluster network. */
  ZONE_NOT_BOUND,
  /** Records of an attached domain are missing. */
  RECORD_MISSING,
  /** Records of an attached domain lead elsewhere. */
  RECORD_CHANGED,
  /** The DNS zone of an attached domain holds records that do not belong to it. */
  RECORD_EXTRA,
  /** A DNS zone of a connection that has no endpoint in any state. */
  ORPHAN_ZONE,
  /** A DNS zone without records and networks, of a connection that is not in these regions. */
  EMPTY_ZONE,
  /** Identifying labels are missing or were edited by somebody else. */
  TAMPERED_LABELS,
  /** The labels were written by a newer major version of this library. */
  NEWER_LEDGER,
  /** A connection of a cluster that the directory does not know. */
  ABANDONED_CONNECTION,
  /** Something could not be read, or was not, to keep the number of remote calls within bounds. */
  NOT_CHECKED,
  /** A drift that this version does not know. */
  UNKNOWN
}
