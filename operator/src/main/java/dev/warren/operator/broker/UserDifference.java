package dev.warren.operator.broker;

import java.util.ArrayList;
import java.util.List;

/// Compares what a user should be with what it is. Pure.
public final class UserDifference {
  private UserDifference() {}

  /// The steps that give a user this password and these permissions in the vhost.
  public static List<BrokerChange> changes(
      VhostSnapshot vhost, String user, String password, Permissions permissions) {
    var changes = new ArrayList<BrokerChange>();
    var hash = vhost.users().passwordHash(user);
    if (hash == null || !PasswordHash.matches(hash, password)) {
      changes.add(new BrokerChange.PutUser(user, password));
    }
    var granted = vhost.users().permissions().get(user);
    if (granted == null || !granted.grant(permissions)) {
      changes.add(new BrokerChange.PutPermissions(user, permissions));
    }
    return changes;
  }
}
