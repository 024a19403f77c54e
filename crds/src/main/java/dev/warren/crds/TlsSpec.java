package dev.warren.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// Whom operator, producers and workers trust, and as whom they appear, when the broker's URIs are
/// amqps and https.
@JsonIgnoreProperties(ignoreUnknown = true)
public record TlsSpec(
    @JsonPropertyDescription(
            "Certificates (PEM) of the CA that signed the broker's; needed unless a public CA did that the JDK knows.")
        @Nullable CaReference caRef,
    @JsonPropertyDescription(
            "Secret of type kubernetes.io/tls (keys `tls.crt` and `tls.key`) with the certificate that the operator"
                + " shows to the broker; none when left out.")
        @Nullable SecretReference clientCertificateRef,
    @JsonPropertyDescription(
            "Secret of type kubernetes.io/tls with the certificate that producers and workers show to the broker, if its"
                + " AMQP listener asks for one. It and its key are in the Secret of every binding, so tenants can read both;"
                + " none when left out.")
        @Nullable SecretReference tenantCertificateRef) {

  /// Where the certificates of a CA are.
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record CaReference(
      @Default("Secret") @JsonPropertyDescription("What holds them.") @Nullable Kind kind,
      @Required
          @Pattern(Names.OBJECT)
          @ValidationRule(value = Names.OBJECT_RULE, message = Names.OBJECT_REMEDY)
          @Size(min = 1, max = 63)
          @JsonPropertyDescription("Namespace of the Secret or ConfigMap.")
          String namespace,
      @Required
          @Pattern(Names.OBJECT)
          @ValidationRule(value = Names.OBJECT_RULE, message = Names.OBJECT_REMEDY)
          @Size(min = 1, max = Names.OBJECT_MAX_LENGTH)
          @JsonPropertyDescription("Name of the Secret or ConfigMap.")
          String name,
      @Default("ca.crt")
          @Pattern("^[A-Za-z0-9._-]+$")
          @ValidationRule(
              value = "self.matches('^[A-Za-z0-9._-]+$')",
              message =
                  "name a key of the Secret or ConfigMap, of letters, digits, '.', '_' and '-'")
          @Size(min = 1, max = 253)
          @JsonPropertyDescription("The entry that holds them.")
          @Nullable String key) {}

  /// What holds the certificates of a CA.
  public enum Kind {
    /// A Secret.
    Secret,
    /// A ConfigMap.
    ConfigMap
  }
}
