package dev.warren.model;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a pod of the shared runtime does: the operator writes it as flat settings into a ConfigMap,
/// the pod reads it.
///
/// @param namespace namespace of the TaskWorker; for logs, metrics and error headers
/// @param worker name of the TaskWorker
/// @param queue the task queue's name in the broker, which is also the routing key of retries and
///   dead letters
/// @param sources names of the queues to consume, 1 to 256, each once: the task queue alone, its
///   shards, or its generations while it migrates
/// @param sharedVhost whether namespaces share the vhost, so that each has delay queues of its own
/// @param handler what runs a task
/// @param flow how many tasks the pod fetches and runs, and how fast
/// @param retry when a failed task is tried again
/// @param errors what becomes of tasks whose handler throws, at most {@link ErrorRule#MAX_RULES};
///   the first that matches counts
/// @param idempotency how a task that was done before is recognised, if at all
/// @param deadLetterExchange where a task goes that will not be tried again
/// @param taskTimeout the longest that one attempt may take
/// @param drainDeadline the longest that a stopping pod waits for its tasks
/// @param logLevel the least severe of what the pod logs
/// @param ordered whether tasks start in the order in which they were published, because the queue
///   has a single active consumer; nothing is sent to the end of the queue then
public record WorkerConfiguration(
    String namespace,
    String worker,
    String queue,
    List<String> sources,
    boolean sharedVhost,
    HandlerConfiguration handler,
    Flow flow,
    RetryPlan retry,
    List<ErrorRule> errors,
    Optional<Idempotency> idempotency,
    String deadLetterExchange,
    Duration taskTimeout,
    Duration drainDeadline,
    LogLevel logLevel,
    boolean ordered) {

  /// The longest attempt where none is named.
  public static final Duration DEFAULT_TASK_TIMEOUT = Duration.ofMinutes(10);

  /// The most queues that one pod consumes.
  public static final int MAX_SOURCES = 256;

  public WorkerConfiguration {
    sources = List.copyOf(sources);
    errors = List.copyOf(errors);
    checkSources(sources);
    if (errors.size() > ErrorRule.MAX_RULES) {
      throw new IllegalArgumentException(
          "%d errors are set; use %d at most".formatted(errors.size(), ErrorRule.MAX_RULES));
    }
  }

  /// The configuration for a queue without a promise of order.
  public WorkerConfiguration(
      String namespace,
      String worker,
      String queue,
      List<String> sources,
      boolean sharedVhost,
      HandlerConfiguration handler,
      Flow flow,
      RetryPlan retry,
      List<ErrorRule> errors,
      Optional<Idempotency> idempotency,
      String deadLetterExchange,
      Duration taskTimeout,
      Duration drainDeadline,
      LogLevel logLevel) {
    this(
        namespace,
        worker,
        queue,
        sources,
        sharedVhost,
        handler,
        flow,
        retry,
        errors,
        idempotency,
        deadLetterExchange,
        taskTimeout,
        drainDeadline,
        logLevel,
        false);
  }

  /// Reads settings as {@link #toSettings()} writes them. Unknown keys are ignored: they may be a
  /// newer operator's.
  ///
  /// @throws WarrenModelException if a setting is missing or wrong; names all of them
  public static WorkerConfiguration parse(Map<String, String> values) {
    var settings = new Settings("worker configuration", values);
    var namespace = settings.required("namespace");
    var worker = settings.required("worker");
    var queue = settings.required("queue");
    var sources = settings.list("source");
    var sharedVhost = settings.flag("vhost.shared");
    var handler = HandlerSettings.read(settings);
    var flow = Flow.read(settings);
    var retry = RetryPlan.read(settings);
    var errors = ErrorRule.read(settings);
    var idempotency = Idempotency.read(settings);
    var deadLetterExchange =
        settings.optional("dead-letter.exchange").orElse(BrokerNames.DEAD_LETTER_EXCHANGE);
    var taskTimeout = settings.duration("task.timeout", DEFAULT_TASK_TIMEOUT);
    var drainDeadline = settings.duration("drain.deadline", taskTimeout);
    var logLevel = settings.choice("log.level", LogLevel.INFO);
    var ordered = settings.flag("queue.ordered");
    return settings.build(
        () ->
            new WorkerConfiguration(
                namespace,
                worker,
                queue,
                sources.isEmpty() ? List.of(queue) : sources,
                sharedVhost,
                handler,
                flow,
                retry,
                errors,
                idempotency,
                deadLetterExchange,
                taskTimeout,
                drainDeadline,
                logLevel,
                ordered));
  }

  /// The same with another flow.
  public WorkerConfiguration withFlow(Flow other) {
    return new WorkerConfiguration(
        namespace,
        worker,
        queue,
        sources,
        sharedVhost,
        handler,
        other,
        retry,
        errors,
        idempotency,
        deadLetterExchange,
        taskTimeout,
        drainDeadline,
        logLevel,
        ordered);
  }

  /// A delay lane for a retry.
  ///
  /// @param lane 0 to the number of the plan's lanes less 1
  public DelayLane delayLane(Duration delay, int lane) {
    return new DelayLane(delay, lane, shareOf());
  }

  /// The exchange that leads back to the task queue without a delay.
  public String returnExchange() {
    return BrokerNames.within(shareOf(), BrokerNames.RETURN_EXCHANGE);
  }

  /// Flat settings, sorted by key, from which {@link #parse} makes an equal record.
  public Map<String, String> toSettings() {
    var values = startSettings();
    flow.writeLive(values);
    retry.write(values);
    ErrorRule.write(errors, values);
    values.put("log.level", Settings.text(logLevel));
    return values;
  }

  /// Those of the settings that a pod takes only at its start; all others it takes while it runs. A
  /// configuration that differs in these is not for a pod that runs: the operator replaces the pods
  /// then, and one that still runs keeps to what it has.
  public Map<String, String> startSettings() {
    var values = new TreeMap<String, String>();
    values.put("namespace", namespace);
    values.put("worker", worker);
    values.put("queue", queue);
    if (!sources.equals(List.of(queue))) {
      Settings.putList(values, "source", sources);
    }
    if (sharedVhost) {
      values.put("vhost.shared", "true");
    }
    if (ordered) {
      values.put("queue.ordered", "true");
    }
    HandlerSettings.write(handler, values);
    flow.writeStart(values);
    idempotency.ifPresent(recognised -> recognised.write(values));
    values.put("dead-letter.exchange", deadLetterExchange);
    values.put("task.timeout", DurationText.format(taskTimeout));
    values.put("drain.deadline", DurationText.format(drainDeadline));
    return values;
  }

  private Optional<String> shareOf() {
    return sharedVhost ? Optional.of(namespace) : Optional.empty();
  }

  private static void checkSources(List<String> sources) {
    if (sources.isEmpty() || sources.size() > MAX_SOURCES) {
      throw new IllegalArgumentException(
          "%d sources are set; use 1 to %d".formatted(sources.size(), MAX_SOURCES));
    }
    var seen = new HashSet<String>();
    for (var source : sources) {
      if (source.isBlank() || !seen.add(source)) {
        throw new IllegalArgumentException(
            "source '%s' is empty or set twice; name each queue once".formatted(source));
      }
    }
  }
}
