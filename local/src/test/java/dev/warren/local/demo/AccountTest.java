package dev.warren.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountTest {
  @Test
  void addsUpWhenEveryTaskIsDoneOrDeadAndTheWorkersAreGone() {
    assertThat(account(10, 8, 2, 0).addsUp()).isTrue();
    assertThat(account(10, 7, 2, 0).addsUp()).isFalse();
    assertThat(account(10, 9, 2, 0).addsUp()).isFalse();
    assertThat(account(10, 8, 2, 1).addsUp()).isFalse();
    assertThat(account(0, 0, 0, 0).addsUp()).isFalse();
  }

  @Test
  void showsEachReasonOnceAndTheRowsOfTheExampleLast() {
    assertThat(account(1_210, 1_208, 2, 0).text().lines())
        .containsExactly(
            "",
            "published       1,210  confirmed by the broker",
            "done            1,208  cups",
            "dead-lettered       2  tasks in the dead-letter queue",
            "                   2 x cold",
            "missing             0  published less done less dead-lettered",
            "retried             3  attempts that failed and were put off",
            "workers             0  pods left",
            "rate              121  tasks a second from the first publish to the last done, 1,300 from the first done",
            "sugar               4  lumps");
  }

  private static Account account(int published, int done, int dead, int workers) {
    return new Account(
        published,
        done,
        "cups",
        new DeadLetters(1, Collections.nCopies(dead, "cold")),
        3,
        workers,
        new Rate(121.4, 1_300),
        List.of(Account.row("sugar", 4, "lumps")));
  }
}
