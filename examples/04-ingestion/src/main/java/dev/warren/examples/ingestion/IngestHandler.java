package dev.warren.examples.ingestion;

import com.zaxxer.hikari.HikariDataSource;
import dev.warren.worker.BatchContext;
import dev.warren.worker.BatchTaskHandler;
import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes events into PostgreSQL, a batch with one statement. What is wrong with an event is that
/// event's matter alone; what the database throws is tried again for the whole batch.
public final class IngestHandler implements BatchTaskHandler<IngestHandler.Usage>, AutoCloseable {
  /// The task's JSON body: that somebody used something, which will be billed.
  ///
  /// @param tenant who
  /// @param units how much, 1 or more
  public record Usage(String tenant, int units) {}

  /// Where valid events go; a test has another.
  interface Sink {
    void add(List<UsageEvent> events) throws SQLException;
  }

  private final Sink sink;
  private final Runnable close;

  /// Called by the worker.
  public IngestHandler() throws SQLException {
    this(Database.ofPod(System.getenv()));
  }

  private IngestHandler(HikariDataSource database) throws SQLException {
    var table = UsageTable.in(database);
    this.sink = table::add;
    this.close = database::close;
  }

  IngestHandler(Sink sink) {
    this.sink = sink;
    this.close = () -> {};
  }

  @Override
  public List<Outcome> handle(List<Task<Usage>> tasks, BatchContext context) throws SQLException {
    var outcomes = new ArrayList<Outcome>();
    var events = new ArrayList<UsageEvent>();
    for (var task : tasks) {
      var problem = problem(task);
      outcomes.add(problem.map(Outcome::fail).orElseGet(Outcome::done));
      if (problem.isEmpty()) {
        events.add(event(task));
      }
    }
    sink.add(events);
    return outcomes;
  }

  @Override
  public void close() {
    close.run();
  }

  private static Optional<String> problem(Task<Usage> task) {
    if (task.id().isEmpty()) {
      return Optional.of("the event has no id by which it could be counted once; set message_id");
    }
    var units = task.payload().units();
    return units < 1
        ? Optional.of("units is %d; report 1 or more".formatted(units))
        : Optional.empty();
  }

  private static UsageEvent event(Task<Usage> task) {
    return new UsageEvent(task.payload().tenant(), task.id().orElseThrow(), task.payload().units());
  }
}
