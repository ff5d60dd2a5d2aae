package io.privatelink4j.aws;

import static io.privatelink4j.aws.BareAws.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.privatelink4j.testing.Assumption;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeInfo;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.route53.model.Route53Exception;

/** What Route 53's documentation says of records and batches of changes. */
class FakeAwsRecordsTest {
  private static final String APEX = "x.example.com";

  private BareAws aws = new BareAws();
  private String zone = aws.createZone(APEX);

  @AfterEach
  void close() {
    aws.close();
  }

  private static Change change(
      String action, String name, String type, long ttl, String... values) {
    return Change.builder()
        .action(action)
        .resourceRecordSet(
            set ->
                set.name(name)
                    .type(type)
                    .ttl(ttl)
                    .resourceRecords(
                        Arrays.stream(values)
                            .map(value -> ResourceRecord.builder().value(value).build())
                            .toList()))
        .build();
  }

  private static Change cname(String action, String name, String value) {
    return change(action, name, "CNAME", 60, value);
  }

  private ChangeInfo send(Change... changes) {
    return send(List.of(changes));
  }

  private ChangeInfo send(List<Change> changes) {
    return aws.route53
        .changeResourceRecordSets(
            request -> request.hostedZoneId(zone).changeBatch(batch -> batch.changes(changes)))
        .changeInfo();
  }

  /** The records that are ours. */
  private List<ResourceRecordSet> records() {
    return list().resourceRecordSets().stream()
        .filter(set -> !List.of("NS", "SOA").contains(set.typeAsString()))
        .toList();
  }

  private ListResourceRecordSetsResponse list() {
    return aws.route53.listResourceRecordSets(request -> request.hostedZoneId(zone));
  }

  private List<String> names() {
    return records().stream().map(ResourceRecordSet::name).toList();
  }

  /** The SDK does not always parse this error's body. */
  private static void badBatch(ThrowingCallable call, String... texts) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Route53Exception.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(400);
              assertThat(e.awsErrorDetails().rawResponse().asString(StandardCharsets.UTF_8))
                  .contains("<InvalidChangeBatch")
                  .contains(texts);
            });
  }

  @Test
  void newZone_holdsNameServersAndAuthorityOnly() {
    assertThat(list().resourceRecordSets())
        .extracting(set -> set.name() + " " + set.typeAsString())
        .containsExactly("x.example.com. NS", "x.example.com. SOA");
  }

  @Test
  void names_comeBackInLowerCase_withADot_andTheAsteriskEscaped() {
    ChangeInfo info = send(cname("CREATE", "*.Use1-AZ1.X.example.com", "Target.example.com"));

    assertThat(info.statusAsString()).isEqualTo("PENDING");
    assertThat(names()).containsExactly("\\052.use1-az1.x.example.com.");
    assertThat(records().get(0).ttl()).isEqualTo(60);
  }

  @Test
  void creation_ofWhatIsThere_isRefused() {
    send(cname("CREATE", "a.x.example.com", "v"));

    badBatch(
        () -> send(cname("CREATE", "A.x.example.com.", "other")),
        "Tried to create resource record set [name='a.x.example.com.', type='CNAME']"
            + " but it already exists");
    badBatch(
        () ->
            send(cname("CREATE", "b.x.example.com", "v"), cname("CREATE", "b.x.example.com", "v")),
        "but it already exists");
  }

  @Test
  void upsert_createsAndOverwritesWithoutAWord() {
    send(cname("UPSERT", "a.x.example.com", "v"));
    send(cname("UPSERT", "a.x.example.com", "w"));

    assertThat(records()).hasSize(1);
    assertThat(records().get(0).resourceRecords().get(0).value()).isEqualTo("w");
  }

  @Test
  void deletion_ofWhatIsNotThere_isRefused() {
    badBatch(
        () -> send(cname("DELETE", "a.x.example.com", "v")),
        "Tried to delete resource record set [name='a.x.example.com.', type='CNAME']"
            + " but it was not found");
  }

  @Test
  void deletion_mustRepeatTheRecord() {
    send(cname("CREATE", "a.x.example.com", "v.example.com"));

    String message = "but the values provided do not match the current values";
    badBatch(() -> send(cname("DELETE", "a.x.example.com", "w.example.com")), message);
    badBatch(
        () -> send(change("DELETE", "a.x.example.com", "CNAME", 61, "v.example.com")), message);
    send(cname("DELETE", "A.x.example.com.", "v.example.com."));
    assertThat(records()).isEmpty();
  }

  @Test
  void deletion_mustRepeatEveryValue() {
    send(change("CREATE", "a.x.example.com", "A", 60, "10.0.0.1", "10.0.0.2"));

    badBatch(() -> send(change("DELETE", "a.x.example.com", "A", 60, "10.0.0.1")), "do not match");
    send(change("DELETE", "a.x.example.com", "A", 60, "10.0.0.2", "10.0.0.1"));
    assertThat(records()).isEmpty();
  }

  @Test
  void batch_isCarriedOutAsAWholeOrNotAtAll_andTellsAllThatIsWrong() {
    badBatch(
        () ->
            send(
                cname("CREATE", "good.x.example.com", "v"),
                cname("DELETE", "missing.x.example.com", "v"),
                cname("CREATE", "elsewhere.example.com", "v")),
        "missing.x.example.com.",
        "RRSet with DNS name elsewhere.example.com. is not permitted in zone x.example.com.");

    assertThat(records()).isEmpty();
  }

  @Test
  void batch_canReplaceARecordByOneOfAnotherType() {
    send(cname("CREATE", "a.x.example.com", "v"));
    send(
        cname("DELETE", "a.x.example.com", "v"),
        change("CREATE", "a.x.example.com", "A", 60, "10.0.0.1"));

    assertThat(records()).extracting(ResourceRecordSet::typeAsString).containsExactly("A");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CREATE", "UPSERT"})
  void cname_isNotPermittedAtTheApex(String action) {
    badBatch(
        () -> send(cname(action, APEX, "v")),
        "RRSet of type CNAME with DNS name x.example.com. is not permitted at apex in zone"
            + " x.example.com.");
  }

  @Test
  void otherTypes_arePermittedAtTheApex() {
    send(change("CREATE", APEX, "A", 60, "10.0.0.1"));

    assertThat(names()).containsExactly("x.example.com.");
  }

  @Test
  void cname_cannotShareItsName() {
    send(
        cname("CREATE", "c.x.example.com", "v"),
        change("CREATE", "t.x.example.com", "TXT", 60, "\"text\""));

    badBatch(
        () -> send(cname("UPSERT", "t.x.example.com", "v")),
        "is not permitted as it conflicts with other records with the same DNS name in zone");
    badBatch(
        () -> send(change("UPSERT", "c.x.example.com", "TXT", 60, "\"text\"")),
        "is not permitted because a conflicting RRSet of type CNAME with the same DNS name already"
            + " exists in zone");
  }

  @Test
  void cname_hasOneValue() {
    badBatch(() -> send(change("CREATE", "a.x.example.com", "CNAME", 60, "v", "w")), "one value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"example.com", "ax.example.com", "a.y.example.com"})
  void names_outsideTheZone_areNotPermitted(String name) {
    badBatch(() -> send(cname("CREATE", name, "v")), "is not permitted in zone x.example.com.");
  }

  @ParameterizedTest
  @CsvSource({"*.x.example.com, true", "*a.x.example.com, false", "a*.x.example.com, false"})
  void asterisk_mustBeTheWholeLeftmostLabel(String name, boolean fine) {
    if (fine) {
      send(cname("CREATE", name, "v"));
    } else {
      badBatch(() -> send(cname("CREATE", name, "v")), "is not valid");
    }
    assertThat(records()).hasSize(fine ? 1 : 0);
  }

  @Test
  void zonesOwnRecords_cannotBeDeleted() {
    List<ResourceRecordSet> own = list().resourceRecordSets();

    for (ResourceRecordSet set : own) {
      badBatch(
          () -> send(Change.builder().action("DELETE").resourceRecordSet(set).build()),
          "must contain its SOA and NS records");
    }
    assertThat(list().resourceRecordSets()).isEqualTo(own);
  }

  @Test
  void batch_hasAtMost1000Records_andAnUpsertCountsTwice() {
    refusedBatch("UPSERT", 501);
    send(many("UPSERT", 500));
    send(many("DELETE", 500));
    refusedBatch("CREATE", 1_001);
    send(many("CREATE", 1_000));

    assertThat(aws.route53.getHostedZone(r -> r.id(zone)).hostedZone().resourceRecordSetCount())
        .isEqualTo(1_002);
  }

  private void refusedBatch(String action, int count) {
    badBatch(() -> send(many(action, count)), "limit of 1000");
  }

  private static List<Change> many(String action, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> cname(action, "r" + i + ".x.example.com", "v"))
        .toList();
  }

  @Test
  void batch_hasAtMost32000CharactersOfValues_andAnUpsertCountsTwice() {
    send(change("CREATE", "a.x.example.com", "TXT", 60, texts(8)));

    badBatch(
        () -> send(change("CREATE", "b.x.example.com", "TXT", 60, texts(9))), "limit of 32000");
    badBatch(
        () -> send(change("UPSERT", "a.x.example.com", "TXT", 60, texts(8))), "limit of 32000");
    assertThat(names()).containsExactly("a.x.example.com.");
  }

  private static String[] texts(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"" + i + "x".repeat(3_997) + "\"")
        .toArray(String[]::new);
  }

  @Test
  void emptyBatch_isInvalid() {
    refused(() -> send(), "InvalidInput");
  }

  @Test
  void ttl_isRequiredAndNotNegative() {
    refused(() -> send(change("CREATE", "a.x.example.com", "CNAME", -1, "v")), "InvalidInput");
    refused(
        () ->
            send(
                Change.builder()
                    .action("CREATE")
                    .resourceRecordSet(
                        set ->
                            set.name("a.x.example.com")
                                .type("CNAME")
                                .resourceRecords(ResourceRecord.builder().value("v").build()))
                    .build()),
        "InvalidInput");
  }

  @Test
  void changes_ofOneZoneOverlapUnlessAssumedOtherwise() {
    send(cname("CREATE", "a.x.example.com", "v"));
    send(cname("CREATE", "b.x.example.com", "v"));
    assertThat(records()).hasSize(2);

    with(Assumption.CHANGES_REFUSED_FOR_1S);
    String other = aws.createZone("y.example.com");
    send(cname("CREATE", "a.x.example.com", "v"));
    refused(() -> send(cname("CREATE", "b.x.example.com", "v")), "PriorRequestNotComplete");
    refused(() -> aws.route53.deleteHostedZone(r -> r.id(zone)), "PriorRequestNotComplete");
    aws.route53.deleteHostedZone(r -> r.id(other));
    aws.pass(Duration.ofSeconds(1));
    send(cname("CREATE", "b.x.example.com", "v"));
    assertThat(records()).hasSize(2);
  }

  private void with(Assumption assumption) {
    aws.close();
    aws = new BareAws(assumption);
    zone = aws.createZone(APEX);
  }

  @Test
  void zoneWithRecords_cannotBeDeleted() {
    send(cname("CREATE", "a.x.example.com", "v"));

    refused(() -> aws.route53.deleteHostedZone(r -> r.id(zone)), "HostedZoneNotEmpty");
    send(cname("DELETE", "a.x.example.com", "v"));
    aws.route53.deleteHostedZone(r -> r.id(zone));
    assertThat(aws.fake.zoneCount()).isZero();
  }

  // Lists

  @Test
  void list_isSortedByLabelsFromTheRight_theDotAtTheEndIncluded() {
    send(
        cname("CREATE", "a.x.example.com", "v"),
        cname("CREATE", "a-b.x.example.com", "v"),
        cname("CREATE", "z.a.x.example.com", "v"),
        cname("CREATE", "*.x.example.com", "v"));

    assertThat(names())
        .containsExactly(
            "\\052.x.example.com.", "a-b.x.example.com.", "a.x.example.com.", "z.a.x.example.com.");
  }

  @Test
  void list_hasPagesOf300_andTellsWhereTheNextBegins() {
    send(many("CREATE", 400));
    ListResourceRecordSetsResponse first =
        aws.route53.listResourceRecordSets(r -> r.hostedZoneId(zone).maxItems("500"));
    ListResourceRecordSetsResponse second =
        aws.route53.listResourceRecordSets(
            r ->
                r.hostedZoneId(zone)
                    .startRecordName(first.nextRecordName())
                    .startRecordType(first.nextRecordType()));

    assertThat(first.resourceRecordSets()).hasSize(300);
    assertThat(first.isTruncated()).isTrue();
    assertThat(second.isTruncated()).isFalse();
    List<String> all = new ArrayList<>();
    first.resourceRecordSets().forEach(set -> all.add(set.name() + set.typeAsString()));
    second.resourceRecordSets().forEach(set -> all.add(set.name() + set.typeAsString()));
    assertThat(all).hasSize(402).doesNotHaveDuplicates();
  }

  @Test
  void list_withATypeButNoName_isInvalid() {
    refused(
        () ->
            aws.route53.listResourceRecordSets(r -> r.hostedZoneId(zone).startRecordType("CNAME")),
        "InvalidInput");
  }

  @Test
  void elements_thatAreNotKnown_areRefused() {
    refused(
        () ->
            send(
                Change.builder()
                    .action("CREATE")
                    .resourceRecordSet(
                        set ->
                            set.name("a.x.example.com")
                                .type("CNAME")
                                .ttl(60L)
                                .setIdentifier("one")
                                .weight(1L)
                                .resourceRecords(ResourceRecord.builder().value("v").build()))
                    .build()),
        "InvalidInput");
  }
}
