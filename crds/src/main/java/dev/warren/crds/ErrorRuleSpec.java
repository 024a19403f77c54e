package dev.warren.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// What becomes of a task whose handler throws. The first rule that matches counts.
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "has(self.exception) || has(self.message)",
    message = "neither exception nor message is set; set one of them or both")
@ValidationRule(
    value = "self.outcome != 'Snooze' || has(self.delay)",
    message = "outcome Snooze needs a delay; set delay",
    fieldPath = ".outcome")
@ValidationRule(
    value = "!has(self.delay) || self.outcome == 'Retry' || self.outcome == 'Snooze'",
    message = "only the outcomes Retry and Snooze have a delay; leave delay out",
    fieldPath = ".delay")
public record ErrorRuleSpec(
    @Pattern(Names.JAVA_CLASS)
        @ValidationRule(value = Names.JAVA_CLASS_RULE, message = Names.JAVA_CLASS_REMEDY)
        @Size(max = 512)
        @JsonPropertyDescription(
            "A class: matches an exception that is one, or has one among its superclasses or causes.")
        @Nullable String exception,
    @Size(min = 1, max = 1024)
        @JsonPropertyDescription(
            "A regular expression (Java's), of which something is found in the exception's message.")
        @Nullable String message,
    @Required
        @JsonPropertyDescription(
            "Retry (by the retry plan or after `delay`), Snooze (after `delay`, without burning an attempt), Fail"
                + " (dead-letter now) or Drop (forget it).")
        Outcome outcome,
    @Pattern(Durations.PATTERN)
        @ValidationRule(value = Durations.RULE, message = Durations.REMEDY)
        @Size(max = Durations.MAX_LENGTH)
        @JsonPropertyDescription("Of Retry or Snooze; rounded up to a delay of the retry plan.")
        @Nullable String delay) {

  /// What a rule makes of a failure.
  public enum Outcome {
    /// Try again.
    Retry,
    /// Come back later, and burn no attempt.
    Snooze,
    /// Become a dead letter now.
    Fail,
    /// Leave the queue.
    Drop
  }
}
