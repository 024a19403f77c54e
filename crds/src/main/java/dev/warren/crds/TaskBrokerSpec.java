package dev.warren.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import org.jspecify.annotations.Nullable;

/// Which RabbitMQ it is, who may use it, and how its tenants are kept apart.
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value =
        "!has(self.defaults) || !has(self.ceilings) || !has(self.defaults.maxLength) || !has(self.ceilings.maxLength)"
            + " || self.defaults.maxLength <= self.ceilings.maxLength",
    message = "defaults.maxLength is above ceilings.maxLength; lower the one or raise the other",
    fieldPath = ".defaults.maxLength")
@ValidationRule(
    value =
        "!has(self.defaults) || !has(self.ceilings) || !has(self.defaults.maxBytes) || !has(self.ceilings.maxBytes)"
            + " || self.defaults.maxBytes <= self.ceilings.maxBytes",
    message = "defaults.maxBytes is above ceilings.maxBytes; lower the one or raise the other",
    fieldPath = ".defaults.maxBytes")
public record TaskBrokerSpec(
    @Required
        @JsonPropertyDescription(
            "Secret with the keys `uri` (amqp:// or amqps://user:password@host:port) and `managementUri`"
                + " (http:// or https://user:password@host:port) of an administrator, and, if RabbitMQ is a single node, `metricsUri`"
                + " (http://host:15692) of its Prometheus plugin, which tells how full queues are at less cost. Tenants never see it.")
        SecretReference secretRef,
    @JsonPropertyDescription(
            "Labels of the namespaces that may use this broker; all namespaces when left out.")
        @Nullable LabelSelector namespaceSelector,
    @JsonPropertyDescription("How tenants are kept apart; one vhost per namespace when left out.")
        @Nullable VhostPolicy vhostPolicy,
    @JsonPropertyDescription("What a TaskQueue gets that does not say.")
        @Nullable QueueDefaults defaults,
    @JsonPropertyDescription("What tenants may use at most.") @Nullable Ceilings ceilings,
    @JsonPropertyDescription(
            "Needed when the URIs of the Secret are amqps and https and the broker's certificate is not signed by a CA"
                + " that the JDK knows, or when the broker wants a certificate of its clients.")
        @Nullable TlsSpec tls,
    @Pattern(Durations.PATTERN)
        @ValidationRule(value = Durations.RULE, message = Durations.REMEDY)
        @ValidationRule(value = Durations.POSITIVE_RULE, message = Durations.POSITIVE_REMEDY)
        @Size(max = Durations.MAX_LENGTH)
        @JsonPropertyDescription(
            "To what the broker's own `consumer_timeout` is set; 30m, RabbitMQ's default, when left out. It counts only"
                + " before RabbitMQ 3.12, which lets no queue have its own.")
        @Nullable String consumerTimeout) {}
