package dev.warren.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// The exchange that producers publish to; TaskQueues may share it.
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "!has(self.name) || !(self.name.startsWith('warren.') || self.name.startsWith('amq.'))",
    message =
        "names that begin with 'warren.' or 'amq.' belong to Warren and RabbitMQ; choose another")
public record ExchangeSpec(
    @Default("tasks") @Pattern("^[A-Za-z0-9_.:-]+$") @Size(min = 1, max = 200)
        @Nullable String name,
    @Default("Topic") @Nullable Type type) {

  /// How the exchange routes.
  public enum Type {
    /// By words of the routing key, with wildcards.
    Topic,
    /// By the whole routing key.
    Direct,
    /// To every queue bound.
    Fanout
  }
}
