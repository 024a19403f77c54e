package dev.warren.operator.taskqueue;

import dev.warren.crds.ExchangeSpec;
import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskQueueSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/// What RabbitMQ would take of a spec, but its author cannot have meant, and names that are not to
/// be had. Pure.
final class FormCheck {
  /// The schema's rules, for an API server that evaluates none.
  private static final Pattern RESERVED = Pattern.compile("(warren|amq)\\..*");

  private static final Pattern RESERVED_QUEUE =
      Pattern.compile("(warren|amq)\\..*|.*\\.(dlq|g?[0-9]+)");

  private final List<String> problems = new ArrayList<>();

  private FormCheck() {}

  /// Problems, each with its field, the value and the remedy.
  ///
  /// @param exchange type of its exchange
  static List<String> problems(TaskQueue resource, TaskQueueSpec spec, ExchangeSpec.Type exchange) {
    var check = new FormCheck();
    Annotations.problem(resource).ifPresent(check.problems::add);
    check.names(resource, spec);
    check.routes(spec, exchange);
    return List.copyOf(check.problems);
  }

  private void names(TaskQueue resource, TaskQueueSpec spec) {
    reserved("queueName", SettingsResolver.queueOf(resource), RESERVED_QUEUE);
    if (spec.exchange() != null && spec.exchange().name() != null) {
      reserved("exchange.name", spec.exchange().name(), RESERVED);
    }
    var deadLetters = spec.deadLetter() == null ? null : spec.deadLetter().exchange();
    if (deadLetters != null && !deadLetters.startsWith("warren.")) {
      reserved("deadLetter.exchange", deadLetters, RESERVED);
    }
  }

  private void routes(TaskQueueSpec spec, ExchangeSpec.Type exchange) {
    var keys = Objects.requireNonNullElse(spec.routingKeys(), List.<String>of());
    keys.stream()
        .filter(key -> Collections.frequency(keys, key) > 1)
        .distinct()
        .map("spec.routingKeys has '%s' more than once; leave the others out"::formatted)
        .forEach(problems::add);
    if (exchange == ExchangeSpec.Type.Headers && spec.bindings() != null) {
      spec.bindings().forEach(binding -> HeaderArguments.check(binding.arguments(), problems));
    }
  }

  private void reserved(String field, String name, Pattern reserved) {
    if (reserved.matcher(name).matches()) {
      problems.add(
          "spec.%s is '%s', a name that belongs to Warren or RabbitMQ; choose another"
              .formatted(field, name));
    }
  }
}
