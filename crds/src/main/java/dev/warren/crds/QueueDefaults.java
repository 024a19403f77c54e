package dev.warren.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.generator.annotation.Default;
import org.jspecify.annotations.Nullable;

/// What a TaskQueue gets that does not say.
@JsonIgnoreProperties(ignoreUnknown = true)
public record QueueDefaults(@Default("Quorum") @Nullable QueueKind type) {}
