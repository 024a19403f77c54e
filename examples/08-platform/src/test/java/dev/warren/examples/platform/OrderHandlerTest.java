package dev.warren.examples.platform;

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

class OrderHandlerTest {
  @TempDir private Path book;

  @Test
  void writesAnOrderDownOnceHoweverOftenItComes() throws IOException {
    var handler = new OrderHandler("bakery");

    assertThat(handler.handle(order("bakery"), attempt("1"))).isInstanceOf(Outcome.Done.class);
    handler.handle(order("bakery"), attempt("1"));
    handler.handle(order("bakery"), attempt("2"));

    assertThat(Account.of(book)).isEqualTo(new Account(2, 0, 0));
  }

  @Test
  void tellsWhoseOrderReachedWhom() throws IOException {
    new OrderHandler("florist").handle(order("florist"), attempt("1"));
    new OrderHandler("florist").handle(order("bakery"), attempt("2"));

    assertThat(Account.of(book)).isEqualTo(new Account(0, 1, 1));
  }

  @Test
  void findsNothingInAnEmptyBook() throws IOException {
    assertThat(Account.of(book.resolve("absent"))).isEqualTo(new Account(0, 0, 0));
  }

  private Task<Order> order(String tenant) {
    return new Task<>(
        Optional.of("id"), "orders", "orders", 0, Map.of(), new Order(tenant, book.toString()));
  }

  private static TaskContext attempt(String key) {
    return new Attempt(1, Instant.EPOCH, Instant.MAX, false, Optional.of(key));
  }

  private record Attempt(
      int attempt,
      Instant firstSeen,
      Instant deadline,
      boolean isCancelled,
      Optional<String> idempotencyKey)
      implements TaskContext {}
}
