package dev.warren.examples.email;

import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import dev.warren.worker.TaskHandler;
import java.io.IOException;
import java.nio.file.Path;

/// Sends a message by e-mail. The task's id is the key by which the provider recognises a request
/// that is repeated, so nobody gets an e-mail twice.
public final class MailHandler implements TaskHandler<Message> {
  /// The provider's directory in the outbox.
  static final String PROVIDER = "mail";

  @Override
  public Outcome handle(Task<Message> task, TaskContext context) throws IOException {
    var message = task.payload();
    var provider = new Provider(Path.of(message.outbox(), PROVIDER));
    return switch (provider.send(
        context.idempotencyKey().orElseThrow(), message.to(), context.attempt())) {
      case ACCEPTED -> Outcome.done();
      case LATER -> Outcome.retry("451 %s is greylisted, try again later".formatted(message.to()));
      case NO_SUCH_MAILBOX ->
          // A bounce: another attempt would cost reputation, and help nobody.
          Outcome.fail("550 no such mailbox at " + domain(message.to()));
    };
  }

  private static String domain(String address) {
    return address.substring(address.indexOf('@') + 1);
  }
}
