package dev.warren.examples.platform;

import java.nio.file.Path;

/// A tenant of the platform.
enum Tenant {
  BAKERY("bakery"),
  FLORIST("florist");

  private final String namespace;

  Tenant(String namespace) {
    this.namespace = namespace;
  }

  /// Its namespace, and its vhost too.
  String namespace() {
    return namespace;
  }

  /// Where its TaskQueue's binding is.
  Path binding(Path bindings) {
    return bindings.resolve(namespace).resolve("orders");
  }

  Tenant other() {
    return this == BAKERY ? FLORIST : BAKERY;
  }
}
