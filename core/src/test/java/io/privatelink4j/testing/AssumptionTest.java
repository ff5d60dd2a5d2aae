package io.privatelink4j.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.spi.EndpointFilter;
import io.privatelink4j.testing.Assumption.Question;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AssumptionTest {

  @ParameterizedTest
  @EnumSource(Question.class)
  void everyQuestionHasOneDefaultAndAtLeastOneOtherPosition(Question question) {
    List<Assumption> positions = question.positions();

    assertThat(positions).hasSizeGreaterThan(1);
    assertThat(positions.stream().filter(Assumption::isDefault)).containsExactly(positions.get(0));
    assertThat(positions).allSatisfy(each -> assertThat(each.question()).isEqualTo(question));
  }

  @ParameterizedTest
  @EnumSource(Question.class)
  void everyQuestionConcernsACloud(Question question) {
    assertThat(question.concerns(CloudProvider.AWS) || question.concerns(CloudProvider.ALICLOUD))
        .isTrue();
    assertThat(question.concerns(CloudProvider.UNKNOWN)).isFalse();
  }

  @Test
  void thePositionsOfACloudAreAllButTheDefaultsOfItsQuestions() {
    for (CloudProvider cloud : List.of(CloudProvider.AWS, CloudProvider.ALICLOUD)) {
      List<Assumption> expected =
          Arrays.stream(Assumption.values())
              .filter(each -> each.question().concerns(cloud))
              .filter(each -> each.question().positions().indexOf(each) > 0)
              .toList();

      assertThat(Assumption.positions(cloud)).containsExactlyElementsOf(expected).isNotEmpty();
    }
    assertThat(Assumption.positions(CloudProvider.UNKNOWN)).isEmpty();
  }

  @Test
  void positionsOfOneCloudOnlyAreLeftOutForTheOther() {
    assertThat(Assumption.positions(CloudProvider.AWS))
        .contains(Assumption.PARTIAL_WHILE_BUILDING, Assumption.FILTER_LAG_2S)
        .doesNotContain(Assumption.ZONE_NAME_UNIQUE);
    assertThat(Assumption.positions(CloudProvider.ALICLOUD))
        .contains(Assumption.ZONE_NAME_UNIQUE, Assumption.FILTER_LAG_2S)
        .doesNotContain(Assumption.PARTIAL_WHILE_BUILDING);
  }

  @Test
  void theLastPositionOfAQuestionCounts() {
    Sim sim = Sim.aws(Assumption.FILTER_LAG_10S, Assumption.FILTER_LAG_2S);
    sim.create();

    sim.pass(2);

    assertThat(sim.list(EndpointFilter.label("plc.id", "one"))).hasSize(1);
  }
}
