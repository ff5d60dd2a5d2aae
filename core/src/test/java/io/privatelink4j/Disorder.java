package io.privatelink4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.DriftCode;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.model.Remedy;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.testing.Fault;
import io.privatelink4j.testing.SimulatedCrash;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The kinds of disorder that repair mends: how each comes about, and what is right afterwards. */
enum Disorder {
  ATTACH_DIED_BEFORE_ITS_ZONE(DriftCode.UNFINISHED_ATTACH, Remedy.UNDO, After.DETACHED, 10, 13) {
    @Override
    void make(Setup setup) {
      PrivateLinkConnection link = setup.active();
      dies(setup, Operation.PUT_LABELS, () -> attach(setup, link));
    }
  },
  ATTACH_DIED_AFTER_ITS_ZONE(DriftCode.UNFINISHED_ATTACH, Remedy.FINISH, After.ATTACHED, 18, 27) {
    @Override
    void make(Setup setup) {
      PrivateLinkConnection link = setup.active();
      dies(setup, Operation.CREATE_ZONE, () -> attach(setup, link));
    }
  },
  ATTACH_DIED_AFTER_A_RECORD(DriftCode.UNFINISHED_ATTACH, Remedy.FINISH, After.ATTACHED, 18, 26) {
    @Override
    void make(Setup setup) {
      PrivateLinkConnection link = setup.active();
      dies(setup, Operation.PUT_RECORDS, () -> attach(setup, link));
    }
  },
  DETACH_DIED_BEFORE_ITS_ZONE(DriftCode.UNFINISHED_DETACH, Remedy.FINISH, After.DETACHED, 8, 12) {
    @Override
    void make(Setup setup) {
      DomainAttachment domain = attached(setup);
      dies(setup, Operation.PUT_LABELS, () -> detach(setup, domain));
    }
  },
  DETACH_DIED_AFTER_ITS_ZONE(DriftCode.UNFINISHED_DETACH, Remedy.FINISH, After.DETACHED, 7, 8) {
    @Override
    void make(Setup setup) {
      DomainAttachment domain = attached(setup);
      dies(setup, Operation.DELETE_ZONE, () -> detach(setup, domain));
    }
  },
  DELETE_DIED_AFTER_ITS_MARK(DriftCode.UNFINISHED_DELETE, Remedy.FINISH, After.DELETED, 10, 28) {
    @Override
    void make(Setup setup) {
      PrivateLinkConnection link = link(setup, attached(setup));
      dies(setup, Operation.PUT_LABELS, () -> setup.client().delete(link));
    }
  },
  DELETE_DIED_AFTER_A_ZONE(DriftCode.UNFINISHED_DELETE, Remedy.FINISH, After.DELETED, 9, 24) {
    @Override
    void make(Setup setup) {
      PrivateLinkConnection link = link(setup, attached(setup));
      dies(setup, Operation.DELETE_ZONE, () -> setup.client().delete(link));
    }
  },
  SECOND_ENDPOINT(DriftCode.DUPLICATE_ENDPOINT, Remedy.REMOVE, After.DETACHED, 6, 20) {
    @Override
    void make(Setup setup) {
      setup.cloud.duplicateOutOfBand(setup.active().endpointId());
    }
  },
  ZONE_DELETED_BY_HAND(DriftCode.ENTRY_WITHOUT_ZONE, Remedy.RESTORE, After.ATTACHED, 21, 26) {
    @Override
    void make(Setup setup) {
      attached(setup);
      setup.cloud.deleteZoneOutOfBand(zone(setup));
    }
  },
  LABEL_REMOVED_BY_HAND(DriftCode.ZONE_WITHOUT_ENTRY, Remedy.RESTORE, After.ATTACHED, 21, 21) {
    @Override
    void make(Setup setup) {
      DomainAttachment domain = attached(setup);
      setup.cloud.removeLabel(endpoint(setup), "plc.d." + domain.id());
    }
  },
  ZONE_LEFT_HALF_MADE(DriftCode.ZONE_WITHOUT_ENTRY, Remedy.REMOVE, After.DETACHED, 12, 11) {
    @Override
    void make(Setup setup) {
      PrivateLinkConnection link = setup.active();
      // Unbound and empty, it could be any region's once its connection is gone.
      boolean bound = setup.cloud.cloud() == CloudProvider.AWS;
      dies(setup, bound ? Operation.CREATE_ZONE : Operation.PUT_RECORDS, () -> attach(setup, link));
      setup.settle();
      String id = setup.client().get(link).domains().get(0).id();
      setup.cloud.removeLabel(endpoint(setup), "plc.d." + id);
    }
  },
  ZONE_UNBOUND_BY_HAND(DriftCode.ZONE_NOT_BOUND, Remedy.RESTORE, After.ATTACHED, 0, 24) {
    @Override
    void make(Setup setup) {
      attached(setup);
      setup.cloud.removeBinding(zone(setup), setup.network);
      setup.settle();
    }

    @Override
    boolean concerns(CloudProvider flavour) {
      return flavour == CloudProvider.ALICLOUD;
    }
  },
  RECORD_REMOVED_BY_HAND(DriftCode.RECORD_MISSING, Remedy.RESTORE, After.ATTACHED, 10, 12) {
    @Override
    void make(Setup setup) {
      attached(setup);
      setup.cloud.removeRecordOutOfBand(zone(setup), "*");
    }
  },
  RECORD_CHANGED_BY_HAND(DriftCode.RECORD_CHANGED, Remedy.RESTORE, After.ATTACHED, 10, 13) {
    @Override
    void make(Setup setup) {
      attached(setup);
      setup.cloud.editRecordOutOfBand(zone(setup), "*", "elsewhere.example.com");
    }
  },
  ENDPOINT_VANISHED(DriftCode.ORPHAN_ZONE, Remedy.REMOVE, After.DELETED, 10, 12) {
    @Override
    void make(Setup setup) {
      attached(setup);
      setup.cloud.vanish(endpoint(setup));
    }
  },
  ENDPOINT_VANISHED_DURING_AN_ATTACH(DriftCode.ORPHAN_ZONE, Remedy.REMOVE, After.DELETED, 10, 10) {
    @Override
    void make(Setup setup) {
      PrivateLinkConnection link = setup.active();
      dies(setup, Operation.PUT_RECORDS, () -> attach(setup, link));
      setup.cloud.vanish(endpoint(setup));
    }
  };

  private static final DomainRequest MANAGED = DomainRequest.managed();

  final DriftCode code;
  final Remedy remedy;
  private final After after;
  private final int callsOnAws;
  private final int callsOnAlicloud;

  /** What there is when all is well again. */
  private enum After {
    ATTACHED,
    DETACHED,
    DELETED
  }

  Disorder(DriftCode code, Remedy remedy, After after, int callsOnAws, int callsOnAlicloud) {
    this.code = code;
    this.remedy = remedy;
    this.after = after;
    this.callsOnAws = callsOnAws;
    this.callsOnAlicloud = callsOnAlicloud;
  }

  /** {@return how many calls a new client makes to mend it, its look included} */
  int calls(CloudProvider flavour) {
    return flavour == CloudProvider.AWS ? callsOnAws : callsOnAlicloud;
  }

  abstract void make(Setup setup);

  boolean concerns(CloudProvider flavour) {
    return true;
  }

  /** Each kind on each cloud that has it. */
  static Stream<Arguments> everywhere() {
    return Setup.flavours()
        .flatMap(
            flavour ->
                Arrays.stream(values())
                    .filter(disorder -> disorder.concerns(flavour))
                    .map(disorder -> Arguments.of(flavour, disorder)));
  }

  /** Those of a connection that is there. */
  static Stream<Arguments> ofConnections() {
    return everywhere()
        .filter(arguments -> ((Disorder) arguments.get()[1]).code != DriftCode.ORPHAN_ZONE);
  }

  /** Whether there is a connection when it is mended. */
  boolean leavesTheConnection() {
    return after != After.DELETED;
  }

  void assertMended(Setup setup) {
    setup.time.advance(Duration.ofMinutes(20));
    switch (after) {
      case DELETED -> {
        assertThat(setup.cloud.leftovers()).isEmpty();
        assertThat(setup.cloud.endpoints()).isEmpty();
      }
      case DETACHED -> {
        assertThat(setup.cloud.zones()).isEmpty();
        assertThat(setup.cloud.endpoints()).hasSize(1);
        assertThat(onlyLink(setup).domains()).isEmpty();
      }
      case ATTACHED -> {
        assertThat(setup.cloud.endpoints()).hasSize(1);
        assertThat(onlyLink(setup).domains()).hasSize(1);
        String apex = setup.cloud.zones().get(0).name();
        assertThat(setup.cloud.zones()).hasSize(1);
        for (String name : List.of("b.", "b." + setup.zoneIds()[0] + ".")) {
          assertThat(setup.cloud.resolve(setup.network, name + apex).leadsToEndpoint()).isTrue();
        }
        assertThat(setup.cloud.records(setup.cloud.zones().get(0).id())).hasSize(4);
      }
    }
  }

  private static PrivateLinkConnection onlyLink(Setup setup) {
    List<PrivateLinkConnection> links = setup.client().listAll(Setup.CLUSTER).toList();
    assertThat(links).hasSize(1);
    return links.get(0);
  }

  // --- the ways into disorder ---

  static DomainAttachment attached(Setup setup) {
    DomainAttachment domain = attach(setup, setup.active());
    setup.settle();
    return domain;
  }

  private static DomainAttachment attach(Setup setup, PrivateLinkConnection link) {
    return setup.client().attachDomain(link, MANAGED);
  }

  private static void detach(Setup setup, DomainAttachment domain) {
    setup.client().detachDomain(link(setup, domain), domain.id());
  }

  private static PrivateLinkConnection link(Setup setup, DomainAttachment domain) {
    return setup.client().get(ConnectionRef.of(Setup.CLUSTER, domain.connectionId()));
  }

  static String zone(Setup setup) {
    return setup.cloud.zones().get(0).id();
  }

  static String endpoint(Setup setup) {
    return setup.cloud.endpoints().get(0).id();
  }

  /** The process dies after the first call of an operation that the cloud carries out. */
  static void dies(Setup setup, Operation after, Runnable work) {
    setup.cloud.faults().always(after, Fault.CRASH_AFTER);
    assertThatThrownBy(work::run).isInstanceOf(SimulatedCrash.class);
    setup.cloud.faults().clear();
    setup.settle();
  }
}
