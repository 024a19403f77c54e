package dev.warren.operator.broker;

import org.pcollections.TreePMap;

/// The users of a broker, and what they may do in each vhost. Immutable.
///
/// @param passwordHashes by user name, in RabbitMQ's salted form
/// @param permissions by vhost and user name
record Accounts(
    TreePMap<String, String> passwordHashes,
    TreePMap<String, TreePMap<String, Permissions>> permissions) {
  static final Accounts NONE = new Accounts(TreePMap.empty(), TreePMap.empty());

  TreePMap<String, Permissions> permissionsIn(String vhost) {
    return permissions.getOrDefault(vhost, TreePMap.empty());
  }

  Users in(String vhost) {
    return new Users(passwordHashes, permissionsIn(vhost));
  }

  /// The same after this change in a vhost, which is one of users.
  Accounts with(String vhost, BrokerChange change) {
    if (change instanceof BrokerChange.PutUser(var name, var password)) {
      return new Accounts(passwordHashes.plus(name, PasswordHash.unsalted(password)), permissions);
    }
    if (change instanceof BrokerChange.PutPermissions(var user, var granted)) {
      var users = permissionsIn(vhost).plus(user, granted);
      return new Accounts(passwordHashes, permissions.plus(vhost, users));
    }
    return change instanceof BrokerChange.DeleteUser(var name) ? without(name) : this;
  }

  /// Whether a change is one of users.
  static boolean concerns(BrokerChange change) {
    return change instanceof BrokerChange.PutUser
        || change instanceof BrokerChange.PutPermissions
        || change instanceof BrokerChange.DeleteUser;
  }

  /// Whether a reading found that the users of a vhost differ from what was known.
  static boolean differ(Knowledge.Outcome<Accounts> outcome, String vhost) {
    return switch (outcome) {
      case Knowledge.Outcome.Read<Accounts>(var before, var after) -> !before.sameIn(vhost, after);
      case Knowledge.Outcome.FailedAgain<Accounts>() -> false;
      case Knowledge.Outcome.Turned<Accounts>() -> true;
    };
  }

  private Accounts without(String user) {
    var left = permissions;
    for (var entry : permissions.entrySet()) {
      if (entry.getValue().containsKey(user)) {
        left = left.plus(entry.getKey(), entry.getValue().minus(user));
      }
    }
    return new Accounts(passwordHashes.minus(user), left);
  }

  /// Whether the users that may do something in a vhost are the same in both, with the same
  /// passwords and permissions. A password that was set since the reading before counts as the
  /// same: the broker has salted it.
  boolean sameIn(String vhost, Accounts other) {
    var users = permissionsIn(vhost);
    return users.equals(other.permissionsIn(vhost))
        && users.keySet().stream()
            .allMatch(
                user ->
                    PasswordHash.mayBeSame(
                        passwordHashes.get(user), other.passwordHashes.get(user)));
  }
}
