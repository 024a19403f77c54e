package dev.warren.examples.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warren.worker.BatchContext;
import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IngestHandlerTest {
  private static final BatchContext CONTEXT = new BatchContext(List.of());

  private final List<UsageEvent> written = new ArrayList<>();
  private final IngestHandler handler = new IngestHandler(written::addAll);

  @Test
  void writesABatchAtOnceWithTheTasksIds() throws SQLException {
    var outcomes = handler.handle(List.of(task("a", 3), task("b", 1)), CONTEXT);

    assertThat(outcomes).hasSize(2).allMatch(Outcome.Done.class::isInstance);
    assertThat(written)
        .containsExactly(new UsageEvent("acme", "a", 3), new UsageEvent("acme", "b", 1));
  }

  @Test
  void failsWhatIsWrongAndWritesTheRest() throws SQLException {
    var outcomes = handler.handle(List.of(task("a", -1), task("b", 1)), CONTEXT);

    assertThat(outcomes.getFirst())
        .isInstanceOfSatisfying(
            Outcome.Fail.class,
            fail -> assertThat(fail.reason()).isEqualTo("units is -1; report 1 or more"));
    assertThat(outcomes.getLast()).isInstanceOf(Outcome.Done.class);
    assertThat(written).containsExactly(new UsageEvent("acme", "b", 1));
  }

  @Test
  void failsAnEventWithoutAnId() throws SQLException {
    var anonymous =
        new Task<>(
            Optional.<String>empty(),
            "acme",
            "acme",
            0,
            Map.of(),
            new IngestHandler.Usage("acme", 1));

    assertThat(handler.handle(List.of(anonymous), CONTEXT))
        .singleElement()
        .isInstanceOfSatisfying(
            Outcome.Fail.class, fail -> assertThat(fail.reason()).contains("message_id"));
    assertThat(written).isEmpty();
  }

  @Test
  void throwsWhatTheDatabaseThrowsSoThatTheBatchIsTriedAgain() {
    var down =
        new IngestHandler(
            _ -> {
              throw new SQLException("connection refused");
            });

    assertThatThrownBy(() -> down.handle(List.of(task("a", 1)), CONTEXT))
        .isInstanceOf(SQLException.class);
  }

  private static Task<IngestHandler.Usage> task(String id, int units) {
    return new Task<>(
        Optional.of(id), "acme", "acme", 0, Map.of(), new IngestHandler.Usage("acme", units));
  }
}
