package dev.warren.client;

import dev.warren.model.BrokerBinding;
import dev.warren.model.BrokerTls;
import java.net.URI;

/// Where a broker is, who connects, and how the broker is known.
///
/// @param uri `amqp` or `amqps` URI with user, password and vhost, percent-encoded
/// @param tls whom to trust; of no meaning without `amqps`
public record BrokerAddress(URI uri, BrokerTls tls) {
  /// What this binding says.
  public static BrokerAddress of(BrokerBinding binding) {
    return new BrokerAddress(binding.uri(), binding.tls().orElse(BrokerTls.OF_JVM));
  }

  /// Leaves the credentials out.
  @Override
  public String toString() {
    return "BrokerAddress[%s://%s:%d%s]"
        .formatted(uri.getScheme(), uri.getHost(), uri.getPort(), uri.getRawPath());
  }
}
