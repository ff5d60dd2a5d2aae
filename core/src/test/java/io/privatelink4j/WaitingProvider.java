package io.privatelink4j;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.spi.Action;
import io.privatelink4j.spi.CallFamily;
import io.privatelink4j.spi.DriverContext;
import io.privatelink4j.spi.DriverTraits;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.PrivateLinkProvider;
import java.util.EnumMap;
import java.util.Map;

/**
 * The cloud of an account whose budget for creating endpoints was raised, so that thousands are
 * created within minutes of virtual time and the client still remembers them. All other budgets,
 * those of reading above all, are what they are.
 */
final class WaitingProvider implements PrivateLinkProvider {
  private static final CallFamily CREATES = new CallFamily("creates", 100_000, 100_000, false);

  private final PrivateLinkProvider cloud;

  WaitingProvider(PrivateLinkProvider cloud) {
    this.cloud = cloud;
  }

  @Override
  public CloudProvider cloud() {
    return cloud.cloud();
  }

  @Override
  public PrivateLinkDriver open(DriverContext context) {
    return new MeddledProvider(
            cloud,
            (method, call) -> {
              Object answer = call.make();
              return method.equals("traits") ? raised((DriverTraits) answer) : answer;
            })
        .open(context);
  }

  private static DriverTraits raised(DriverTraits traits) {
    Map<Operation, Action> actions = new EnumMap<>(traits.actions());
    Action create = traits.action(Operation.CREATE_ENDPOINT);
    actions.put(Operation.CREATE_ENDPOINT, new Action(create.name(), create.permission(), CREATES));
    return DriverTraits.builder()
        .actions(actions)
        .idsPerRead(traits.idsPerRead())
        .idsPerFilter(traits.idsPerFilter())
        .endpointsPerPage(traits.endpointsPerPage())
        .idsPerLabelCall(traits.idsPerLabelCall())
        .idsPerDelete(traits.idsPerDelete())
        .labelsPerEndpoint(traits.labelsPerEndpoint())
        .recordsPerCall(traits.recordsPerCall())
        .accountFromSubnets(traits.accountFromSubnets())
        .zonesInEndpoint(traits.zonesInEndpoint())
        .zonesRemovedFirst(traits.zonesRemovedFirst())
        .zoneBoundAtCreation(traits.zoneBoundAtCreation())
        .dnsSwitches(traits.dnsSwitches())
        .build();
  }
}
