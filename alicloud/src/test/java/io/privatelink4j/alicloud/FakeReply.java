package io.privatelink4j.alicloud;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** What goes back over the wire; cut off in the middle if truncated. */
record FakeReply(int status, String body, Map<String, String> headers, boolean truncated) {
  private static final Gson GSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  static FakeReply ok(Map<String, Object> answer) {
    Map<String, Object> all = new LinkedHashMap<>(answer);
    all.put("RequestId", requestId());
    return of(200, GSON.toJson(all));
  }

  static FakeReply of(int status, String body) {
    return new FakeReply(status, body, Map.of(), false);
  }

  static FakeReply error(int status, String code, String message) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("RequestId", requestId());
    all.put("HostId", "127.0.0.1");
    all.put("Code", code);
    all.put("Message", message);
    all.put("Recommend", "https://api.example.com/troubleshoot?q=" + code);
    if (status == 403) {
      all.put("AccessDeniedDetail", Map.of("PolicyType", "AccountLevelIdentityBasedPolicy"));
    }
    return of(status, GSON.toJson(all));
  }

  /** The page of a load balancer that has nobody behind it. */
  static FakeReply html(int status) {
    return foreign(
        status,
        "text/html",
        "<html><head><title>" + status + "</title></head><body>Please try again</body></html>");
  }

  /** What a proxy or a load balancer has answered. */
  static FakeReply foreign(int status, String type, String page) {
    return new FakeReply(status, page, Map.of("Content-Type", type), false);
  }

  FakeReply cut() {
    return new FakeReply(status, body, headers, true);
  }

  FakeReply header(String name, String value) {
    return new FakeReply(status, body, Map.of(name, value), truncated);
  }

  private static String requestId() {
    return UUID.randomUUID().toString().toUpperCase(Locale.ROOT);
  }
}
