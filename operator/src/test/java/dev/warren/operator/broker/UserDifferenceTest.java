package dev.warren.operator.broker;

import static dev.warren.operator.testing.Snapshots.absent;
import static dev.warren.operator.testing.Snapshots.after;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UserDifferenceTest {
  private static final Permissions PERMISSIONS = new Permissions("", "^tasks$", "");
  private static final BrokerChange PUT_USER = new BrokerChange.PutUser("user", "password");
  private static final BrokerChange PUT_PERMISSIONS =
      new BrokerChange.PutPermissions("user", PERMISSIONS);

  @Test
  void makesAUserThatIsMissing() {
    assertThat(UserDifference.changes(absent(), "user", "password", PERMISSIONS))
        .containsExactly(PUT_USER, PUT_PERMISSIONS);
  }

  @Test
  void isNothingForAUserAsItShouldBe() {
    var vhost = after(absent(), List.of(PUT_USER, PUT_PERMISSIONS));

    assertThat(UserDifference.changes(vhost, "user", "password", PERMISSIONS)).isEmpty();
  }

  @Test
  void setsAnotherPassword() {
    var vhost = after(absent(), List.of(PUT_USER, PUT_PERMISSIONS));

    assertThat(UserDifference.changes(vhost, "user", "rotated", PERMISSIONS))
        .containsExactly(new BrokerChange.PutUser("user", "rotated"));
  }

  @Test
  void takesBackPermissionsThatSomebodyGave() {
    var widened = new BrokerChange.PutPermissions("user", new Permissions(".*", ".*", ".*"));
    var vhost = absent().with(PUT_USER).with(widened);

    assertThat(UserDifference.changes(vhost, "user", "password", PERMISSIONS))
        .containsExactly(PUT_PERMISSIONS);
  }

  @Test
  void leavesThePasswordOutOfItsText() {
    assertThat(PUT_USER.toString()).isEqualTo("PutUser[name=user]");
  }
}
