package dev.warren.operator.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pcollections.TreePMap;

class AccountsTest {
  private static final Permissions PERMISSIONS = new Permissions("", "^tasks$", "");
  private static final Accounts ACCOUNTS =
      Accounts.NONE
          .with("media", new BrokerChange.PutUser("user", "password"))
          .with("media", new BrokerChange.PutPermissions("user", PERMISSIONS));
  private static final Accounts READ = salted(ACCOUNTS, "user", "password");

  @Test
  void knowsInEachVhostWhatAUserMayDo() {
    assertThat(ACCOUNTS.in("media").permissions()).containsEntry("user", PERMISSIONS);
    assertThat(ACCOUNTS.in("audio").permissions()).isEmpty();
    assertThat(ACCOUNTS.in("audio").contains("user")).isTrue();
  }

  @Test
  void losesAUserInEveryVhost() {
    var both = ACCOUNTS.with("audio", new BrokerChange.PutPermissions("user", PERMISSIONS));

    var without = both.with("", new BrokerChange.DeleteUser("user"));

    assertThat(without.in("media")).isEqualTo(Users.NONE);
    assertThat(without.in("audio")).isEqualTo(Users.NONE);
  }

  @Test
  void isTheSameOnceTheBrokerHasSaltedAPassword() {
    assertThat(ACCOUNTS.sameIn("media", READ)).isTrue();
  }

  @Test
  void differsWhenSomebodySetsAPassword() {
    assertThat(READ.sameIn("media", salted(READ, "user", "other"))).isFalse();
  }

  @Test
  void differsWhenAUserIsGone() {
    assertThat(READ.sameIn("media", READ.with("", new BrokerChange.DeleteUser("user")))).isFalse();
  }

  @Test
  void differsWhenPermissionsDo() {
    var wider = new BrokerChange.PutPermissions("user", new Permissions(".*", ".*", ".*"));

    assertThat(READ.sameIn("media", READ.with("media", wider))).isFalse();
  }

  @Test
  void isTheSameInAVhostWhoseUsersAreTheSame() {
    assertThat(READ.sameIn("audio", salted(READ, "user", "other"))).isTrue();
  }

  /// As a broker that was read says it.
  private static Accounts salted(Accounts accounts, String user, String password) {
    return new Accounts(
        TreePMap.from(accounts.passwordHashes()).plus(user, PasswordHash.salted(password)),
        accounts.permissions());
  }
}
