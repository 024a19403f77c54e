package dev.warren.operator.metricsapi;

import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Asks the API server who may do what, and remembers its answers for a short time. May be used by
/// any thread.
final class AccessReviews implements Authorizer {
  /// The API server in front has allowed the same request a moment ago.
  private static final Duration ALLOWED = Duration.ofMinutes(1);

  private static final Duration DENIED = Duration.ofSeconds(10);
  private static final int MOST_REMEMBERED = 10_000;

  private record Question(Caller caller, String verb, String namespace, String metric) {}

  private record Answer(boolean allowed, Instant until) {}

  private final KubernetesClient client;
  private final InstantSource clock;

  /// Written and read by whoever asks.
  private final Map<Question, Answer> remembered = new ConcurrentHashMap<>();

  AccessReviews(KubernetesClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  @Override
  public boolean allows(Caller caller, String verb, String namespace, String metric) {
    var now = clock.instant();
    var question = new Question(caller, verb, namespace, metric);
    var known = remembered.get(question);
    if (known != null && now.isBefore(known.until())) {
      return known.allowed();
    }
    forget(now);
    var status =
        client.authorization().v1().subjectAccessReview().create(review(question)).getStatus();
    var allowed = status != null && Boolean.TRUE.equals(status.getAllowed());
    remembered.put(question, new Answer(allowed, now.plus(allowed ? ALLOWED : DENIED)));
    return allowed;
  }

  private void forget(Instant now) {
    remembered.values().removeIf(answer -> !now.isBefore(answer.until()));
    if (remembered.size() >= MOST_REMEMBERED) {
      remembered.clear();
    }
  }

  private static SubjectAccessReview review(Question question) {
    var caller = question.caller();
    return new SubjectAccessReviewBuilder()
        .withNewSpec()
        .withUser(caller.user())
        .withUid(caller.uid().isEmpty() ? null : caller.uid())
        .withGroups(caller.groups())
        .withExtra(caller.extra())
        .withNewResourceAttributes()
        .withGroup(Route.GROUP)
        .withVersion(Route.VERSION)
        .withResource(question.metric())
        .withNamespace(question.namespace())
        .withVerb(question.verb())
        .endResourceAttributes()
        .endSpec()
        .build();
  }
}
