package dev.warren.operator.testing;

import dev.warren.operator.resource.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/// Says in one line what the conditions of a status should say.
public final class ConditionsAssert
    extends AbstractAssert<ConditionsAssert, @Nullable List<Condition>> {
  private ConditionsAssert(@Nullable List<Condition> conditions) {
    super(conditions, ConditionsAssert.class);
  }

  public static ConditionsAssert assertThatConditions(@Nullable List<Condition> conditions) {
    return new ConditionsAssert(conditions);
  }

  public ConditionsAssert areReady(String reason) {
    return say("Ready", "True", reason);
  }

  public ConditionsAssert areNotReady(String reason) {
    return say("Ready", "False", reason);
  }

  public ConditionsAssert say(String type, String status, String reason) {
    var found = find(type);
    if (!status.equals(found.getStatus()) || !reason.equals(found.getReason())) {
      failWithMessage("expected %s=%s because %s, but found %s", type, status, reason, found);
    }
    return this;
  }

  /// What `Ready` says in words.
  public ConditionsAssert withMessage(String message) {
    var found = find("Ready").getMessage();
    if (!message.equals(found)) {
      failWithActualExpectedAndMessage(found, message, "another message");
    }
    return this;
  }

  private Condition find(String type) {
    return Conditions.find(actual, type)
        .orElseThrow(() -> new AssertionError("no condition " + type + " in " + actual));
  }
}
