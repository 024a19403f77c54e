package dev.warren.operator.broker;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/// The users of a broker, and what they may do in one vhost. Immutable.
///
/// @param passwordHashes by user name, in RabbitMQ's salted form
/// @param permissions in the vhost, by user name
public record Users(
    TreePMap<String, String> passwordHashes, TreePMap<String, Permissions> permissions) {
  /// Of a broker without users.
  public static final Users NONE = new Users(TreePMap.empty(), TreePMap.empty());

  /// These users.
  public static Users of(Map<String, String> passwordHashes, Map<String, Permissions> permissions) {
    return new Users(TreePMap.from(passwordHashes), TreePMap.from(permissions));
  }

  /// A user's salted hash; null if there is no such user.
  public @Nullable String passwordHash(String user) {
    return passwordHashes.get(user);
  }

  /// Whether there is such a user.
  public boolean contains(String user) {
    return passwordHashes.containsKey(user);
  }

  Users withUser(String name, String password) {
    return new Users(passwordHashes.plus(name, PasswordHash.unsalted(password)), permissions);
  }

  Users without(String name) {
    return new Users(passwordHashes.minus(name), permissions.minus(name));
  }

  Users withPermissions(String name, Permissions granted) {
    return new Users(passwordHashes, permissions.plus(name, granted));
  }
}
