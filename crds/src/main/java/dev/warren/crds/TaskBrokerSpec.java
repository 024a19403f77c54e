package dev.warren.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.LabelSelector;
import org.jspecify.annotations.Nullable;

/// Which RabbitMQ it is, who may use it, and how its tenants are kept apart.
@JsonIgnoreProperties(ignoreUnknown = true)
public record TaskBrokerSpec(
    @Required
        @JsonPropertyDescription(
            "Secret with the keys `uri` (amqp://user:password@host:port) and `managementUri`"
                + " (http://user:password@host:port) of an administrator. Tenants never see it.")
        SecretReference secretRef,
    @JsonPropertyDescription(
            "Labels of the namespaces that may use this broker; all namespaces when left out.")
        @Nullable LabelSelector namespaceSelector,
    @JsonPropertyDescription("How tenants are kept apart; one vhost per namespace when left out.")
        @Nullable VhostPolicy vhostPolicy,
    @JsonPropertyDescription("What a TaskQueue gets that does not say.")
        @Nullable QueueDefaults defaults) {}
