package io.privatelink4j.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Where the names of a domain really lead, as one resolver answered at one time.
 *
 * @param plan the domain as it should be
 * @param names one for each name that was asked for, in the order of the plan's records or of the
 *     caller
 */
public record DomainVerification(DomainPlan plan, List<NameCheck> names) {

  /**
   * Copies the list.
   *
   * @throws NullPointerException if an argument or an element is null
   */
  public DomainVerification {
    requireNonNull(plan, "plan");
    names = List.copyOf(names);
  }

  /** {@return whether all names lead where they should} */
  public boolean ok() {
    return wrong().isEmpty();
  }

  /** {@return those that do not lead where they should, or of which that is not known} */
  public List<NameCheck> wrong() {
    return names.stream().filter(name -> name.outcome() != NameCheck.Outcome.CORRECT).toList();
  }
}
