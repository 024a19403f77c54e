package dev.warren.examples.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SendersTest {
  @TempDir private Path outbox;

  private final MailHandler mail = new MailHandler();
  private final PushHandler push = new PushHandler();

  @Test
  void sendsBothMessages() throws IOException {
    assertThat(mail.handle(to("ada@example.com"), attempt(1))).isInstanceOf(Outcome.Done.class);
    assertThat(push.handle(to("ada@example.com"), attempt(1))).isInstanceOf(Outcome.Done.class);

    assertThat(Account.of(outbox)).isEqualTo(new Account(1, 1, 1, 0));
  }

  @Test
  void sendsNobodyAnEmailTwice() throws IOException {
    mail.handle(to("ada@example.com"), attempt(1));
    mail.handle(to("ada@example.com"), attempt(1));

    assertThat(Account.of(outbox)).isEqualTo(new Account(1, 0, 1, 1));
  }

  @Test
  void bouncesForGood() throws IOException {
    assertThat(mail.handle(to("ada" + Provider.NOWHERE), attempt(1)))
        .isInstanceOfSatisfying(
            Outcome.Fail.class,
            fail -> assertThat(fail.reason()).isEqualTo("550 no such mailbox at nowhere.invalid"));
    assertThat(Account.of(outbox).mails()).isZero();
  }

  @Test
  void triesAgainWhenItIsPutOff() throws IOException {
    var greylisted = to("ada" + Provider.GREYLISTED);

    assertThat(mail.handle(greylisted, attempt(1))).isInstanceOf(Outcome.Retry.class);
    assertThat(mail.handle(greylisted, attempt(2))).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void pushesToCustomersWithoutAMailbox() throws IOException {
    for (var domain : new String[] {Provider.NOWHERE, Provider.GREYLISTED}) {
      assertThat(push.handle(to("ada" + domain), attempt(1))).isInstanceOf(Outcome.Done.class);
    }
  }

  private Task<Message> to(String address) {
    return new Task<>(
        Optional.of("id-1"),
        "messages",
        "mail",
        0,
        Map.of(),
        new Message(address, "Hello", outbox.toString()));
  }

  private static TaskContext attempt(int number) {
    return new Attempt(number, Instant.EPOCH, Instant.MAX, false, Optional.of("id-1"));
  }

  private record Attempt(
      int attempt,
      Instant firstSeen,
      Instant deadline,
      boolean isCancelled,
      Optional<String> idempotencyKey)
      implements TaskContext {}
}
