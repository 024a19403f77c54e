package dev.warren.examples.platform;

import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import dev.warren.worker.TaskHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes an order down in the book of the tenant whose pod this is: an empty file whose name says
/// who gave it to whom. Written twice it is there once.
public final class OrderHandler implements TaskHandler<Order> {
  private final String tenant;

  /// For the pod, whose environment says in `TENANT` whose it is.
  public OrderHandler() {
    this(String.valueOf(System.getenv("TENANT")));
  }

  OrderHandler(String tenant) {
    this.tenant = tenant;
  }

  @Override
  public Outcome handle(Task<Order> task, TaskContext context) throws IOException {
    var order = task.payload();
    var page = Files.createDirectories(Path.of(order.book(), tenant));
    Files.write(
        page.resolve("%s.%s".formatted(order.tenant(), context.idempotencyKey().orElseThrow())),
        new byte[0]);
    return Outcome.done();
  }
}
