package dev.warren.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/// A Secret in the namespace of the resource.
@JsonIgnoreProperties(ignoreUnknown = true)
public record LocalSecretReference(
    @Required
        @Pattern(Names.OBJECT)
        @ValidationRule(value = Names.OBJECT_RULE, message = Names.OBJECT_REMEDY)
        @Size(min = 1, max = Names.OBJECT_MAX_LENGTH)
        @JsonPropertyDescription("Name of the Secret, in the namespace of this resource.")
        String name) {}
