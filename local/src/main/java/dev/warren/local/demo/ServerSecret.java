package dev.warren.local.demo;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The Secret by which workers find a server, with the entries that `idempotency.secretRef` reads:
/// `uri`, `username`, `password`. Pure.
final class ServerSecret {
  private ServerSecret() {}

  /// @param server name of the server, such as `postgres`; its address is in the variable
  ///   `POSTGRES_URL`
  /// @throws DemoException if the environment does not say it
  static Secret of(ResourceName name, String server, Map<String, String> environment) {
    var variable = server.toUpperCase(Locale.ROOT) + "_URL";
    var url = environment.get(variable);
    if (url == null) {
      throw new DemoException(
          "the Secret %s needs %s, which is not set; add '%s' to 'servers' in example.properties"
              .formatted(name, variable, server));
    }
    return new SecretBuilder()
        .withNewMetadata()
        .withName(name.name())
        .withNamespace(name.namespace())
        .endMetadata()
        .withStringData(entries(URI.create(url)))
        .build();
  }

  private static Map<String, String> entries(URI url) {
    var entries = new HashMap<String, String>();
    var user = url.getUserInfo() == null ? new String[0] : url.getUserInfo().split(":", 2);
    if (user.length > 0 && !user[0].isEmpty()) {
      entries.put("username", user[0]);
    }
    if (user.length > 1) {
      entries.put("password", user[1]);
    }
    var query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    var address = url.getRawAuthority().replaceFirst("^.*@", "");
    entries.put("uri", url.getScheme() + "://" + address + url.getRawPath() + query);
    return entries;
  }
}
