package dev.warren.local.demo;

import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskQueueStatus;
import dev.warren.crds.TaskWorker;
import dev.warren.crds.TaskWorkerStatus;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The demo, step by step. For one thread.
final class Demo {
  private static final String SYSTEM = "warren-system";
  private static final String NAMESPACE = "quickstart";
  private static final String NAME = "thumbnails";
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration START_PATIENCE = Duration.ofMinutes(2);

  /// How long nothing may move before the demo gives up.
  private static final Duration STALL_PATIENCE = Duration.ofMinutes(3);

  private final DemoOptions options;
  private final KubernetesClient client;
  private final ProgressView view;
  private final Manifests manifests;
  private final WorkerRetries retries;
  private final Path pictures;

  Demo(DemoOptions options, KubernetesClient client, ProgressView view) {
    this.options = options;
    this.client = client;
    this.view = view;
    manifests = new Manifests(client);
    retries = new WorkerRetries(client);
    pictures = options.work().resolve("pictures");
  }

  Account run() throws IOException, InterruptedException, TimeoutException {
    var broker = startPlatform();
    var queue = applyExample(broker);
    try (var producer = publish()) {
      var last = watch(producer);
      view.close(last);
      var published = producer.number("published").orElse(0);
      return account(published, last.retried(), queue);
    }
  }

  /// Starts what a platform team would have installed.
  private URI startPlatform() throws IOException, InterruptedException {
    manifests.applyCrds();
    manifests.apply(
        new NamespaceBuilder().withNewMetadata().withName(SYSTEM).endMetadata().build());
    if (options.privateBroker()) {
      manifests.applyResource("rabbitmq.yaml");
    }
    manifests.applyResource("operator.yaml");
    var urls = await("the broker's addresses", () -> brokerUrls());
    manifests.apply(
        new SecretBuilder()
            .withNewMetadata()
            .withName("rabbitmq")
            .withNamespace(SYSTEM)
            .endMetadata()
            .withStringData(
                Map.of(
                    "uri", Objects.requireNonNull(urls.get("RABBITMQ_URL")),
                    "managementUri", Objects.requireNonNull(urls.get("RABBITMQ_MANAGEMENT_URL"))))
            .build());
    return URI.create(Objects.requireNonNull(urls.get("RABBITMQ_URL")));
  }

  private Optional<Map<String, String>> brokerUrls() {
    try {
      return Optional.of(
          Files.readAllLines(options.broker()).stream()
              .map(line -> line.split("=", 2))
              .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1])));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private ExampleQueue applyExample(URI broker)
      throws IOException, InterruptedException, TimeoutException {
    apply("namespace.yaml");
    apply("taskqueue.yaml");
    var ready =
        await(
            "TaskQueue '%s' to be ready".formatted(NAME), () -> queueStatus().filter(Demo::ready));
    view.say("TaskQueue '%s' is ready".formatted(NAME));
    var queue = new ExampleQueue(broker, Objects.requireNonNull(ready.vhost()), NAME);
    var left = queue.purge();
    if (left > 0) {
      view.say("deleted %,d messages of an earlier run".formatted(left));
      await("the queues to be seen empty", () -> queueStatus().filter(Demo::empty));
    }
    apply("taskworker.yaml");
    return queue;
  }

  private void apply(String file) throws IOException {
    manifests.applyFile(options.example().resolve(file));
    view.say("applied " + file);
  }

  private ExampleProcess publish() throws IOException, InterruptedException {
    var binding = options.work().resolve("binding");
    var secret = await("the Secret for producers", this::bindingSecret);
    Files.createDirectories(binding);
    for (var entry : secret.getData().entrySet()) {
      Files.write(binding.resolve(entry.getKey()), Base64.getDecoder().decode(entry.getValue()));
    }
    view.say("publishing %,d tasks".formatted(options.tasks()));
    return ExampleProcess.start(
        options.example(),
        "Uploads",
        List.of(
            "--binding", binding.toString(),
            "--dir", pictures.toString(),
            "--tasks", Integer.toString(options.tasks())),
        log());
  }

  private Path log() {
    return options.work().resolve("example.log");
  }

  private Optional<Secret> bindingSecret() {
    return queueStatus()
        .map(TaskQueueStatus::binding)
        .map(binding -> client.secrets().inNamespace(NAMESPACE).withName(binding.name()).get());
  }

  private Progress watch(ExampleProcess producer) throws IOException, InterruptedException {
    var first = true;
    var before = progress(producer);
    var moved = Instant.now();
    while (true) {
      var publishing = producer.running();
      var now = progress(producer);
      view.show(now);
      if (first && now.done() > 0) {
        view.say("the first task is done");
        first = false;
      }
      if (!publishing) {
        producer.join();
      }
      if (now.finished(!publishing)) {
        return now;
      }
      if (!now.equals(before)) {
        moved = Instant.now();
      } else if (Instant.now().isAfter(moved.plus(STALL_PATIENCE))) {
        throw new DemoException("nothing has moved for %d s".formatted(STALL_PATIENCE.toSeconds()));
      }
      before = now;
      Thread.sleep(LOOK);
    }
  }

  private Progress progress(ExampleProcess producer) throws IOException, InterruptedException {
    var queue = queueStatus();
    var worker = workerStatus();
    return new Progress(
        options.tasks(),
        producer.uploaded(),
        count(queue.map(TaskQueueStatus::ready)),
        count(queue.map(TaskQueueStatus::unacknowledged)),
        thumbnails() / 3,
        retries.count(NAMESPACE, NAME),
        count(queue.map(TaskQueueStatus::deadLettered)),
        worker.map(TaskWorkerStatus::scaling).map(TaskWorkerStatus.Scaling::wanted).orElse(0),
        worker.map(TaskWorkerStatus::readyReplicas).orElse(0));
  }

  private int thumbnails() throws IOException {
    var out = pictures.resolve("out");
    if (!Files.isDirectory(out)) {
      return 0;
    }
    try (var files = Files.list(out)) {
      return (int) files.filter(file -> !file.getFileName().toString().startsWith(".")).count();
    }
  }

  private Account account(int published, long retried, ExampleQueue queue)
      throws IOException, InterruptedException, TimeoutException {
    try (var counting =
        ExampleProcess.start(options.example(), "Account", List.of(pictures.toString()), log())) {
      counting.join();
      return new Account(
          published,
          counting.number("complete").orElse(0),
          queue.deadLetters(),
          retried,
          workerStatus().map(TaskWorkerStatus::replicas).orElse(0));
    }
  }

  private Optional<TaskQueueStatus> queueStatus() {
    return status(client.resources(TaskQueue.class).inNamespace(NAMESPACE).withName(NAME).get());
  }

  private Optional<TaskWorkerStatus> workerStatus() {
    var worker = client.resources(TaskWorker.class).inNamespace(NAMESPACE).withName(NAME).get();
    return Optional.ofNullable(worker).map(TaskWorker::getStatus);
  }

  private static Optional<TaskQueueStatus> status(@Nullable TaskQueue queue) {
    return Optional.ofNullable(queue).map(TaskQueue::getStatus);
  }

  private static boolean empty(TaskQueueStatus status) {
    return Long.valueOf(0).equals(status.ready()) && Long.valueOf(0).equals(status.deadLettered());
  }

  private static boolean ready(TaskQueueStatus status) {
    return Optional.ofNullable(status.conditions()).orElse(List.of()).stream()
        .anyMatch(
            condition ->
                condition.getType().equals("Ready") && condition.getStatus().equals("True"));
  }

  private static OptionalLong count(Optional<Long> value) {
    return value.map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  private static <T> T await(String what, Supplier<Optional<T>> look) throws InterruptedException {
    var deadline = Instant.now().plus(START_PATIENCE);
    while (Instant.now().isBefore(deadline)) {
      var found = look.get();
      if (found.isPresent()) {
        return found.get();
      }
      Thread.sleep(LOOK);
    }
    throw new DemoException(
        "%s did not come within %d s".formatted(what, START_PATIENCE.toSeconds()));
  }
}
