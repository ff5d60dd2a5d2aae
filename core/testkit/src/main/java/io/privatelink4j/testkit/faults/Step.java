package io.privatelink4j.testkit.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.exception.AccessDeniedException;
import io.privatelink4j.exception.NotFoundException;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.Finding;
import io.privatelink4j.model.FindingCode;
import io.privatelink4j.model.ListRequest;
import io.privatelink4j.model.Repair;
import io.privatelink4j.testkit.faults.Disturber.Plan;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An operation of a client, in the state of the world in which it is called. */
enum Step {
  ZONES("zones", Before.NOTHING, 0, 0),
  CHECK("check", Before.NOTHING, 0, 0),
  CREATE("create", Before.NOTHING, 1, 0),
  GET("get", Before.ATTACHED, 1, 1),
  LIST("list", Before.ATTACHED, 1, 1),
  AWAIT_ACTIVE("awaitActive", Before.CREATED, 1, 0),
  PLAN_DOMAIN("planDomain", Before.ACTIVE, 1, 0),
  ATTACH_DOMAIN("attachDomain", Before.ACTIVE, 1, 1),
  DETACH_DOMAIN("detachDomain", Before.ATTACHED, 1, 0),
  DELETE("delete", Before.ATTACHED, 0, 0),
  RECONCILE("reconcile", Before.ATTACHED, 1, 1),
  REPAIR("repair", Before.DETACHING, 1, 0);

  private static final Plan NO_ZONE_CAN_BE_DELETED =
      new Plan("DELETE_ZONE", CallFault.DENIED, 1, Plan.ALL);

  private static final Set<FindingCode> TOLD =
      Set.of(FindingCode.NOT_CHECKED, FindingCode.ACCESS_DENIED);

  /** What another process has done before. */
  private enum Before {
    NOTHING,
    CREATED,
    ACTIVE,
    ATTACHED,
    DETACHING
  }

  private final String title;
  private final Before before;
  private final int endpoints;
  private final int domains;

  Step(String title, Before before, int endpoints, int domains) {
    this.title = title;
    this.before = before;
    this.endpoints = endpoints;
    this.domains = domains;
  }

  /** {@return the client's method} */
  String title() {
    return title;
  }

  /** {@return whether one world does for all its faults} */
  boolean changesNothing() {
    return switch (this) {
      case ZONES, CHECK, GET, LIST, PLAN_DOMAIN, RECONCILE -> true;
      case CREATE, AWAIT_ACTIVE, ATTACH_DOMAIN, DETACH_DOMAIN, DELETE, REPAIR -> false;
    };
  }

  /** Brings the world to where the operation begins. */
  void prepare(FaultWorld world, PrivateLinkClient links) {
    if (before.compareTo(Before.CREATED) >= 0) {
      world.created(links.create(world.request()));
    }
    if (before.compareTo(Before.ACTIVE) >= 0) {
      world.settle();
      links.awaitActive(world.link(), FaultWorld.TIMEOUT);
    }
    if (before.compareTo(Before.ATTACHED) >= 0) {
      world.attached(links.attachDomain(world.link(), DomainRequest.managed()).id());
    }
    if (before.compareTo(Before.DETACHING) >= 0) {
      world.disturber().begin(Optional.of(NO_ZONE_CAN_BE_DELETED));
      assertThatExceptionOfType(AccessDeniedException.class)
          .isThrownBy(() -> links.detachDomain(world.link(), world.attached()));
      world.disturber().begin(Optional.empty());
    }
  }

  /** {@return what the answer tells of faults that were swallowed; blank if nothing} */
  String run(FaultWorld world, PrivateLinkClient links) {
    return switch (this) {
      case ZONES -> {
        assertThat(links.zones(FaultWorld.CLUSTER).accountId()).isEqualTo(world.accountId());
        yield "";
      }
      case CHECK -> told(links.check(FaultWorld.CLUSTER, world.type()).findings());
      case CREATE -> {
        world.created(links.create(world.request()));
        yield "";
      }
      case GET -> {
        assertThat(links.get(world.link()).domains()).hasSize(1);
        yield "";
      }
      case LIST -> {
        assertThat(links.list(ListRequest.of(FaultWorld.CLUSTER)).connections()).hasSize(1);
        yield "";
      }
      case AWAIT_ACTIVE -> {
        assertThat(links.awaitActive(world.link(), FaultWorld.TIMEOUT).state())
            .isEqualTo(ConnectionState.ACTIVE);
        yield "";
      }
      case PLAN_DOMAIN -> told(links.planDomain(world.link(), DomainRequest.managed()).findings());
      case ATTACH_DOMAIN ->
          told(links.attachDomain(world.link(), DomainRequest.managed()).findings());
      case DETACH_DOMAIN -> {
        assertThat(links.detachDomain(world.link(), world.attached()).id())
            .isEqualTo(world.attached());
        yield "";
      }
      case DELETE -> {
        assertThat(world.withoutBackground(() -> links.delete(world.link())).state())
            .isEqualTo(ConnectionState.DELETING);
        yield world.endpoints().isEmpty() ? "" : "later";
      }
      case RECONCILE ->
          words(links.reconcile(FaultWorld.CLUSTER).drifts().stream().map(d -> d.code().name()));
      case REPAIR -> {
        List<Repair> repairs = links.repairAtOnce(FaultWorld.CLUSTER).repairs();
        for (Repair repair : repairs) {
          if (repair.failure().isPresent()) {
            throw repair.failure().get();
          }
        }
        yield words(
            repairs.stream()
                .filter(repair -> repair.outcome() != Repair.Outcome.DONE)
                .map(repair -> repair.drift().code().name()));
      }
    };
  }

  private static String told(List<Finding> findings) {
    return words(
        findings.stream().map(Finding::code).filter(TOLD::contains).map(FindingCode::name));
  }

  private static String words(Stream<String> all) {
    return all.distinct().collect(Collectors.joining(" "));
  }

  /** Does it again when nothing is wrong any more; what is gone already need not go. */
  void repeat(FaultWorld world, PrivateLinkClient links) {
    try {
      assertThat(run(world, links)).isEmpty();
    } catch (NotFoundException e) {
      assertThat(this).as(e.toString()).isIn(DETACH_DOMAIN, DELETE);
    }
  }

  /** What is there afterwards, in the cloud and by its labels: neither less nor more. */
  void verify(FaultWorld world, PrivateLinkClient links) {
    assertThat(world.endpoints()).as("endpoints").hasSize(endpoints);
    assertThat(world.zones()).as("zones").hasSize(domains);
    if (endpoints > 0) {
      world.verifyDomains(links.get(world.link()), domains);
    } else {
      assertThat(links.list(ListRequest.of(FaultWorld.CLUSTER)).connections())
          .as("connections")
          .allMatch(link -> link.state() == ConnectionState.DELETING);
    }
  }
}
