package dev.warren.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// Which vhost the TaskQueues of a namespace live in.
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "has(self.vhost) == (has(self.type) && self.type == 'Fixed')",
    message = "vhost goes with type Fixed, and type Fixed needs it",
    fieldPath = ".vhost")
public record VhostPolicy(
    @Default("PerNamespace")
        @JsonPropertyDescription(
            "PerNamespace: a vhost with the namespace's name, which the operator creates. Fixed: one vhost for all.")
        @Nullable Type type,
    @Size(min = 1, max = 255) @JsonPropertyDescription("Name of the fixed vhost, such as `/`.")
        @Nullable String vhost) {

  /// How vhosts follow from namespaces.
  public enum Type {
    /// Each namespace has a vhost of its own name.
    PerNamespace,
    /// All namespaces share one vhost.
    Fixed
  }
}
