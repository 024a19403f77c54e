package dev.warren.model;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// What a pod of the shared runtime does: the operator writes it as flat settings into a ConfigMap,
/// the pod reads it.
///
/// @param namespace namespace of the TaskWorker; for logs, metrics and error headers
/// @param worker name of the TaskWorker
/// @param queue the task queue's name in the broker, which is also the routing key of retries and
///   dead letters
/// @param sources names of the queues to consume, 1 to 256, each once: the task queue alone, its
///   shards, or its generations while it migrates
/// @param queueType kind of the task queue, and so of its delay queues
/// @param sharedVhost whether namespaces share the vhost, so that each has delay queues of its own
/// @param handler what runs a task
/// @param concurrency tasks in flight in this pod, from all sources together, 1 to 10,000
/// @param prefetch deliveries that the broker may have outstanding here, from all sources together,
///   `concurrency` to 65,535
/// @param retry when a failed task is tried again
/// @param deadLetterExchange where a task goes that will not be tried again
/// @param taskTimeout the longest that one attempt may take
/// @param drainDeadline the longest that a stopping pod waits for its tasks
public record WorkerConfiguration(
    String namespace,
    String worker,
    String queue,
    List<String> sources,
    QueueType queueType,
    boolean sharedVhost,
    HandlerConfiguration handler,
    int concurrency,
    int prefetch,
    RetryPlan retry,
    String deadLetterExchange,
    Duration taskTimeout,
    Duration drainDeadline) {

  /// Tasks in flight in a pod that names no number.
  public static final int DEFAULT_CONCURRENCY = 10;

  /// The longest attempt where none is named.
  public static final Duration DEFAULT_TASK_TIMEOUT = Duration.ofMinutes(10);

  /// The most queues that one pod consumes.
  public static final int MAX_SOURCES = 256;

  private static final int MAX_CONCURRENCY = 10_000;
  private static final int MAX_PREFETCH = 65_535;

  public WorkerConfiguration {
    sources = List.copyOf(sources);
    checkSources(sources);
    if (prefetch < concurrency) {
      throw new IllegalArgumentException(
          "prefetch is %d, less than concurrency %d; raise it or leave it out"
              .formatted(prefetch, concurrency));
    }
  }

  /// The prefetch that keeps `concurrency` handlers busy: a quarter more, because an
  /// acknowledgement takes a round trip before the next delivery comes.
  public static int prefetchFor(int concurrency) {
    return Math.min(MAX_PREFETCH, concurrency + (concurrency + 3) / 4);
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
    var queueType = queueType(settings);
    var sharedVhost = settings.optional("vhost.shared").filter("true"::equals).isPresent();
    var concurrency = settings.integer("concurrency", 1, MAX_CONCURRENCY, DEFAULT_CONCURRENCY);
    var prefetch = settings.integer("prefetch", 1, MAX_PREFETCH, prefetchFor(concurrency));
    var deadLetterExchange =
        settings.optional("dead-letter.exchange").orElse(BrokerNames.DEAD_LETTER_EXCHANGE);
    var taskTimeout = settings.duration("task.timeout", DEFAULT_TASK_TIMEOUT);
    var drainDeadline = settings.duration("drain.deadline", taskTimeout);
    var handler = handler(settings);
    var retry = retry(settings);
    return settings.build(
        () ->
            new WorkerConfiguration(
                namespace,
                worker,
                queue,
                sources.isEmpty() ? List.of(queue) : sources,
                queueType,
                sharedVhost,
                handler,
                concurrency,
                prefetch,
                retry,
                deadLetterExchange,
                taskTimeout,
                drainDeadline));
  }

  /// A delay lane for a retry.
  ///
  /// @param lane 0 to the number of the plan's lanes less 1
  public DelayLane delayLane(Duration delay, int lane) {
    var shareOf = sharedVhost ? Optional.of(namespace) : Optional.<String>empty();
    return new DelayLane(delay, lane, queueType, shareOf);
  }

  /// Flat settings, sorted by key, from which {@link #parse} makes an equal record.
  public Map<String, String> toSettings() {
    var values = new TreeMap<String, String>();
    values.put("namespace", namespace);
    values.put("worker", worker);
    values.put("queue", queue);
    putSources(values);
    values.put("queue.type", queueType.argument());
    if (sharedVhost) {
      values.put("vhost.shared", "true");
    }
    values.put("concurrency", Integer.toString(concurrency));
    values.put("prefetch", Integer.toString(prefetch));
    values.put("retry.max-attempts", Integer.toString(retry.maxAttempts()));
    values.put("retry.initial-delay", DurationText.format(retry.initialDelay()));
    values.put("retry.multiplier", Double.toString(retry.multiplier()));
    values.put("retry.max-delay", DurationText.format(retry.maxDelay()));
    values.put("retry.jitter", Double.toString(retry.jitter()));
    values.put("dead-letter.exchange", deadLetterExchange);
    values.put("task.timeout", DurationText.format(taskTimeout));
    values.put("drain.deadline", DurationText.format(drainDeadline));
    putHandler(values);
    return values;
  }

  private void putSources(Map<String, String> values) {
    if (!sources.equals(List.of(queue))) {
      putList(values, "source", sources);
    }
  }

  private void putHandler(Map<String, String> values) {
    if (handler instanceof HandlerConfiguration.Java java) {
      values.put("handler.java.class-name", java.className());
    } else if (handler instanceof HandlerConfiguration.Http http) {
      values.put("handler.http.url", http.url().toString());
    } else if (handler instanceof HandlerConfiguration.Exec exec) {
      putList(values, "handler.exec.command", exec.command());
    }
  }

  private static void putList(Map<String, String> values, String name, List<String> list) {
    for (int i = 0; i < list.size(); i++) {
      values.put(name + "." + i, list.get(i));
    }
  }

  private static QueueType queueType(Settings settings) {
    var text = settings.optional("queue.type").orElse(QueueType.QUORUM.argument());
    for (var type : QueueType.values()) {
      if (type.argument().equals(text)) {
        return type;
      }
    }
    return settings.problem(
        QueueType.QUORUM, "queue.type is '%s'; use quorum or classic".formatted(text));
  }

  private static RetryPlan retry(Settings settings) {
    var otherwise = RetryPlan.DEFAULT;
    return settings.check(
        otherwise,
        () ->
            new RetryPlan(
                settings.integer(
                    "retry.max-attempts", 1, RetryPlan.MAX_ATTEMPTS, otherwise.maxAttempts()),
                settings.duration("retry.initial-delay", otherwise.initialDelay()),
                settings.decimal("retry.multiplier", otherwise.multiplier()),
                settings.duration("retry.max-delay", otherwise.maxDelay()),
                settings.decimal("retry.jitter", otherwise.jitter())));
  }

  private static HandlerConfiguration handler(Settings settings) {
    var kinds = new ArrayList<Supplier<HandlerConfiguration>>();
    settings
        .optional("handler.java.class-name")
        .ifPresent(name -> kinds.add(() -> new HandlerConfiguration.Java(name)));
    settings
        .optional("handler.http.url")
        .ifPresent(url -> kinds.add(() -> new HandlerConfiguration.Http(URI.create(url))));
    var command = settings.list("handler.exec.command");
    if (!command.isEmpty()) {
      kinds.add(() -> new HandlerConfiguration.Exec(command));
    }
    var placeholder = new HandlerConfiguration.Java("");
    return kinds.size() == 1
        ? settings.check(placeholder, kinds.get(0))
        : settings.problem(
            placeholder,
            "%d handlers are set; set one of handler.java.class-name, handler.http.url, handler.exec.command.0"
                .formatted(kinds.size()));
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
