package io.privatelink4j.testing;

import static io.privatelink4j.spi.ErrorKind.ACCESS_DENIED;
import static io.privatelink4j.spi.ErrorKind.OUTCOME_UNKNOWN;
import static io.privatelink4j.spi.ErrorKind.QUOTA;
import static io.privatelink4j.spi.ErrorKind.THROTTLED;
import static io.privatelink4j.spi.ErrorKind.UNAVAILABLE;

import io.privatelink4j.model.CloudProvider;
import io.privatelink4j.spi.Action;
import io.privatelink4j.spi.ErrorKind;
import io.privatelink4j.spi.Operation;
import io.privatelink4j.spi.RemoteException;

/** What faults look like to a caller: each cloud's, and each of its services', own codes. */
final class Failures {
  private final boolean aws;

  Failures(CloudProvider cloud) {
    aws = cloud == CloudProvider.AWS;
  }

  RemoteException of(Fault fault, Operation operation, Action action) {
    boolean route53 = action.permission().startsWith("route53:");
    // A read that nobody answered has surely changed nothing.
    ErrorKind unanswered = operation.isWrite() ? OUTCOME_UNKNOWN : UNAVAILABLE;
    return switch (fault) {
      case THROTTLE ->
          failure(
              THROTTLED,
              !aws ? "Throttling.User" : route53 ? "Throttling" : "RequestLimitExceeded",
              "Too many requests.");
      case SERVER_ERROR ->
          failure(unanswered, aws ? "InternalFailure" : "InternalError", "Internal error.");
      case UNAVAILABLE ->
          failure(
              UNAVAILABLE,
              aws ? "Unavailable" : "System.Busy",
              "The service is temporarily unavailable.");
      case REPLY_LOST -> failure(unanswered, "ReplyLost", "The connection was dropped.");
      case TIMEOUT_BEFORE -> failure(unanswered, "ReadTimeout", "No answer within 10 s.");
      case DENIED ->
          failure(
              ACCESS_DENIED,
              !aws ? "Forbidden.RAM" : route53 ? "AccessDenied" : "UnauthorizedOperation",
              "Not allowed: " + action.permission());
      case QUOTA -> failure(QUOTA, quotaCode(operation), "A quota is used up.");
      case CRASH_BEFORE, CRASH_AFTER ->
          throw new IllegalArgumentException(fault + " is no failure of a call");
    };
  }

  private String quotaCode(Operation operation) {
    return switch (operation) {
      case CREATE_ENDPOINT -> aws ? "VpcEndpointLimitExceeded" : "QuotaExceeded.totalEpPerVpc";
      case PUT_LABELS -> aws ? "TagLimitExceeded" : "QuotaExceed.TagsPerResource";
      case CREATE_ZONE -> aws ? "TooManyHostedZones" : "QuotaExceeded.Zone";
      default -> aws ? "LimitsExceeded" : "QuotaExceeded";
    };
  }

  private static RemoteException failure(ErrorKind kind, String code, String message) {
    return new RemoteException(kind, code, message);
  }
}
