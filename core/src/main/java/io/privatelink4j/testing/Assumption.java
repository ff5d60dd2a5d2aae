package io.privatelink4j.testing;

import io.privatelink4j.model.CloudProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the clouds' documentation leaves open, as switches of the simulator. The constants of one
 * {@link Question} are its possible answers, the default first. A library that works in every
 * single position ({@link #positions(CloudProvider)}) does not depend on the answer.
 */
public enum Assumption {
  /** A client token is remembered for ten minutes. */
  TOKEN_MEMORY_10_MIN(Question.TOKEN_MEMORY, Duration.ofMinutes(10)),
  /** A client token is not remembered at all: a repeated create makes a second endpoint. */
  TOKEN_MEMORY_NONE(Question.TOKEN_MEMORY, Duration.ZERO),
  /** A client token is remembered for ever. */
  TOKEN_MEMORY_FOREVER(Question.TOKEN_MEMORY, Duration.ofDays(36_500)),

  /** The token of a deleted endpoint answers with that endpoint. */
  TOKEN_OF_DELETED_RETURNS_IT(Question.TOKEN_OF_DELETED),
  /** The token of a deleted endpoint creates a new one. */
  TOKEN_OF_DELETED_CREATES_ANEW(Question.TOKEN_OF_DELETED),

  /** Lists show endpoints and label changes at once. */
  FILTER_LAG_0S(Question.FILTER_LAG, Duration.ZERO),
  /** Lists show endpoints, their states and label changes two seconds late. */
  FILTER_LAG_2S(Question.FILTER_LAG, Duration.ofSeconds(2)),
  /** Lists show endpoints, their states and label changes ten seconds late. */
  FILTER_LAG_10S(Question.FILTER_LAG, Duration.ofSeconds(10)),

  /** Reads by id show label changes at once. */
  LABEL_LAG_0S(Question.LABEL_LAG, Duration.ZERO),
  /**
   * Reads by id, and lists, show label changes two seconds late; labels given at creation are
   * there.
   */
  LABEL_LAG_2S(Question.LABEL_LAG, Duration.ofSeconds(2)),
  /**
   * Reads by id, and lists, show label changes ten seconds late; labels given at creation are
   * there.
   */
  LABEL_LAG_10S(Question.LABEL_LAG, Duration.ofSeconds(10)),

  /** A new endpoint can be read by id at once. */
  FRESH_ENDPOINT_FOUND(Question.FRESH_ENDPOINT, Duration.ZERO),
  /** A new endpoint is not found by id for three seconds. */
  FRESH_ENDPOINT_MISSING_3S(Question.FRESH_ENDPOINT, Duration.ofSeconds(3)),

  /** Reads show at once that an endpoint is being deleted. */
  DELETION_SEEN_AT_ONCE(Question.DELETION_SEEN, Duration.ZERO),
  /** Reads show an endpoint's former state for three seconds after the deletion call. */
  DELETION_SEEN_AFTER_3S(Question.DELETION_SEEN, Duration.ofSeconds(3)),

  /** A new zone can be used at once. */
  FRESH_ZONE_FOUND(Question.FRESH_ZONE, Duration.ZERO),
  /** Calls that name a new zone's id do not find it for three seconds; lists show it. */
  FRESH_ZONE_MISSING_3S(Question.FRESH_ZONE, Duration.ofSeconds(3)),

  /** A service's description has its zone ids. */
  SERVICE_ZONE_IDS_TOLD(Question.SERVICE_ZONE_IDS),
  /** A service's description has zone names only. */
  SERVICE_ZONE_IDS_EMPTY(Question.SERVICE_ZONE_IDS),

  /** A deleted endpoint is listed as deleted for a minute. */
  DELETED_LISTED_60S(Question.DELETED_LISTED, Duration.ofSeconds(60)),
  /** A deleted endpoint is never listed as deleted. */
  DELETED_LISTED_0S(Question.DELETED_LISTED, Duration.ZERO),
  /** A deleted endpoint is listed as deleted for an hour. */
  DELETED_LISTED_1H(Question.DELETED_LISTED, Duration.ofHours(1)),

  /** An endpoint that is being built goes from {@code pending} to {@code available}. */
  PARTIAL_NOT_WHILE_BUILDING(Question.PARTIAL_WHILE_BUILDING),
  /** An endpoint that is being built goes through {@code partial}. */
  PARTIAL_WHILE_BUILDING(Question.PARTIAL_WHILE_BUILDING),

  /** The owner cannot accept what was rejected. */
  REJECTION_FINAL(Question.REJECTION),
  /** The owner can accept what was rejected. */
  REJECTION_REVERSIBLE(Question.REJECTION),

  /** Record changes of one zone may follow each other at any pace. */
  CHANGES_OVERLAP(Question.CHANGE_OVERLAP, Duration.ZERO),
  /** A record change within a second of the zone's last one is refused as busy. */
  CHANGES_REFUSED_FOR_1S(Question.CHANGE_OVERLAP, Duration.ofSeconds(1)),

  /** A service's description tells whether it accepts by itself. */
  ACCEPTANCE_TOLD(Question.ACCEPTANCE_TOLD),
  /** A service's description does not tell whether it accepts by itself. */
  ACCEPTANCE_NOT_TOLD(Question.ACCEPTANCE_TOLD),

  /** The connection of an endpoint that is being created is {@code Disconnected}. */
  FRESH_CONNECTION_DISCONNECTED(Question.FRESH_CONNECTION),
  /** The connection of an endpoint that is being created is {@code Pending}. */
  FRESH_CONNECTION_PENDING(Question.FRESH_CONNECTION),

  /** The endpoint is {@code Active} while it is being connected. */
  CONNECTING_IS_ACTIVE(Question.STATUS_WHILE_CONNECTING),
  /** The endpoint is {@code Pending} while it is being connected. */
  CONNECTING_IS_PENDING(Question.STATUS_WHILE_CONNECTING),

  /** The zones of an endpoint whose service was deleted are {@code Disconnected}. */
  SERVICE_DELETED_ZONES_DISCONNECTED(Question.SERVICE_DELETED_ZONES),
  /** The zones of an endpoint whose service was deleted keep their status. */
  SERVICE_DELETED_ZONES_UNCHANGED(Question.SERVICE_DELETED_ZONES),

  /** A zone's domain is {@code ep-x-<zone>.epsrv-y.<region>.privatelink.aliyuncs.com}. */
  ZONE_DOMAIN_AT_ENDPOINT(Question.ZONE_DOMAIN),
  /** A zone's domain is {@code ep-x-<region>.epsrv-y.<zone>.privatelink.aliyuncs.com}. */
  ZONE_DOMAIN_AT_REGION(Question.ZONE_DOMAIN),

  /** A VPC can have several endpoints of one service. */
  DUPLICATE_ENDPOINT_ALLOWED(Question.DUPLICATE_ENDPOINT),
  /** A second endpoint of one service in one VPC is refused. */
  DUPLICATE_ENDPOINT_REFUSED(Question.DUPLICATE_ENDPOINT),

  /** A label's value may begin with any of its characters. */
  LABEL_VALUE_ANY_START(Question.LABEL_VALUE_START),
  /** A label's value must begin with a letter. */
  LABEL_VALUE_LETTER_FIRST(Question.LABEL_VALUE_START),

  /** An account can have several zones of one name. */
  ZONE_NAME_REPEATABLE(Question.ZONE_NAME),
  /** An account can have one zone of a name only. */
  ZONE_NAME_UNIQUE(Question.ZONE_NAME),

  /** Reads show a zone's bindings, and names resolve, three seconds after the binding call. */
  BINDING_LAG_3S(Question.BINDING_LAG, Duration.ofSeconds(3)),
  /** Reads show a zone's bindings at once. */
  BINDING_LAG_0S(Question.BINDING_LAG, Duration.ZERO),
  /** Reads show a zone's bindings, and names resolve, ten seconds after the binding call. */
  BINDING_LAG_10S(Question.BINDING_LAG, Duration.ofSeconds(10)),

  /** A zone that still holds records can be deleted. */
  ZONE_WITH_RECORDS_DELETABLE(Question.ZONE_WITH_RECORDS),
  /** A zone that still holds records cannot be deleted. */
  ZONE_WITH_RECORDS_KEPT(Question.ZONE_WITH_RECORDS),

  /** Wildcards work as RFC 4592 says. */
  WILDCARD_RFC4592(Question.WILDCARD),
  /** A wildcard stands for one label only. */
  WILDCARD_ONE_LABEL(Question.WILDCARD),
  /**
   * A wildcard also answers at and below names that exist only because something below them does.
   */
  WILDCARD_REACHES_THROUGH(Question.WILDCARD);

  private final Question question;
  private final Duration duration;

  Assumption(Question question) {
    this(question, Duration.ZERO);
  }

  Assumption(Question question, Duration duration) {
    this.question = question;
    this.duration = duration;
  }

  /** {@return the question that this is an answer to} */
  public Question question() {
    return question;
  }

  /** {@return whether this is what the simulator assumes unless told otherwise} */
  public boolean isDefault() {
    return question.positions().get(0) == this;
  }

  /**
   * {@return every position, of every question that the cloud leaves open, that is not the default}
   * A suite that runs once with none and once with each of them has run in every single position.
   *
   * @param cloud the cloud
   */
  public static List<Assumption> positions(CloudProvider cloud) {
    return Arrays.stream(values())
        .filter(assumption -> assumption.question.concerns(cloud) && !assumption.isDefault())
        .toList();
  }

  Duration duration() {
    return duration;
  }

  /** What the documentation leaves open. */
  public enum Question {
    /** How long is a client token of endpoint creation remembered? */
    TOKEN_MEMORY(CloudProvider.AWS, CloudProvider.ALICLOUD),
    /** What does the client token of an endpoint return that was deleted since? */
    TOKEN_OF_DELETED(CloudProvider.AWS, CloudProvider.ALICLOUD),
    /** How late do lists and filters show endpoints and label changes? */
    FILTER_LAG(CloudProvider.AWS, CloudProvider.ALICLOUD),
    /** How late do reads by id show label changes? */
    LABEL_LAG(CloudProvider.AWS, CloudProvider.ALICLOUD),
    /** Is a new endpoint found by its id at once? */
    FRESH_ENDPOINT(CloudProvider.AWS, CloudProvider.ALICLOUD),
    /** Is a deletion seen at once? */
    DELETION_SEEN(CloudProvider.AWS, CloudProvider.ALICLOUD),
    /** Is a new DNS zone found by its id at once? */
    FRESH_ZONE(CloudProvider.AWS, CloudProvider.ALICLOUD),
    /** Does DescribeVpcEndpointServices fill {@code AvailabilityZoneIds} for private services? */
    SERVICE_ZONE_IDS(CloudProvider.AWS),
    /** How long does a deleted endpoint stay listed? */
    DELETED_LISTED(CloudProvider.AWS),
    /** Does an endpoint become {@code partial} while it is being built? */
    PARTIAL_WHILE_BUILDING(CloudProvider.AWS),
    /** Can an owner accept a connection that was rejected? */
    REJECTION(CloudProvider.AWS),
    /** For how long after a record change is the next one of the same zone refused? */
    CHANGE_OVERLAP(CloudProvider.AWS),
    /** Does ListVpcEndpointServicesByEndUser tell {@code AutoAcceptEnabled}? */
    ACCEPTANCE_TOLD(CloudProvider.ALICLOUD),
    /** What is the ConnectionStatus of an endpoint that is being created? */
    FRESH_CONNECTION(CloudProvider.ALICLOUD),
    /** What is the EndpointStatus while the connection is being made? */
    STATUS_WHILE_CONNECTING(CloudProvider.ALICLOUD),
    /** What happens to an endpoint's zones when its service is deleted? */
    SERVICE_DELETED_ZONES(CloudProvider.ALICLOUD),
    /** What do the zones' domains look like? */
    ZONE_DOMAIN(CloudProvider.ALICLOUD),
    /** When does CreateVpcEndpoint fail with EndpointDuplicated? */
    DUPLICATE_ENDPOINT(CloudProvider.ALICLOUD),
    /** May a tag's value begin with something else than a letter? */
    LABEL_VALUE_START(CloudProvider.ALICLOUD),
    /** Is a private zone's name unique in its account? */
    ZONE_NAME(CloudProvider.ALICLOUD),
    /** How late does BindZoneVpc take effect? */
    BINDING_LAG(CloudProvider.ALICLOUD),
    /** Can a zone be deleted that still holds records? */
    ZONE_WITH_RECORDS(CloudProvider.ALICLOUD),
    /** What does a wildcard record match? */
    WILDCARD(CloudProvider.ALICLOUD);

    private final boolean onAws;
    private final boolean onAlicloud;

    Question(CloudProvider... clouds) {
      onAws = Arrays.asList(clouds).contains(CloudProvider.AWS);
      onAlicloud = Arrays.asList(clouds).contains(CloudProvider.ALICLOUD);
    }

    /** {@return the possible answers, the default first} */
    public List<Assumption> positions() {
      List<Assumption> positions = new ArrayList<>();
      for (Assumption assumption : Assumption.values()) {
        if (assumption.question == this) {
          positions.add(assumption);
        }
      }
      return List.copyOf(positions);
    }

    /**
     * {@return whether it matters for a cloud}
     *
     * @param cloud the cloud
     */
    public boolean concerns(CloudProvider cloud) {
      return switch (cloud) {
        case AWS -> onAws;
        case ALICLOUD -> onAlicloud;
        case UNKNOWN -> false;
      };
    }
  }
}
