package io.privatelink4j.alicloud;

import com.aliyuncs.AcsRequest;
import com.aliyuncs.CommonRequest;
import com.aliyuncs.http.FormatType;
import java.util.Map;
import java.util.TreeMap;

/**
 * New requests of actions that the SDK at hand has no class for. Every call gets a request of its
 * own. The region is a parameter like any other: the SDK adds it with one of its two signatures
 * only.
 */
final class Requests {
  static final String REGION_ID = "RegionId";

  private Requests() {}

  /** {@return a request with its parameters in the query} */
  static AcsRequest<?> query(
      String product, String version, String action, Map<String, String> parameters) {
    CommonRequest request = of(product, version, action);
    new TreeMap<>(parameters).forEach(request::putQueryParameter);
    return request.buildRequest();
  }

  /** {@return a request with its parameters in the body} */
  static AcsRequest<?> form(
      String product, String version, String action, Map<String, String> parameters) {
    CommonRequest request = of(product, version, action);
    request.setHttpContentType(FormatType.FORM);
    new TreeMap<>(parameters).forEach(request::putBodyParameter);
    return request.buildRequest();
  }

  private static CommonRequest of(String product, String version, String action) {
    CommonRequest request = new CommonRequest();
    request.setSysProduct(product);
    request.setSysVersion(version);
    request.setSysAction(action);
    request.setSysAccept(FormatType.JSON);
    return request;
  }

  /** {@return the same request with a parameter that the SDK's class does not know} */
  static <R extends AcsRequest<?>> R with(R request, String name, String value) {
    request.putQueryParameter(name, value);
    return request;
  }
}
