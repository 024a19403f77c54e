package dev.warren.operator.resource;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Writes events for `kubectl describe`. May be called by any thread. An event that cannot be
/// written is logged: it is never worth failing for.
public final class Events {
  /// Where the events of cluster-scoped objects are kept.
  private static final String CLUSTER_EVENTS = "default";

  private static final Logger LOG = LoggerFactory.getLogger(Events.class);

  private final KubernetesClient client;
  private final Clock clock;

  /// Writes with this client.
  public Events(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /// Something went as it should.
  public void normal(HasMetadata about, String reason, String message) {
    write(about, "Normal", reason, message);
  }

  /// Something needs a person.
  public void warning(HasMetadata about, String reason, String message) {
    write(about, "Warning", reason, message);
  }

  /// Says what `Ready` turned to, if it did. What is not ready needs a person, unless work on it is
  /// under way. That all went well from the start is not worth an event.
  public void readiness(
      HasMetadata about, @Nullable List<Condition> before, @Nullable List<Condition> after) {
    var wellFromTheStart = before == null && Conditions.holds(after, Verdict.READY);
    if (Conditions.readinessChanged(before, after) && !wellFromTheStart) {
      var underWay = Conditions.holds(after, Verdict.PROGRESSING);
      Conditions.find(after, Verdict.READY)
          .ifPresent(
              ready -> {
                var person = ready.getStatus().equals("False") && !underWay;
                write(about, person ? "Warning" : "Normal", ready.getReason(), ready.getMessage());
              });
    }
  }

  private void write(HasMetadata about, String type, String reason, String message) {
    var reference = reference(about);
    var now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    var event =
        new EventBuilder()
            .withNewMetadata()
            .withGenerateName(about.getMetadata().getName() + ".")
            .withNamespace(Objects.requireNonNullElse(reference.getNamespace(), CLUSTER_EVENTS))
            .endMetadata()
            .withInvolvedObject(reference)
            .withType(type)
            .withReason(reason)
            .withMessage(message)
            .withFirstTimestamp(now)
            .withLastTimestamp(now)
            .withCount(1)
            .withReportingComponent("warren-operator")
            .withNewSource()
            .withComponent("warren-operator")
            .endSource()
            .build();
    try {
      client.resource(event).create();
    } catch (KubernetesClientException e) {
      LOG.atLevel(EndingNamespace.refuses(e) ? Level.DEBUG : Level.WARN)
          .addKeyValue("namespace", reference.getNamespace())
          .addKeyValue("name", reference.getName())
          .addKeyValue("reason", reason)
          .addKeyValue("event", message)
          .setCause(e)
          .log("An event could not be written");
    }
  }

  private static ObjectReference reference(HasMetadata about) {
    return new ObjectReferenceBuilder()
        .withApiVersion(about.getApiVersion())
        .withKind(about.getKind())
        .withNamespace(about.getMetadata().getNamespace())
        .withName(about.getMetadata().getName())
        .withUid(about.getMetadata().getUid())
        .build();
  }
}
