package io.privatelink4j.alicloud;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Cuts lists into pages: PrivateLink's by token, those of PrivateZone and VPC by number. */
final class FakePages {
  private int limit = Integer.MAX_VALUE;
  private Optional<End> end = Optional.empty();
  private int ends;

  void limit(int items) {
    limit = items;
  }

  /** From now on the last page always says it like this. */
  void end(End always) {
    end = Optional.of(always);
  }

  /** The page that NextToken and MaxResults ask for; a blank token begins again. */
  <T> void byToken(
      Map<String, Object> answer,
      String element,
      FakeRequest request,
      NavigableMap<String, T> found,
      int most,
      Function<T, Object> view) {
    int size =
        request.number("MaxResults", Math.min(50, most), 1, most, "IllegalParamFormat.MaxResults");
    answer.put("MaxResults", size);
    putPage(answer, element, request, found, size, "IllegalParamFormat.NextToken", view);
  }

  <T> void putPage(
      Map<String, Object> answer,
      String element,
      FakeRequest request,
      NavigableMap<String, T> found,
      int size,
      String badTokenCode,
      Function<T, Object> view) {
    String mark = Integer.toHexString(question(request).hashCode()) + "-";
    NavigableMap<String, T> rest = found;
    Optional<String> token = request.parameter("NextToken");
    if (token.isPresent()) {
      FakeError.check(
          token.get().startsWith(mark), badTokenCode, "The param format of NextToken is illegal.");
      rest = found.tailMap(token.get().substring(mark.length()), false);
    }
    List<Object> items = new ArrayList<>();
    String last = "";
    for (Map.Entry<String, T> entry : rest.entrySet()) {
      if (items.size() == Math.min(size, limit)) {
        break;
      }
      items.add(view.apply(entry.getValue()));
      last = entry.getKey();
    }
    answer.put(element, items);
    if (items.size() < rest.size()) {
      answer.put("NextToken", mark + last);
    } else {
      putEnd(answer);
    }
  }

  /** How the last page says that it is the last, no two documents agree on. */
  private void putEnd(Map<String, Object> answer) {
    End next = end.orElseGet(() -> End.values()[ends++ % End.values().length]);
    if (next == End.BLANK) {
      answer.put("NextToken", "");
    } else if (next == End.NULL) {
      answer.put("NextToken", null);
    }
  }

  private static String question(FakeRequest request) {
    Map<String, String> question = new TreeMap<>(request.parameters());
    question.remove("NextToken");
    question.remove("MaxResults");
    question.remove("Size");
    return request.product() + request.action() + question;
  }

  /** The page that PageNumber and PageSize ask for. */
  <K, T> List<Object> byNumber(
      Map<String, Object> answer,
      FakeRequest request,
      NavigableMap<K, T> found,
      int usual,
      int most,
      Function<T, Object> view) {
    boolean dns = request.product().equals("pvtz");
    String code = dns ? "InvalidParameter" : "InvalidPageSize";
    int size = Math.min(limit, request.number("PageSize", usual, 1, most, code));
    int page =
        request.number(
            "PageNumber", 1, 1, 1_000_000, dns ? "InvalidParameter" : "InvalidPageNumber");
    answer.put("PageSize", size);
    answer.put("PageNumber", page);
    answer.put(dns ? "TotalItems" : "TotalCount", found.size());
    if (dns) {
      answer.put("TotalPages", (found.size() + size - 1) / size);
    }
    return found.values().stream().skip((page - 1L) * size).limit(size).map(view).toList();
  }

  /** How NextToken looks when nothing comes any more. */
  enum End {
    BLANK,
    ABSENT,
    NULL
  }
}
