package io.privatelink4j.testkit.crashes;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.exception.PrivateLinkException;
import io.privatelink4j.model.Acceptance;
import io.privatelink4j.model.AlicloudEndpointService;
import io.privatelink4j.model.AwsEndpointService;
import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.ConnectionType;
import io.privatelink4j.model.CreateConnectionRequest;
import io.privatelink4j.model.DomainAttachment;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.ReconcileReport;
import io.privatelink4j.model.Repair;
import io.privatelink4j.spi.DnsZone;
import io.privatelink4j.spi.PrivateLinkDriver;
import io.privatelink4j.spi.Subnet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A cloud with one cluster and one service in it, and the processes that act there. */
final class Scene implements AutoCloseable {
  private static final String CLUSTER = "10581234";
  private static final String REQUEST = "op-1";

  /** Follows from cluster and request id, for ever. */
  private static final String CONNECTION = "plc-ewjbxrva25t5kn4dd2obx5oquj";

  private static final Duration LONG = Duration.ofMinutes(30);

  /** Longer than all lags and changes of state. */
  private static final Duration CALM = Duration.ofMinutes(1);

  private static final Duration QUIET_PERIOD = Duration.ofMinutes(15);

  private final CrashCloud cloud;
  private final ConnectionType service;
  private final List<ClientProcess> processes = new ArrayList<>();
  private ConnectionRef link;
  private String attachmentId = "";
  private Optional<ReconcileReport> earlier = Optional.empty();

  Scene(CrashCloud cloud) {
    this.cloud = cloud;
    link = ConnectionRef.of(CLUSTER, CONNECTION);
    List<String> zones =
        cloud.driver().subnets(cloud.network(), Optional.empty()).items().stream()
            .map(Subnet::zoneId)
            .toList();
    String name = cloud.publishService(zones, Acceptance.REQUIRED);
    cloud.allow(name);
    service =
        cloud.network().cloud() == CloudProvider.AWS
            ? AwsEndpointService.of(name)
            : AlicloudEndpointService.of(name);
  }

  ClientProcess process() {
    ClientProcess process = new ClientProcess(cloud, CLUSTER);
    processes.add(process);
    return process;
  }

  /** {@return the process that will do it, after all that comes before has happened} */
  ClientProcess prepare(Deed deed) {
    ClientProcess maker = process();
    if (deed.needsConnection()) {
      CreateConnectionRequest.Builder request = request();
      // An id that nobody else can know lets its maker skip some looks.
      CreateConnectionRequest made = (deed.isOwn() ? request : request.requestId(REQUEST)).build();
      link = ConnectionRef.of(CLUSTER, maker.links.create(made).id());
      calm();
      cloud.accept(cloud.state().endpoints().get(0).id());
      calm();
      maker.links.awaitActive(link, LONG);
    }
    if (deed.needsDomain()) {
      attachmentId = maker.links.attachDomain(link, DomainRequest.managed()).id();
      calm();
    }
    if (deed.isOwn()) {
      return maker;
    }
    ClientProcess process = process();
    if (deed.isRepair()) {
      disturb(deed);
      earlier = Optional.of(look(process.links));
    }
    return process;
  }

  private void disturb(Deed repair) {
    switch (repair) {
      case REPAIR_ATTACH -> dieAfter("createZone", Deed.ATTACH);
      case REPAIR_DETACH -> dieAfter("putLabels", Deed.DETACH);
      case REPAIR_DELETE -> dieAfter("putLabels", Deed.DELETE);
      case REPAIR_ZONE -> deleteZone();
      default -> throw new IllegalArgumentException(repair + " is no repair");
    }
    calm();
  }

  private void dieAfter(String call, Deed deed) {
    ClientProcess process = process();
    process.dieAfter(call);
    try {
      String answer = perform(deed, process);
      throw new IllegalStateException(deed + " was " + answer + " without " + call);
    } catch (ProcessDied expected) {
      process.close();
    }
  }

  /** As somebody does in the cloud's console. */
  private void deleteZone() {
    PrivateLinkDriver driver = cloud.driver();
    String id = cloud.state().zones().get(0).id();
    DnsZone zone = driver.zone(cloud.network(), id).orElseThrow();
    if (driver.traits().zoneBoundAtCreation()) {
      driver.removeRecords(
          cloud.network(), zone, driver.records(cloud.network(), zone, Optional.empty()).items());
    } else {
      driver.bindZone(cloud.network(), id, Set.of());
      calm();
    }
    driver.deleteZone(cloud.network(), id);
  }

  private ReconcileReport look(PrivateLinkClient links) {
    ReconcileReport report = links.reconcile(CLUSTER);
    pass(QUIET_PERIOD);
    return report;
  }

  /** {@return {@code ok}, or the exception's name without its last word} */
  String perform(Deed deed, ClientProcess process) {
    PrivateLinkClient links = process.links;
    return answer(
        () -> {
          switch (deed) {
            case CREATE -> links.create(request().requestId(REQUEST).build());
            case ATTACH -> links.attachDomain(link, DomainRequest.managed());
            case DETACH, DETACH_OWN -> links.detachDomain(link, attachmentId);
            case DELETE, DELETE_OWN -> links.delete(link);
            case REPAIR_ATTACH, REPAIR_DETACH, REPAIR_DELETE, REPAIR_ZONE ->
                repair(links, earlier.orElseThrow());
          }
        });
  }

  private static void repair(PrivateLinkClient links, ReconcileReport earlier) {
    for (Repair repair : links.repair(earlier).with(Repair.Outcome.FAILED)) {
      throw repair.failure().orElseThrow();
    }
  }

  /** {@return {@code ok}, or the exception's name without its last word} */
  String goOn(Deed deed, Sequel sequel) {
    ClientProcess process = process();
    PrivateLinkClient links = process.links;
    String answer =
        switch (sequel) {
          case REPEAT -> deed.isRepair() ? mend(links) : perform(deed, process);
          case ATTACH -> answer(() -> links.attachDomain(link, DomainRequest.managed()));
          case DETACH -> answer(() -> detachAll(links));
          case DELETE -> answer(() -> links.delete(link));
          case AWAIT_DELETED -> answer(() -> links.awaitDeleted(link, LONG));
          case REPAIR -> mend(links);
        };
    calm();
    return answer;
  }

  /** {@return as any answer; or that there is still something to mend afterwards} */
  private String mend(PrivateLinkClient links) {
    String answer = answer(() -> repair(links, look(links)));
    calm();
    return answer.equals(CrashTable.OK) && !links.reconcile(CLUSTER).isClean() ? "Drift" : answer;
  }

  private void detachAll(PrivateLinkClient links) {
    for (DomainAttachment domain : links.get(link).domains()) {
      links.detachDomain(link, domain.id());
    }
  }

  private static String answer(Runnable operation) {
    try {
      operation.run();
      return CrashTable.OK;
    } catch (PrivateLinkException e) {
      return e.getClass().getSimpleName().replaceFirst("Exception$", "");
    }
  }

  private CreateConnectionRequest.Builder request() {
    return CreateConnectionRequest.builder()
        .clusterId(CLUSTER)
        .displayName("orders-kafka")
        .type(service);
  }

  void calm() {
    pass(CALM);
  }

  void pass(Duration time) {
    cloud.advance(time);
  }

  Words words() {
    return Words.of(cloud.state(), cloud.network().vpcId(), link);
  }

  @Override
  public void close() {
    processes.forEach(ClientProcess::close);
    cloud.close();
  }
}
