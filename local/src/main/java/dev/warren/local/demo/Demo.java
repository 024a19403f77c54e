package dev.warren.local.demo;

import dev.warren.crds.TaskQueueStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/// The demo of one example, step by step. For one thread.
final class Demo {
  private final DemoOptions options;
  private final Example example;
  private final KubernetesClient client;
  private final ProgressView view;
  private final Manifests manifests;
  private final ExampleResources resources;

  /// The queues in RabbitMQ of the TaskQueues that are ready.
  private final Map<ResourceName, ExampleQueue> queues = new LinkedHashMap<>();

  /// What was said of the TaskQueues that were refused, as they should be.
  private final Map<ResourceName, String> refused = new LinkedHashMap<>();

  Demo(DemoOptions options, Example example, KubernetesClient client, ProgressView view) {
    this.options = options;
    this.example = example;
    this.client = client;
    this.view = view;
    manifests = new Manifests(client);
    resources = new ExampleResources(client);
  }

  Account run() throws IOException, InterruptedException, TimeoutException {
    var broker = new Installation(options, manifests).install();
    applyExample(broker);
    Files.createDirectories(options.work());
    try (var producer = publish()) {
      var watch =
          new Watch(options.tasks(), resources, new WorkerCounts(client), view, this::count);
      return watch.run(producer);
    }
  }

  private void applyExample(URI broker) throws IOException, InterruptedException, TimeoutException {
    for (var secret : example.secrets().entrySet()) {
      applySecret(ServerSecret.of(secret.getValue(), secret.getKey(), System.getenv()));
    }
    var unsettled = new ArrayList<ResourceName>();
    for (var file : example.manifests()) {
      var contents = manifests.read(file);
      // Workers would run what an earlier run left.
      if (contents.stream().anyMatch(Demo::isWorker)) {
        settle(unsettled, broker);
      }
      for (var resource : contents) {
        apply(resource, unsettled);
      }
      view.say("applied " + file.getFileName());
    }
    settle(unsettled, broker);
  }

  private void applySecret(Secret secret) {
    manifests.apply(
        new NamespaceBuilder()
            .withNewMetadata()
            .withName(secret.getMetadata().getNamespace())
            .endMetadata()
            .build());
    manifests.apply(secret);
    view.say("applied the Secret " + ResourceName.of(secret));
  }

  private void apply(HasMetadata resource, List<ResourceName> unsettled) {
    manifests.apply(resource);
    if (resource.getKind().equals("TaskQueue")) {
      unsettled.add(ResourceName.of(resource));
    }
    if (isWorker(resource)) {
      resources.addWorker(ResourceName.of(resource));
    }
  }

  private static boolean isWorker(HasMetadata resource) {
    return resource.getKind().equals("TaskWorker");
  }

  /// Waits for TaskQueues to be ready and empty, or refused if they should be.
  private void settle(List<ResourceName> unsettled, URI broker)
      throws IOException, InterruptedException, TimeoutException {
    for (var queue : unsettled) {
      var refusal = example.refusals().get(queue);
      if (refusal == null) {
        prepare(queue, broker);
      } else {
        refused.put(queue, refusal(queue, refusal));
        view.say("TaskQueue '%s' is refused".formatted(queue.name()));
      }
    }
    unsettled.clear();
  }

  private String refusal(ResourceName queue, String expected) throws InterruptedException {
    return Waiting.until(
        "the refusal of TaskQueue '%s' with '%s'".formatted(queue, expected),
        () -> resources.refusal(queue).filter(message -> message.contains(expected)));
  }

  private void prepare(ResourceName name, URI broker)
      throws IOException, InterruptedException, TimeoutException {
    var ready =
        Waiting.until(
            "TaskQueue '%s' to be ready".formatted(name.name()), () -> resources.readyStatus(name));
    view.say("TaskQueue '%s' is ready".formatted(name.name()));
    resources.addQueue(name);
    var queue = ExampleQueue.of(broker, ready);
    queues.put(name, queue);
    var left = queue.purge();
    if (left > 0) {
      view.say("deleted %,d messages of an earlier run".formatted(left));
      Waiting.until(
          "the queues to be seen empty",
          () -> resources.seenEmpty(name) ? Optional.of(name) : Optional.empty());
    }
  }

  private ExampleProcess publish() throws IOException, InterruptedException {
    var bindings = options.work().resolve("bindings");
    for (var queue : resources.queues()) {
      writeBinding(queue, bindings.resolve(queue.namespace()).resolve(queue.name()));
    }
    view.say("publishing %,d tasks".formatted(options.tasks()));
    return ExampleProcess.start(
        example,
        example.producer(),
        List.of(
            "--bindings", bindings.toString(),
            "--work", options.work().toString(),
            "--tasks", Integer.toString(options.tasks())),
        log());
  }

  /// Writes the queue's Secret for producers as a pod would have it mounted.
  private void writeBinding(ResourceName queue, Path directory)
      throws IOException, InterruptedException {
    var secret =
        Waiting.until(
            "the Secret for producers of TaskQueue '%s'".formatted(queue),
            () -> bindingSecret(queue));
    Files.createDirectories(directory);
    for (var entry : secret.getData().entrySet()) {
      Files.write(directory.resolve(entry.getKey()), Base64.getDecoder().decode(entry.getValue()));
    }
  }

  private Optional<Secret> bindingSecret(ResourceName queue) {
    return resources
        .status(queue)
        .map(TaskQueueStatus::binding)
        .map(
            binding ->
                client.secrets().inNamespace(queue.namespace()).withName(binding.name()).get());
  }

  private Path log() {
    return options.work().resolve("example.log");
  }

  /// Has the example count the effects of its tasks.
  private Account count(ExampleProcess producer, Progress last, RateMeter meter)
      throws IOException, InterruptedException, TimeoutException {
    var reasons = new ArrayList<String>();
    for (var queue : queues.values()) {
      reasons.addAll(queue.reasons());
    }
    try (var counting =
        ExampleProcess.start(
            example, example.account(), List.of("--work", options.work().toString()), log())) {
      counting.join();
      var done =
          counting
              .number("done")
              .orElseThrow(
                  () -> new DemoException("the example's account does not say 'done=NUMBER'"));
      return new Account(
          producer.number("tasks").orElse(0),
          done,
          example.doneMeans(),
          new DeadLetters(queues.size(), reasons),
          last.retried(),
          resources.podsLeft(),
          meter.rate(done, counting.number("first-ms"), counting.number("last-ms")),
          rows(producer, counting));
    }
  }

  /// What the programs count that is of interest, and what was refused.
  private List<String> rows(ExampleProcess producer, ExampleProcess counting) {
    var rows = new ArrayList<String>();
    example
        .rows()
        .forEach(
            (key, words) -> {
              counting.number(key).ifPresent(number -> rows.add(Account.row(key, number, words)));
              producer.number(key).ifPresent(number -> rows.add(Account.row(key, number, words)));
            });
    refused.forEach(
        (queue, message) ->
            rows.add(Account.row("refused", 1, "TaskQueue '%s': %s".formatted(queue, message))));
    return rows;
  }
}
