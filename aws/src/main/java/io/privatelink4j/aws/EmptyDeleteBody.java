package io.privatelink4j.aws;

import java.util.Optional;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Sends DELETE with an explicit empty body. The JDK's URL connection silently sends a request once
 * more whose connection broke, unless the request has a body of declared length; a deletion whose
 * reply was lost must be reported, not repeated. (A GET may be repeated.)
 */
final class EmptyDeleteBody implements ExecutionInterceptor {

  @Override
  public SdkHttpRequest modifyHttpRequest(
      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    return isDelete(context)
        ? context.httpRequest().toBuilder().putHeader("Content-Length", "0").build()
        : context.httpRequest();
  }

  @Override
  public Optional<RequestBody> modifyHttpContent(
      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    return isDelete(context) ? Optional.of(RequestBody.empty()) : context.requestBody();
  }

  private static boolean isDelete(Context.ModifyHttpRequest context) {
    return context.httpRequest().method() == SdkHttpMethod.DELETE;
  }
}
