package dev.warren.worker.store;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Who connects to a store.
///
/// @param username empty for a Redis that asks for a password only
/// @param password empty for a store that asks for none
record StoreLogin(String username, String password) {
  static final StoreLogin NONE = new StoreLogin("", "");

  /// The user information of a URI, `user:password`, percent-encoded.
  static StoreLogin parse(String userInfo) {
    var parts = userInfo.split(":", 2);
    return new StoreLogin(decode(parts[0]), parts.length == 1 ? "" : decode(parts[1]));
  }

  /// This login with what a Secret's own entries say instead.
  StoreLogin with(Optional<String> otherUsername, Optional<String> otherPassword) {
    return new StoreLogin(otherUsername.orElse(username), otherPassword.orElse(password));
  }

  /// Leaves the password out.
  @Override
  public String toString() {
    return "StoreLogin[%s]".formatted(username);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
