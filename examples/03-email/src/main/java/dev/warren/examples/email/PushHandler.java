package dev.warren.examples.email;

import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import dev.warren.worker.TaskHandler;
import java.io.IOException;
import java.nio.file.Path;

/// Sends the same message to the customer's phone. Its provider has no limit, and knows customers
/// whose mailbox does not exist.
public final class PushHandler implements TaskHandler<Message> {
  /// The provider's directory in the outbox.
  static final String PROVIDER = "push";

  @Override
  public Outcome handle(Task<Message> task, TaskContext context) throws IOException {
    var provider = new Provider(Path.of(task.payload().outbox(), PROVIDER));
    var device = "device-of-" + task.payload().to().replace('@', '.');
    provider.send(context.idempotencyKey().orElseThrow(), device, context.attempt());
    return Outcome.done();
  }
}
