package dev.warren.operator.resource;

import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The user of a binding, and the one before, which stays valid for a while after a rotation so
/// that nobody is cut off. The two take turns with two names. Pure.
///
/// @param user name in the broker
/// @param rotation the request that they were made for: the value of an annotation
/// @param former the user before, while it is still valid
public record Credentials(String user, String password, String rotation, Optional<Former> former) {
  /// The annotation by which somebody asks for new credentials: any value that differs from the one
  /// before. To take it away asks for nothing.
  public static final String ROTATE = "warren.dev/rotate-credentials";

  /// The annotation that says for which request something was made.
  public static final String ROTATION = "warren.dev/rotation";

  private static final String FORMER_USER = "warren.dev/former-user";
  private static final String ROTATED_AT = "warren.dev/rotated-at";

  /// What tells the second name from the first; no name in Kubernetes holds it.
  private static final String OTHER = "~";

  /// A user that is not handed out any more.
  ///
  /// @param since when it was replaced
  public record Former(String user, Instant since) {}

  /// The credentials that a Secret holds, with a rotation if one was asked for and the one before
  /// is over.
  ///
  /// @param name of the first user
  /// @param requested value of {@link #ROTATE}, empty if there is none
  /// @param newPassword for a user that is made now
  /// @param overlap how long a former user stays valid
  public static Credentials of(
      Optional<Secret> secret,
      String name,
      String requested,
      String newPassword,
      Duration overlap,
      Instant now) {
    var held = secret.flatMap(found -> held(found, name));
    if (held.isEmpty()) {
      return new Credentials(name, newPassword, requested, Optional.empty());
    }
    var current = held.get().withoutExpired(overlap, now);
    return requested.isEmpty() || current.rotation.equals(requested) || current.former.isPresent()
        ? current
        : new Credentials(
            current.user.equals(name) ? name + OTHER : name,
            newPassword,
            requested,
            Optional.of(new Former(current.user, now)));
  }

  /// Annotations for the Secret.
  public Map<String, String> annotations() {
    var annotations = new TreeMap<String, String>();
    if (!rotation.isEmpty()) {
      annotations.put(ROTATION, rotation);
    }
    former.ifPresent(
        it -> {
          annotations.put(FORMER_USER, it.user());
          annotations.put(ROTATED_AT, it.since().toString());
        });
    return annotations;
  }

  /// The one of the two names under which there must be no user now; empty while both may be used.
  public Optional<String> expired(String name) {
    return former.isPresent()
        ? Optional.empty()
        : Optional.of(user.equals(name) ? name + OTHER : name);
  }

  /// The names that users of this binding may have.
  public static List<String> names(String name) {
    return List.of(name, name + OTHER);
  }

  /// Leaves the password out.
  @Override
  public String toString() {
    return "Credentials[user=%s, former=%s]".formatted(user, former);
  }

  /// Whether a Secret holds just these.
  ///
  /// @param name of the first user
  public boolean heldBy(Optional<Secret> secret, String name) {
    return secret.flatMap(found -> held(found, name)).equals(Optional.of(this));
  }

  /// The credentials that a Secret holds, if it holds any.
  private static Optional<Credentials> held(Secret secret, String name) {
    var entries = SecretEntries.of(secret);
    var user = entries.get("username");
    var password = entries.get("password");
    if (password == null || password.isEmpty() || user == null) {
      return Optional.empty();
    }
    var annotations = Optional.ofNullable(secret.getMetadata().getAnnotations()).orElse(Map.of());
    return Optional.of(
        new Credentials(
            user.equals(name + OTHER) ? user : name,
            password,
            annotations.getOrDefault(ROTATION, ""),
            former(annotations)));
  }

  private static Optional<Former> former(Map<String, String> annotations) {
    var user = annotations.get(FORMER_USER);
    var since = annotations.get(ROTATED_AT);
    return user == null || since == null
        ? Optional.empty()
        : Optional.of(new Former(user, Instant.parse(since)));
  }

  private Credentials withoutExpired(Duration overlap, Instant now) {
    return new Credentials(
        user, password, rotation, former.filter(it -> now.isBefore(it.since().plus(overlap))));
  }
}
