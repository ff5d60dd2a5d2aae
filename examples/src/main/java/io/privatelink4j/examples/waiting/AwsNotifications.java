package io.privatelink4j.examples.waiting;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.privatelink4j.PrivateLinkClient;
import io.privatelink4j.model.ConnectionRef;
import io.privatelink4j.model.PrivateLinkConnection;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.annotation.Nullable;

/**
 * Ends waits with AWS's own news instead of the next poll. Whoever runs the cluster's account makes
 * an endpoint connection notification (events Accept, Connect, Delete and Reject) for the endpoint
 * or its service, with an SNS topic that an HTTPS end of this service subscribes to; that end
 * verifies the signature, for instance with AWS's {@code sns-message-manager}, and passes the body
 * on. Thread-safe.
 *
 * <p>AWS documents the envelope of SNS (Type, TopicArn, Message and so on), but not the text that
 * its endpoint events put into Message. So nothing is taken of that text but the ids of endpoints
 * in it, and only of those that somebody waits for: what became of them the library reads itself. A
 * wrong message costs one read.
 */
public final class AwsNotifications {
  /** An endpoint's id; {@code vpce-svc-…} and {@code vpce-nfn-…} are not. */
  private static final Pattern ENDPOINT = Pattern.compile("\\bvpce-[0-9a-f]{8,17}\\b");

  private final Gson gson = new Gson();
  private final PrivateLinkClient links;
  private final Map<String, ConnectionRef> waiting = new ConcurrentHashMap<>();

  /**
   * Makes an end for notifications.
   *
   * @param links the client
   */
  public AwsNotifications(PrivateLinkClient links) {
    this.links = links;
  }

  /** What SNS posts; the other fields are for the signature. */
  private static final class Envelope {
    @Nullable String Type;
    @Nullable String Message;
  }

  /**
   * Waits for a connection; a notification about it makes the wait look at once.
   *
   * @param link the connection
   * @param timeout how long at most
   * @return the connection when it is ACTIVE
   */
  public CompletableFuture<PrivateLinkConnection> whenActive(
      PrivateLinkConnection link, Duration timeout) {
    waiting.put(link.endpointId(), link);
    return links
        .whenActive(link, timeout)
        .whenComplete((active, failure) -> waiting.remove(link.endpointId(), link));
  }

  /**
   * Takes what SNS posted.
   *
   * @param body the request's body, its signature verified
   * @return the connections that are looked at now
   */
  public Set<ConnectionRef> onMessage(String body) {
    Set<ConnectionRef> told =
        ENDPOINT
            .matcher(message(body))
            .results()
            .map(found -> waiting.get(found.group()))
            .filter(ref -> ref != null)
            .collect(Collectors.toSet());
    told.forEach(links::refresh);
    return told;
  }

  private String message(String body) {
    try {
      Envelope envelope = gson.fromJson(body, Envelope.class);
      boolean isNews = envelope != null && "Notification".equals(envelope.Type);
      return isNews && envelope.Message != null ? envelope.Message : "";
    } catch (JsonParseException e) {
      return "";
    }
  }
}
