package dev.warren.examples.ingestion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.warren.client.NewTask;
import java.nio.file.Path;
import java.util.List;

/// The producer: reports usage of two tenants by turns. One event of 999 is wrong; one of 99 is
/// published twice, as by a producer that did not hear the broker's answer.
final class Metering {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> TENANTS = List.of("acme", "globex");
  private static final int MAX_UNITS = 10;
  private static final int EVENTS_PER_WRONG = 999;
  private static final int EVENTS_PER_REPEATED = 99;
  private static final int PROGRESS_LINES = 20;

  private Metering() {}

  /// `--bindings DIRECTORY --tasks N`; other pairs are ignored.
  static void main(String[] arguments) throws JsonProcessingException {
    var bindings = Path.of(argument(arguments, "--bindings")).resolve("ingestion");
    var tasks = Integer.parseInt(argument(arguments, "--tasks"));
    try (var first = TenantPublisher.open(bindings.resolve(TENANTS.getFirst()));
        var second = TenantPublisher.open(bindings.resolve(TENANTS.getLast()))) {
      publish(List.of(first, second), tasks);
    }
    System.out.printf("repeated=%d tasks=%d%n", tasks / EVENTS_PER_REPEATED, tasks);
  }

  private static void publish(List<TenantPublisher> publishers, int tasks)
      throws JsonProcessingException {
    var step = Math.max(1, tasks / PROGRESS_LINES);
    for (int number = 0; number < tasks; number++) {
      if (number % step == 0) {
        System.out.printf("published %d of %d%n", number, tasks);
      }
      var tenant = number % TENANTS.size();
      var task = NewTask.of(JSON.writeValueAsBytes(usage(number)));
      publishers.get(tenant).publish(task);
      if (number % EVENTS_PER_REPEATED == EVENTS_PER_REPEATED - 1) {
        publishers.get(tenant).publish(task);
      }
    }
    publishers.forEach(TenantPublisher::finish);
    System.out.printf("published %d of %d%n", tasks, tasks);
  }

  /// The event of this number, counted from 0: 1 to 10 units, or -1 where it is wrong.
  static IngestHandler.Usage usage(int number) {
    var wrong = number % EVENTS_PER_WRONG == EVENTS_PER_WRONG - 1;
    return new IngestHandler.Usage(
        TENANTS.get(number % TENANTS.size()), wrong ? -1 : 1 + number % MAX_UNITS);
  }

  private static String argument(String[] arguments, String name) {
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      if (arguments[i].equals(name)) {
        return arguments[i + 1];
      }
    }
    throw new IllegalArgumentException(
        "%s is missing; usage: Metering --bindings DIRECTORY --tasks N".formatted(name));
  }
}
