package io.privatelink4j.aws;

import static io.privatelink4j.aws.BareAws.refused;
import static io.privatelink4j.aws.BareAws.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.privatelink4j.testing.Assumption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.DeleteVpcEndpointsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcEndpointsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/** What EC2's documentation says of endpoints that are there: states, reads, tags, deletion. */
class FakeAwsEndpointsTest {
  private static final String MISSING = "vpce-0123456789abcdef0";

  private BareAws aws = new BareAws();

  @AfterEach
  void close() {
    aws.close();
  }

  private void with(Assumption... position) {
    aws.close();
    aws = new BareAws(position);
  }

  private String create(boolean acceptance) {
    return aws.create(aws.endpoint(aws.service(acceptance))).vpcEndpointId();
  }

  // States

  @Test
  void states_areWrittenInCamelCase_andGoFromAcceptanceThroughPendingToAvailable() {
    String id = create(true);
    List<String> seen = new ArrayList<>(List.of(aws.state(id)));
    aws.pass(Duration.ofDays(30));
    seen.add(aws.state(id));
    aws.fake.accept(id);
    seen.add(aws.state(id));
    aws.pass(FakeWorld.BUILDING);
    seen.add(aws.state(id));

    assertThat(seen)
        .containsExactly("pendingAcceptance", "pendingAcceptance", "pending", "available");
  }

  @Test
  void endpoint_whoseServiceAcceptsByItself_beginsPending() {
    VpcEndpoint made = aws.create(aws.endpoint(aws.service(false)));

    assertThat(made.stateAsString()).isEqualTo("pending");
    assertThat(made.ownerId()).isEqualTo(FakeWorld.ACCOUNT);
    aws.pass(FakeWorld.BUILDING);
    assertThat(aws.state(made.vpcEndpointId())).isEqualTo("available");
  }

  @Test
  void building_goesThroughPartialIfAssumed() {
    with(Assumption.PARTIAL_WHILE_BUILDING);
    String id = create(false);
    aws.pass(FakeWorld.BUILDING.dividedBy(2));

    assertThat(aws.state(id)).isEqualTo("partial");
  }

  @Test
  void owner_canRejectBeforeAndAfterAvailable() {
    String waiting = create(true);
    String available = create(false);
    aws.pass(FakeWorld.BUILDING);
    aws.fake.reject(waiting);
    aws.fake.reject(available);

    assertThat(aws.state(waiting)).isEqualTo("rejected");
    assertThat(aws.state(available)).isEqualTo("rejected");
    assertThatThrownBy(() -> aws.fake.accept(waiting)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void rejection_isReversibleIfAssumed() {
    with(Assumption.REJECTION_REVERSIBLE);
    String id = create(true);
    aws.fake.reject(id);
    aws.fake.accept(id);

    assertThat(aws.state(id)).isEqualTo("pending");
  }

  @Test
  void endpointOfADeletedService_isRejected() {
    String service = aws.service(false);
    String id = aws.create(aws.endpoint(service)).vpcEndpointId();
    aws.fake.deleteService(service);

    assertThat(aws.state(id)).isEqualTo("rejected");
  }

  @Test
  void endpoint_thatNobodyAccepts_expiresOnceItDoes() {
    String id = create(true);
    aws.fake.expire(id);

    assertThat(aws.state(id)).isEqualTo("expired");
  }

  @Test
  void failedEndpoint_tellsItsLastError() {
    String id = create(false);
    aws.fake.fail(id, "no capacity");

    assertThat(aws.state(id)).isEqualTo("failed");
    assertThat(aws.read(id).lastError().message()).isEqualTo("no capacity");
  }

  @Test
  void modification_makesTheEndpointPendingOnceMore() {
    String id = create(false);
    aws.pass(FakeWorld.BUILDING);
    aws.fake.modify(id);

    assertThat(aws.state(id)).isEqualTo("pending");
    aws.pass(FakeWorld.BUILDING);
    assertThat(aws.state(id)).isEqualTo("available");
  }

  // Reads

  @ParameterizedTest
  @CsvSource({
    MISSING + ", InvalidVpcEndpointId.NotFound",
    "vpce-xyz, InvalidVpcEndpointId.Malformed"
  })
  void idThatIsNotThere_failsTheWholeCall(String missing, String code) {
    String id = create(false);

    refused(
        () -> aws.ec2.describeVpcEndpoints(request -> request.vpcEndpointIds(id, missing)), code);
  }

  @Test
  void idFilter_answersEmptyForWhatIsNotThere() {
    assertThat(aws.filtered("vpc-endpoint-id", MISSING)).isEmpty();
  }

  @Test
  void readById_doesNotKeepTheOrderOfTheRequest() {
    List<String> ids = new ArrayList<>(List.of(create(false), create(false), create(false)));
    Collections.sort(ids);
    Collections.reverse(ids);

    assertThat(ids(aws.ec2.describeVpcEndpoints(request -> request.vpcEndpointIds(ids))))
        .containsExactlyInAnyOrderElementsOf(ids)
        .isNotEqualTo(ids);
  }

  private static List<String> ids(DescribeVpcEndpointsResponse answer) {
    return answer.vpcEndpoints().stream().map(VpcEndpoint::vpcEndpointId).toList();
  }

  @Test
  void readById_takesFiltersToo_butNoPages() {
    String id = aws.tagged("k", "v");

    assertThat(
            ids(
                aws.ec2.describeVpcEndpoints(
                    request -> request.vpcEndpointIds(id).filters(BareAws.filter("tag:k", "w")))))
        .isEmpty();
    refused(
        () -> aws.ec2.describeVpcEndpoints(request -> request.vpcEndpointIds(id).maxResults(10)),
        "InvalidParameterCombination");
  }

  @Test
  void readById_takesAtMost1000Ids() {
    List<String> ids = Collections.nCopies(1_001, MISSING);

    refused(
        () -> aws.ec2.describeVpcEndpoints(request -> request.vpcEndpointIds(ids)),
        "InvalidParameterValue");
  }

  @Test
  void pages_followEachOtherByTokensOfTheSameQuestion() {
    List<String> ids = List.of(create(false), create(false), create(false));
    DescribeVpcEndpointsResponse first =
        aws.ec2.describeVpcEndpoints(request -> request.maxResults(2));
    DescribeVpcEndpointsResponse second =
        aws.ec2.describeVpcEndpoints(request -> request.maxResults(2).nextToken(first.nextToken()));

    assertThat(second.nextToken()).isNull();
    List<String> all = new ArrayList<>(ids(first));
    all.addAll(ids(second));
    assertThat(all).containsExactlyInAnyOrderElementsOf(ids);
    refused(
        () -> aws.ec2.describeVpcEndpoints(request -> request.nextToken("forged")),
        "InvalidNextToken");
    refused(
        () ->
            aws.ec2.describeVpcEndpoints(
                request ->
                    request.filters(BareAws.filter("tag:k", "v")).nextToken(first.nextToken())),
        "InvalidNextToken");
  }

  @Test
  void pageSize_above1000IsCut_andBelow1Refused() {
    create(false);

    assertThat(ids(aws.ec2.describeVpcEndpoints(request -> request.maxResults(5_000)))).hasSize(1);
    refused(
        () -> aws.ec2.describeVpcEndpoints(request -> request.maxResults(0)),
        "InvalidParameterValue");
  }

  @Test
  void filters_areTheDocumentedOnes() {
    String id = aws.tagged("k", "v");
    VpcEndpoint endpoint = aws.read(id);

    assertThat(aws.filtered("tag:k", "v")).containsExactly(id);
    assertThat(aws.filtered("tag-key", "k")).containsExactly(id);
    assertThat(aws.filtered("service-name", endpoint.serviceName())).containsExactly(id);
    assertThat(aws.filtered("service-region", "us-west-2")).containsExactly(id);
    assertThat(aws.filtered("vpc-id", endpoint.vpcId())).containsExactly(id);
    assertThat(aws.filtered("vpc-endpoint-id", MISSING, id)).containsExactly(id);
    assertThat(aws.filtered("vpc-endpoint-state", "pending")).containsExactly(id);
    assertThat(aws.filtered("vpc-endpoint-type", "Interface")).containsExactly(id);
    assertThat(aws.filtered("ip-address-type", "ipv4")).containsExactly(id);
    refused(() -> aws.filtered("state", "pending"), "InvalidFilter");
  }

  @Test
  void filters_mustAllMatch() {
    String id = aws.tagged("k", "v");

    assertThat(
            ids(
                aws.ec2.describeVpcEndpoints(
                    request ->
                        request.filters(
                            BareAws.filter("tag:k", "v"),
                            BareAws.filter("vpc-endpoint-id", MISSING)))))
        .isEmpty();
    assertThat(aws.filtered("tag:k", "v")).containsExactly(id);
  }

  @ParameterizedTest
  @CsvSource({
    "aBc, true",
    "abc, false",
    "a*, true",
    "*B*, true",
    "?Bc, true",
    "?c, false",
    "a\\*, false",
    "b*, false"
  })
  void filterValues_areCaseSensitivePatterns(String value, boolean found) {
    aws.tagged("k", "aBc");

    assertThat(aws.filtered("tag:k", value)).hasSize(found ? 1 : 0);
  }

  @Test
  void filterValue_withABackslash_isLiteral() {
    String id = aws.tagged("k", "a*?");
    aws.tagged("k", "abc");

    assertThat(aws.filtered("tag:k", "a\\*\\?")).containsExactly(id);
  }

  @Test
  void filters_haveTheirLimits() {
    String[] values = IntStream.range(0, 201).mapToObj(i -> "v" + i).toArray(String[]::new);
    List<Filter> filters =
        IntStream.range(0, 51).mapToObj(i -> BareAws.filter("tag:k" + i, "v")).toList();

    assertThat(aws.filtered("tag:k", Arrays.copyOf(values, 200))).isEmpty();
    refused(() -> aws.filtered("tag:k", values), "FilterLimitExceeded");
    refused(() -> aws.filtered("tag:k", "v".repeat(256)), "FilterLimitExceeded");
    refused(
        () -> aws.ec2.describeVpcEndpoints(request -> request.filters(filters)),
        "FilterLimitExceeded");
  }

  // What reads show late, as far as it is assumed

  @Test
  void newEndpoint_isNotFoundByIdForAWhileIfAssumed() {
    with(Assumption.FRESH_ENDPOINT_MISSING_3S);
    String id = create(false);

    refused(() -> aws.read(id), "InvalidVpcEndpointId.NotFound");
    refused(() -> putTag(id, "k", "v"), "InvalidVpcEndpointId.NotFound");
    assertThat(delete(id).unsuccessful()).hasSize(1);
    aws.pass(Duration.ofSeconds(3));
    assertThat(aws.state(id)).isEqualTo("pending");
  }

  @Test
  void filters_showEndpointsStatesAndTagsLateIfAssumed() {
    with(Assumption.FILTER_LAG_2S);
    String id = aws.tagged("k", "v");

    assertThat(aws.filtered("tag:k", "v")).isEmpty();
    aws.pass(Duration.ofSeconds(2));
    assertThat(aws.filtered("tag:k", "v")).containsExactly(id);
    putTag(id, "k", "w");
    assertThat(aws.filtered("tag:k", "w")).isEmpty();
    assertThat(tags(id)).containsExactly(tag("k", "w"));
    aws.pass(Duration.ofSeconds(2));
    assertThat(aws.filtered("tag:k", "w")).containsExactly(id);
  }

  @Test
  void readsById_showTagsLateIfAssumed() {
    with(Assumption.LABEL_LAG_2S);
    String id = aws.tagged("k", "v");
    putTag(id, "k", "w");

    assertThat(tags(id)).containsExactly(tag("k", "v"));
    aws.pass(Duration.ofSeconds(2));
    assertThat(tags(id)).containsExactly(tag("k", "w"));
  }

  // Tags

  private void putTag(String id, String key, String value) {
    aws.ec2.createTags(request -> request.resources(id).tags(tag(key, value)));
  }

  private List<Tag> tags(String id) {
    return aws.read(id).tags();
  }

  @Test
  void tags_areAddedOrReplaced_andKeysAreCaseSensitive() {
    String id = aws.tagged("k", "v");
    putTag(id, "K", "other");
    putTag(id, "k", "new");

    assertThat(tags(id)).containsExactlyInAnyOrder(tag("K", "other"), tag("k", "new"));
  }

  @Test
  void tags_areLimitedTo50InAll() {
    String id = aws.tagged("k", "v");
    List<Tag> more = IntStream.range(0, 50).mapToObj(i -> tag("k" + i, "v")).toList();

    refused(
        () -> aws.ec2.createTags(request -> request.resources(id).tags(more)), "TagLimitExceeded");
    assertThat(tags(id)).hasSize(1);
    aws.ec2.createTags(request -> request.resources(id).tags(more.subList(0, 49)));
    assertThat(tags(id)).hasSize(50);
  }

  @Test
  void tagging_ofWhatIsNotThere_fails() {
    refused(() -> putTag(MISSING, "k", "v"), "InvalidVpcEndpointId.NotFound");
    refused(() -> putTag("nonsense", "k", "v"), "InvalidID");
  }

  @Test
  void deleteTags_withAValue_removesThatValueOnly() {
    String id = aws.tagged("k", "v");
    aws.ec2.deleteTags(request -> request.resources(id).tags(tag("k", "other")));
    assertThat(tags(id)).hasSize(1);
    aws.ec2.deleteTags(request -> request.resources(id).tags(tag("k", "")));
    assertThat(tags(id)).hasSize(1);
    aws.ec2.deleteTags(request -> request.resources(id).tags(tag("k", "v")));

    assertThat(tags(id)).isEmpty();
  }

  @Test
  void deleteTags_withoutAValue_removesWhateverItIs() {
    String id = aws.tagged("k", "v");
    aws.ec2.deleteTags(request -> request.resources(id).tags(Tag.builder().key("k").build()));

    assertThat(tags(id)).isEmpty();
  }

  @Test
  void deleteTags_withoutTags_removesAllOfThem() {
    String id = aws.tagged("k", "v");
    putTag(id, "l", "v");
    aws.ec2.deleteTags(request -> request.resources(id));

    assertThat(tags(id)).isEmpty();
  }

  // Deletion

  private DeleteVpcEndpointsResponse delete(String... ids) {
    return aws.ec2.deleteVpcEndpoints(request -> request.vpcEndpointIds(ids));
  }

  @Test
  void deletion_succeedsAsAWhole_andTellsEachItemThatFailed() {
    String id = create(false);

    DeleteVpcEndpointsResponse answer = delete(MISSING, id);

    assertThat(answer.unsuccessful())
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.resourceId()).isEqualTo(MISSING);
              assertThat(item.error().code()).isEqualTo("InvalidVpcEndpoint.NotFound");
            });
    assertThat(aws.state(id)).isEqualTo("deleting");
  }

  @Test
  void deletion_withoutFailures_hasNoUnsuccessfulItems() {
    assertThat(delete(create(false)).unsuccessful()).isEmpty();
  }

  @Test
  void deletedEndpoint_isDeletingThenDeletedThenNotFound() {
    String id = create(false);
    delete(id);
    assertThat(aws.state(id)).isEqualTo("deleting");
    aws.pass(FakeWorld.DELETING);
    assertThat(aws.state(id)).isEqualTo("deleted");
    assertThat(delete(id).unsuccessful()).hasSize(1);
    aws.pass(Duration.ofSeconds(60));

    refused(() -> aws.read(id), "InvalidVpcEndpointId.NotFound");
    assertThat(delete(id).unsuccessful()).hasSize(1);
  }

  @Test
  void deletingAndDeletedEndpoints_stillMatchTagFilters() {
    String id = aws.tagged("k", "v");
    delete(id);
    assertThat(aws.filtered("tag:k", "v")).containsExactly(id);
    aws.pass(FakeWorld.DELETING);

    assertThat(aws.filtered("tag:k", "v")).containsExactly(id);
    assertThat(aws.filtered("vpc-endpoint-state", "deleted")).containsExactly(id);
  }

  @Test
  void deletion_isSeenLateIfAssumed() {
    with(Assumption.DELETION_SEEN_AFTER_3S);
    String id = create(false);
    delete(id);

    assertThat(aws.state(id)).isEqualTo("pending");
    aws.pass(Duration.ofSeconds(3));
    assertThat(aws.state(id)).isEqualTo("deleting");
  }

  @ParameterizedTest
  @CsvSource({"DELETED_LISTED_0S, 0, 1", "DELETED_LISTED_1H, 3500, 3600"})
  void deletedEndpoint_isListedAsLongAsAssumed(Assumption length, long seen, long gone) {
    with(length);
    String id = aws.tagged("k", "v");
    delete(id);
    aws.pass(FakeWorld.DELETING.minusNanos(1));
    assertThat(aws.filtered("tag:k", "v")).containsExactly(id);
    aws.pass(Duration.ofNanos(1).plusSeconds(seen));
    assertThat(aws.filtered("tag:k", "v")).hasSize(seen == 0 ? 0 : 1);
    aws.pass(Duration.ofSeconds(gone - seen));

    assertThat(aws.filtered("tag:k", "v")).isEmpty();
  }
}
