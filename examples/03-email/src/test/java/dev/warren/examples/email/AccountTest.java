package dev.warren.examples.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountTest {
  @Test
  void findsTheBusiestSecondWhereverItBegins() {
    assertThat(Account.busiest(List.of())).isZero();
    assertThat(Account.busiest(List.of(2_300L, 900L, 1_100L, 1_899L, 1_900L))).isEqualTo(3);
    assertThat(Account.busiest(LongStream.range(0, 5_000).map(i -> i * 2).boxed().toList()))
        .isEqualTo(500);
  }

  @Test
  void holdsTheSendersToTheLimit() {
    assertThat(new Account(0, 0, 675, 0).keepsTheLimit()).isTrue();
    assertThat(new Account(0, 0, 676, 0).keepsTheLimit()).isFalse();
  }

  @Test
  void knowsTheLimitOfTheTaskWorker() throws IOException {
    assertThat(Files.readString(Path.of("workers.yaml")))
        .contains(
            "rateLimit: {tasks: %d, per: 1s, burst: %d,".formatted(Account.LIMIT, Account.BURST));
  }

  @Test
  void countsNothingWhereNothingIs(@TempDir Path outbox) throws IOException {
    assertThat(Account.of(outbox)).isEqualTo(new Account(0, 0, 0, 0));
  }
}
