package dev.warren.operator.resource;

import dev.warren.operator.broker.BrokerException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// What a resource says of a reconciliation that failed. Pure.
public final class Failures {
  /// Answers of the API server to what no repetition makes acceptable. Server-side apply says 500
  /// for a field that does not exist.
  private static final Set<Integer> REFUSALS = Set.of(400, 422, 500);

  /// When to try what was refused once more, though nobody changed the resource: somebody may have
  /// changed what is in the way.
  private static final Duration AFTER_REFUSAL = Duration.ofSeconds(30);

  private Failures() {}

  /// When to try again, for a resource whose status says already why: soon, and more and more
  /// rarely; but not soon what was refused, which is of no use until somebody changes something.
  public static <R extends HasMetadata> ErrorStatusUpdateControl<R> repetition(Exception e) {
    var control = ErrorStatusUpdateControl.<R>noStatusUpdate();
    return isRefusal(e) ? control.withNoRetry().rescheduleAfter(AFTER_REFUSAL) : control;
  }

  /// Whether what the resource asks for was refused.
  static boolean isRefusal(Exception e) {
    return switch (cause(e)) {
      case BrokerException broker -> broker.kind() == BrokerException.Kind.REFUSED;
      case KubernetesClientException api -> refusal(api).isPresent();
      default -> false;
    };
  }

  /// The verdict for what was thrown. Its message holds no time and no counter, else the status
  /// would change at each attempt.
  public static Verdict verdict(Exception e) {
    var cause = cause(e);
    return switch (cause) {
      case BrokerException broker ->
          switch (broker.kind()) {
            case UNREACHABLE -> Verdict.notReady("BrokerUnreachable", message(cause));
            case UNAUTHORIZED -> Verdict.notReady("BrokerUnauthorized", message(cause));
            case REFUSED ->
                Verdict.notReady("BrokerRefused", message(cause) + "; correct what it names");
          };
      case KubernetesClientException api ->
          Verdict.notReady(
              "ApiServerRefused",
              refusal(api)
                  .map("%s; correct what it names, for pods in spec.podTemplate"::formatted)
                  .orElse(
                      "the API server answered %d; see the operator's log for the request"
                          .formatted(api.getCode())));
      default ->
          Verdict.notReady(
              "InternalError",
              "%s; see the operator's log".formatted(cause.getClass().getSimpleName()));
    };
  }

  /// The framework wraps what a reconciler throws.
  private static Throwable cause(Exception e) {
    return e instanceof OperatorException && e.getCause() != null ? e.getCause() : e;
  }

  /// What the API server says of an object that it does not take, which names field and value.
  private static Optional<String> refusal(KubernetesClientException e) {
    return Optional.ofNullable(e.getStatus())
        .filter(_ -> REFUSALS.contains(e.getCode()))
        .map(Status::getMessage);
  }

  private static String message(Throwable e) {
    return String.valueOf(e.getMessage());
  }
}
