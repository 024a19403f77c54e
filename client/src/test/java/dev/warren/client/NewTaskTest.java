package dev.warren.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NewTaskTest {
  @Test
  void hasAnIdOfItsOwnThatChangesKeep() {
    var task = NewTask.of("{}");

    assertThat(UUID.fromString(task.id()).version()).isEqualTo(7);
    assertThat(task.withPriority(3).withType("resize").withHeader("a", 1).id())
        .isEqualTo(task.id());
  }

  @Test
  void refusesPriorityOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NewTask.of("{}").withPriority(256))
        .withMessage("task: priority is 256; use 0 to 255");
    assertThatIllegalArgumentException().isThrownBy(() -> NewTask.of("{}").withPriority(-1));
  }

  @Test
  void refusesBlankId() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NewTask.of("{}").withId(" "))
        .withMessageContaining("id is blank");
  }

  @Test
  void refusesHeadersThatAreWarrensOwn() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NewTask.of("{}").withHeader("warren-attempt", 7))
        .withMessage("task: header 'warren-attempt' begins with warren-; choose another name");
  }

  @Test
  void isNotChangedWithTheMapItWasMadeOf() {
    var headers = new HashMap<String, Object>();
    var task =
        new NewTask(
            "id", Optional.empty(), Optional.empty(), 0, "text/plain", headers, new byte[0]);

    headers.put("late", 1);

    assertThat(task.headers()).isEmpty();
  }

  @Test
  void keepsItsBodyOutOfLogs() {
    assertThat(NewTask.of("secret").withId("id-1"))
        .hasToString("NewTask[id-1, priority 0, 6 bytes of application/json]");
  }
}
