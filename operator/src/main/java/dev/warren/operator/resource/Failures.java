package dev.warren.operator.resource;

import dev.warren.operator.broker.BrokerException;
import io.fabric8.kubernetes.client.KubernetesClientException;

/// What a resource says of a reconciliation that failed. Pure.
public final class Failures {
  private Failures() {}

  /// The verdict for what was thrown. Its message holds no time and no counter, else the status
  /// would change at each attempt.
  public static Verdict verdict(Exception e) {
    return switch (e) {
      case BrokerException broker ->
          switch (broker.kind()) {
            case UNREACHABLE -> Verdict.notReady("BrokerUnreachable", message(e));
            case UNAUTHORIZED -> Verdict.notReady("BrokerUnauthorized", message(e));
            case REFUSED -> Verdict.notReady("BrokerRefused", message(e));
          };
      case KubernetesClientException api ->
          Verdict.notReady(
              "ApiServerRefused",
              "the API server answered %d; see the operator's log for the request"
                  .formatted(api.getCode()));
      default ->
          Verdict.notReady(
              "InternalError",
              "%s; see the operator's log".formatted(e.getClass().getSimpleName()));
    };
  }

  private static String message(Exception e) {
    return String.valueOf(e.getMessage());
  }
}
