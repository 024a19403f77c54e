package dev.warren.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// How a task that was done before is recognised by its `message_id`.
@JsonIgnoreProperties(ignoreUnknown = true)
public record IdempotencySpec(
    @Required @JsonPropertyDescription("Where done tasks are recorded.") Store store,
    @Required
        @JsonPropertyDescription(
            "Secret with the store's address: key `uri`, and `username` and `password` if the address holds none.")
        LocalSecretReference secretRef,
    @Default("24h")
        @Pattern(Durations.PATTERN)
        @ValidationRule(value = Durations.RULE, message = Durations.REMEDY)
        @ValidationRule(value = Durations.POSITIVE_RULE, message = Durations.POSITIVE_REMEDY)
        @Size(max = Durations.MAX_LENGTH)
        @JsonPropertyDescription("How long a record is kept; 1s to 365d.")
        @Nullable String ttl,
    @Default("Hold")
        @JsonPropertyDescription(
            "While the store does not answer: Hold (tasks wait) or Proceed (they run, and some may run twice).")
        @Nullable OnStoreFailure onStoreFailure) {

  /// Where done tasks are recorded.
  public enum Store {
    /// Redis, or what speaks its protocol.
    Redis,
    /// PostgreSQL.
    Postgres
  }

  /// What becomes of tasks while the store does not answer.
  public enum OnStoreFailure {
    /// They wait.
    Hold,
    /// They run unrecorded.
    Proceed
  }
}
