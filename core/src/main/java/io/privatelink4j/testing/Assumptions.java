package io.privatelink4j.testing;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** One answer to each question. Immutable. */
final class Assumptions {
  private final Map<Assumption.Question, Assumption> answers =
      new EnumMap<>(Assumption.Question.class);

  Assumptions(Collection<Assumption> chosen) {
    for (Assumption.Question question : Assumption.Question.values()) {
      answers.put(question, question.positions().get(0));
    }
    for (Assumption assumption : chosen) {
      answers.put(assumption.question(), assumption);
    }
  }

  boolean hold(Assumption assumption) {
    return answers.get(assumption.question()) == assumption;
  }

  /** {@return the answer to a question that asks how long} */
  long nanos(Assumption.Question question) {
    Assumption answer = answers.get(question);
    return answer == null ? 0 : answer.duration().toNanos();
  }
}
