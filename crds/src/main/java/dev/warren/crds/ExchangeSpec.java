package dev.warren.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// The exchange that producers publish to; TaskQueues may share it.
@JsonIgnoreProperties(ignoreUnknown = true)
public record ExchangeSpec(
    @Default("tasks")
        @Pattern(Names.IN_BROKER)
        @ValidationRule(value = Names.IN_BROKER_RULE, message = Names.IN_BROKER_REMEDY)
        @Size(min = 1, max = Names.IN_BROKER_MAX_LENGTH)
        @ValidationRule(
            value = "!(self.startsWith('warren.') || self.startsWith('amq.'))",
            message =
                "exchanges that begin with 'warren.' or 'amq.' belong to Warren and RabbitMQ; choose another")
        @JsonPropertyDescription("Name of the exchange; TaskQueues may share it.")
        @Nullable String name,
    @Default("Topic")
        @JsonPropertyDescription(
            "Topic: by routing key, with wildcards. Direct: by routing key. Fanout: to all. Headers: by `bindings`.")
        @Nullable Type type) {

  /// How the exchange routes.
  public enum Type {
    /// By words of the routing key, with wildcards.
    Topic,
    /// By the whole routing key.
    Direct,
    /// To every queue bound.
    Fanout,
    /// By the headers of the task, as each binding says.
    Headers
  }
}
