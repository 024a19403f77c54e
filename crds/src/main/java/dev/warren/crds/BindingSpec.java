package dev.warren.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One binding of the queue to a Headers exchange.
///
/// @param arguments headers and the values that they must have, which are strings, integers or
///   booleans; `x-match` says how many of them must agree
@JsonIgnoreProperties(ignoreUnknown = true)
public record BindingSpec(
    @Required
        @Size(min = 1, max = 64)
        @SchemaFrom(type = Arguments.class)
        @JsonPropertyDescription(
            "Headers and the values that they must have: strings, integers or booleans.")
        Map<String, Object> arguments) {

  /// The schema of the arguments: the headers are their author's, `x-match` is RabbitMQ's.
  @PreserveUnknownFields
  record Arguments(
      @JsonProperty("x-match")
          @JsonPropertyDescription(
              "all (which is the default) or any of the headers must agree; headers that begin with `x-` count only with"
                  + " all-with-x and any-with-x.")
          @Nullable Match match) {}

  /// How many of the headers must agree.
  enum Match {
    @JsonProperty("all")
    ALL,
    @JsonProperty("any")
    ANY,
    @JsonProperty("all-with-x")
    ALL_WITH_X,
    @JsonProperty("any-with-x")
    ANY_WITH_X
  }
}
