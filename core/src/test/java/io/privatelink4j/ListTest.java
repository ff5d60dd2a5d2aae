package io.privatelink4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.privatelink4j.exception.AccessDeniedException;
import io.privatelink4j.exception.InUseException;
import io.privatelink4j.exception.NotFoundException;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ClusterNetwork;
import io.privatelink4j.model.ConnectionPage;
import io.privatelink4j.model.ConnectionState;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.ListRequest;
import io.privatelink4j.model.PrivateLinkConnection;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.testing.Fault;
import io.privatelink4j.testing.InMemoryCloud;
import io.privatelink4j.testing.OwnedService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lists, and deletions that somebody uses or that take longer than their caller waits. */
class ListTest {
  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
  private static final Comparator<PrivateLinkConnection> ORDER =
      Comparator.comparing(PrivateLinkConnection::createTime)
          .thenComparing(PrivateLinkConnection::id);

  private static List<PrivateLinkConnection> createSome(Setup setup, int count) {
    List<PrivateLinkConnection> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(setup.links.create(setup.request().displayName("link " + i).build()));
      if (i % 3 == 0) {
        setup.time.advance(Duration.ofSeconds(7));
      }
    }
    setup.settle();
    return all;
  }

  // --- pages ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void emptyList_isOnePage(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      ConnectionPage page = setup.links.list(ListRequest.of(Setup.CLUSTER));

      assertThat(page).isEqualTo(new ConnectionPage(List.of(), Optional.empty(), 0));
      assertThat(setup.links.listAll(Setup.CLUSTER)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void list_isInOrderOfCreation_onPagesOfAnySize(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      setup.directory.put("other", List.of(setup.network));
      setup.links.create(setup.request().clusterId("other").build());
      List<String> expected =
          createSome(setup, 7).stream().sorted(ORDER).map(PrivateLinkConnection::id).toList();

      for (int limit : new int[] {1000, 3, 1}) {
        setup.cloud.limitPages(limit);
        for (int size : new int[] {1, 2, 3, 7, 8, 1000}) {
          List<String> seen = new ArrayList<>();
          int pages = 0;
          ListRequest request = ListRequest.of(Setup.CLUSTER).withPageSize(size);
          Optional<String> token = Optional.empty();
          do {
            ConnectionPage page =
                setup.links.list(token.map(request::withPageToken).orElse(request));
            assertThat(page.totalSize()).isEqualTo(7);
            assertThat(page.connections()).hasSizeLessThanOrEqualTo(size).isNotEmpty();
            page.connections().forEach(c -> seen.add(c.id()));
            token = page.nextPageToken();
            pages++;
          } while (token.isPresent());
          assertThat(seen).as("page size %d", size).isEqualTo(expected);
          assertThat(pages).isEqualTo((7 + size - 1) / size);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void pages_neitherRepeatNorSkip_whileConnectionsComeAndGo(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      createSome(setup, 8);
      ListRequest request = ListRequest.of(Setup.CLUSTER).withPageSize(2);
      List<PrivateLinkConnection> before =
          setup.links.list(ListRequest.of(Setup.CLUSTER)).connections();
      List<String> seen = new ArrayList<>();

      ConnectionPage first = setup.links.list(request);
      first.connections().forEach(c -> seen.add(c.id()));
      // One that was shown, the very one that the token names, and one to come.
      for (int gone : new int[] {0, 1, 4}) {
        setup.cloud.vanish(before.get(gone).endpointId());
      }
      setup.create();
      setup.settle();
      Optional<String> token = first.nextPageToken();
      while (token.isPresent()) {
        ConnectionPage page = setup.client().list(request.withPageToken(token.get()));
        page.connections().forEach(c -> seen.add(c.id()));
        token = page.nextPageToken();
        if (seen.size() == 4) {
          setup.create();
          setup.settle();
        }
      }

      assertThat(seen).doesNotHaveDuplicates();
      List<String> throughout = new ArrayList<>();
      for (int i : new int[] {2, 3, 5, 6, 7}) {
        throughout.add(before.get(i).id());
      }
      assertThat(seen).containsSubsequence(throughout);
      assertThat(seen).as("new ones come last").hasSize(2 + 5 + 2);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void stateFilter_keepsAndCountsOnlyThatState(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      List<PrivateLinkConnection> all = createSome(setup, 5);
      setup.service.accept(all.get(1).endpointId());
      setup.service.accept(all.get(3).endpointId());
      setup.settle();
      ListRequest request = ListRequest.of(Setup.CLUSTER);

      ConnectionPage active = setup.links.list(request.withState(ConnectionState.ACTIVE));
      assertThat(active.totalSize()).isEqualTo(2);
      assertThat(active.connections())
          .extracting(PrivateLinkConnection::id)
          .containsExactlyInAnyOrder(all.get(1).id(), all.get(3).id());
      assertThat(
              setup.links.list(request.withState(ConnectionState.PENDING_ACCEPTANCE)).totalSize())
          .isEqualTo(3);
      assertThat(setup.links.list(request.withState(ConnectionState.FAILED)).connections())
          .isEmpty();

      ListRequest small = request.withState(ConnectionState.PENDING_ACCEPTANCE).withPageSize(2);
      ConnectionPage first = setup.links.list(small);
      assertThat(first.totalSize()).isEqualTo(3);
      ConnectionPage second =
          setup.links.list(small.withPageToken(first.nextPageToken().orElseThrow()));
      assertThat(second.connections()).hasSize(1);
      assertThat(second.nextPageToken()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void deletedConnection_isListedAsDeleting_untilItIsGone(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.create();
      setup.settle();
      setup.links.delete(link);

      assertThat(setup.links.list(ListRequest.of(Setup.CLUSTER)).connections())
          .singleElement()
          .satisfies(c -> assertThat(c.state()).isEqualTo(ConnectionState.DELETING));
      setup.links.awaitDeleted(link, HALF_AN_HOUR);
      setup.settle();
      assertThat(setup.links.list(ListRequest.of(Setup.CLUSTER)).connections()).isEmpty();
      assertThatThrownBy(() -> setup.links.get(link)).isInstanceOf(NotFoundException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void listAll_readsPagesAsTheyAreConsumed(CloudProvider flavour) {
    InMemoryCloud cloud = InMemoryCloud.builder(flavour).endpointsPerVpc(2_000).build();
    ClusterNetwork network = cloud.network();
    OwnedService service = cloud.publish().allow(cloud.accountId());
    try (PrivateLinkClient links =
        PrivateLinkClient.builder()
            .provider(cloud)
            .time(cloud.time())
            .maxConnectionsPerCluster(2_000)
            .clusters(id -> List.of(network))
            .build()) {
      for (int i = 0; i < 1_001; i++) {
        links.create(
            CreateConnectionRequest.builder()
                .clusterId("c1")
                .displayName("link " + i)
                .type(service.type())
                .build());
      }
      cloud.manualTime().advance(Duration.ofMinutes(1));
      cloud.calls().clear();

      Stream<PrivateLinkConnection> all = links.listAll("c1");
      assertThat(cloud.calls().all()).as("nothing is read before it is wanted").isEmpty();
      assertThat(all.limit(5)).hasSize(5);
      assertThat(cloud.calls().count(Operation.LIST_ENDPOINTS))
          .as("one page of ours is two of the cloud's")
          .isEqualTo(2);

      cloud.calls().clear();
      List<PrivateLinkConnection> read = links.listAll("c1").toList();
      assertThat(read).hasSize(1_001).isSortedAccordingTo(ORDER);
      assertThat(read).extracting(PrivateLinkConnection::displayName).doesNotHaveDuplicates();
      assertThat(cloud.calls().count(Operation.LIST_ENDPOINTS)).isEqualTo(4);
    }
  }

  // --- deletions ---

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void delete_ofWhatIsUsed_namesTheUsers_unlessForced(CloudProvider flavour) {
    List<String> users = new ArrayList<>(List.of("changefeed cf-1", "job\n2"));
    try (Setup setup = new Setup(flavour, b -> b.usageCheck(ref -> List.copyOf(users)))) {
      PrivateLinkConnection link = setup.create();
      setup.settle();

      InUseException refusal =
          Refusal.unasked(setup, InUseException.class, () -> setup.links.delete(link));
      assertThat(refusal)
          .hasMessageContaining("is used by changefeed cf-1, job\\u000a2")
          .hasMessageContaining("stop that first, or use forceDelete");
      assertThat(refusal.details().resource()).contains(link.id());

      assertThat(setup.links.forceDelete(link).state()).isEqualTo(ConnectionState.DELETING);
      setup.links.awaitDeleted(link, HALF_AN_HOUR);
      assertThat(setup.cloud.leftovers()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void delete_ofWhatIsNotUsedAnyMore_goesOn(CloudProvider flavour) {
    List<String> users = new ArrayList<>(List.of("changefeed cf-1"));
    try (Setup setup = new Setup(flavour, b -> b.usageCheck(ref -> List.copyOf(users)))) {
      PrivateLinkConnection link = setup.create();
      setup.settle();
      assertThatThrownBy(() -> setup.links.delete(link)).isInstanceOf(InUseException.class);
      users.clear();

      setup.links.delete(link);
      assertThat(setup.cloud.leftovers()).isEmpty();
    }
  }

  /** A deletion that cannot end within its caller's patience. */
  private static PrivateLinkConnection deleteImpatiently(Setup setup, PrivateLinkConnection link) {
    if (setup.cloud.cloud() == CloudProvider.AWS) {
      setup.cloud.faults().always(Operation.DELETE_ENDPOINTS, Fault.THROTTLE);
    }
    return setup.links.withOperationTimeout(Duration.ofSeconds(10)).delete(link);
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void delete_thatTakesLonger_answersDeleting_andGoesOnInTheBackground(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.active();
      setup.links.attachDomain(link, DomainRequest.managed());
      setup.settle();

      PrivateLinkConnection answer = deleteImpatiently(setup, link);

      assertThat(answer.state()).isEqualTo(ConnectionState.DELETING);
      assertThat(setup.cloud.leftovers()).isNotEmpty();
      assertThat(setup.client().get(link).state()).isEqualTo(ConnectionState.DELETING);
      setup.time.advance(Duration.ofMinutes(2));
      setup.cloud.faults().clear();
      setup.time.advance(Duration.ofMinutes(20));
      assertThat(setup.cloud.leftovers()).isEmpty();
      assertThat(setup.cloud.endpoints()).isEmpty();
      int calls = setup.cloud.calls().size();
      setup.time.advance(Duration.ofHours(3));
      assertThat(setup.cloud.calls().size()).as("then it is over").isEqualTo(calls);
      assertThat(setup.time.pending()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void backgroundDeletion_endsWithItsClient_andAnyLaterDeleteGoesOn(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.create();
      setup.settle();
      deleteImpatiently(setup, link);
      setup.links.close();
      setup.cloud.faults().clear();
      int calls = setup.cloud.calls().size();
      setup.time.advance(Duration.ofHours(1));
      assertThat(setup.cloud.calls().size()).isEqualTo(calls);
      assertThat(setup.cloud.leftovers()).isNotEmpty();

      PrivateLinkClient other = setup.client();
      other.delete(link);
      other.awaitDeleted(link, HALF_AN_HOUR);
      assertThat(setup.cloud.leftovers()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void delete_thatNeedsSomebodysHelp_saysSo(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.create();
      setup.settle();
      setup.cloud.faults().always(Operation.DELETE_ENDPOINTS, Fault.DENIED);

      assertThatThrownBy(() -> setup.links.delete(link))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("Allow the action");
      setup.cloud.faults().clear();
      setup.links.delete(link);
      assertThat(setup.cloud.leftovers()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS", "ALICLOUD"})
  void delete_ofWhatIsDeletedAlready_isHarmless(CloudProvider flavour) {
    try (Setup setup = new Setup(flavour)) {
      PrivateLinkConnection link = setup.create();
      setup.settle();
      setup.links.delete(link);

      assertThat(setup.links.delete(link).state()).isEqualTo(ConnectionState.DELETING);
      assertThat(setup.client().delete(link).state()).isEqualTo(ConnectionState.DELETING);
      setup.links.awaitDeleted(link, HALF_AN_HOUR);
      setup.settle();
      for (PrivateLinkClient client : List.of(setup.links, setup.client())) {
        assertThatThrownBy(() -> client.delete(link)).isInstanceOf(NotFoundException.class);
      }
    }
  }
}
