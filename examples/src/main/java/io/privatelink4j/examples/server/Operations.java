package io.privatelink4j.examples.server;

import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.examples.openapi.Api;
import io.privatelink4j.examples.openapi.ApiJson;
import io.privatelink4j.examples.openapi.ApiMapping;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.DomainRequest;
import io.privatelink4j.model.ListRequest;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import javax.annotation.Nullable;

/** The API's seven operations, each one or two calls of the library. */
final class Operations {
  private static final Set<String> LIST_PARAMETERS = Set.of("pageSize", "pageToken", "state");

  private final PrivateLinkClient links;

  Operations(PrivateLinkClient links) {
    this.links = links;
  }

  /**
   * What a request asks for.
   *
   * @param route where it goes
   * @param query the raw query
   * @param body empty if the operation takes none
   * @param requestId the {@code Idempotency-Key}
   * @param user who asks
   */
  record Request(
      Route route,
      @Nullable String query,
      InputStream body,
      Optional<String> requestId,
      String user) {

    ConnectionRef ref() {
      return ConnectionRef.of(route.clusterId(), route.connectionId());
    }

    <T> T body(Class<T> type) {
      return ApiJson.read(body, type);
    }
  }

  /** {@return a value of {@link Api}} */
  Object run(Request request) {
    Verb verb = request.route().verb();
    Query query = new Query(request.query(), verb == Verb.LIST ? LIST_PARAMETERS : Set.of());
    return switch (verb) {
      case ZONES -> ApiMapping.zones(links.zones(request.route().clusterId()));
      case LIST -> ApiMapping.page(links.list(list(request.route().clusterId(), query)));
      case CREATE -> create(request);
      case GET -> ApiMapping.connection(links.get(request.ref()));
      case DELETE -> ApiMapping.connection(links.delete(request.ref()));
      case ATTACH -> attach(request);
      case DETACH -> detach(request);
    };
  }

  private static ListRequest list(String clusterId, Query query) {
    // As with every number of the API, zero means that none is given.
    int pageSize =
        query.number("pageSize").filter(size -> size != 0).orElse(ListRequest.DEFAULT_PAGE_SIZE);
    return new ListRequest(
        clusterId, pageSize, query.value("pageToken"), query.value("state").map(ApiMapping::state));
  }

  private Api.Connection create(Request request) {
    Api.CreateBody body = request.body(Api.CreateBody.class);
    return ApiMapping.connection(
        links.create(
            ApiMapping.create(
                request.route().clusterId(), body, request.requestId(), request.user())));
  }

  private Api.AttachDomain attach(Request request) {
    Api.AttachBody body = request.body(Api.AttachBody.class);
    DomainRequest domain = ApiMapping.domain(body);
    return ApiMapping.validateOnly(body)
        ? ApiMapping.plan(request.ref(), links.planDomain(request.ref(), domain))
        : ApiMapping.attachment(links.attachDomain(request.ref(), domain));
  }

  private Api.AttachDomain detach(Request request) {
    String id = ApiMapping.attachmentId(request.body(Api.DetachBody.class));
    return ApiMapping.attachment(links.detachDomain(request.ref(), id));
  }
}
