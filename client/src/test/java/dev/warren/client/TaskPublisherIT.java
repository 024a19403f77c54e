package dev.warren.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.warren.model.TaskHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TaskPublisherIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TestQueue queue = new TestQueue();

  @AfterEach
  void deleteQueue() {
    queue.close();
  }

  @Test
  void putsTaskWithItsPropertiesIntoTheQueue() throws Exception {
    var before = Instant.now().toEpochMilli();
    try (var publisher = TaskPublisher.open(settings())) {
      publisher.publish(
          NewTask.of("{\"n\":1}")
              .withId("id-1")
              .withType("resize")
              .withPriority(7)
              .withHeader("tenant", "acme"));
    }
    var got = queue.take();
    assertThat(new String(got.getBody(), StandardCharsets.UTF_8)).isEqualTo("{\"n\":1}");
    assertThat(got.getEnvelope().getRoutingKey()).isEqualTo("picture.uploaded");
    var properties = got.getProps();
    assertThat(properties.getMessageId()).isEqualTo("id-1");
    assertThat(properties.getType()).isEqualTo("resize");
    assertThat(properties.getPriority()).isEqualTo(7);
    assertThat(properties.getDeliveryMode()).isEqualTo(2);
    assertThat(properties.getContentType()).isEqualTo("application/json");
    assertThat(properties.getHeaders().get("tenant")).hasToString("acme");
    assertThat((Long) properties.getHeaders().get(TaskHeaders.ENQUEUED_AT))
        .isBetween(before, Instant.now().toEpochMilli());
  }

  @Test
  void publishesByMountedBindingAndToTheTasksOwnRoutingKey(@TempDir Path directory)
      throws Exception {
    for (var entry : queue.binding().entries().entrySet()) {
      Files.writeString(directory.resolve(entry.getKey()), entry.getValue());
    }
    try (var publisher = TaskPublisher.open(PublisherSettings.of(directory))) {
      publisher.publish(NewTask.of("{}").withRoutingKey("picture.replaced"));
    }
    var got = queue.take();
    assertThat(got.getEnvelope().getRoutingKey()).isEqualTo("picture.replaced");
  }

  @Test
  void reportsTaskThatNoQueueTakesAndOnlyThat() {
    try (var publisher = TaskPublisher.open(settings())) {
      var task = NewTask.of("{}").withId("lost").withRoutingKey("sound.uploaded");
      var good = publisher.publishAsync(NewTask.of("{}"));
      var lost = publisher.publishAsync(task);
      var alsoGood = publisher.publishAsync(NewTask.of("{}"));

      assertThat(good).succeedsWithin(PATIENCE);
      assertThat(alsoGood).succeedsWithin(PATIENCE);
      assertThatThrownBy(lost::join)
          .cause()
          .isInstanceOf(UnroutableTaskException.class)
          .hasMessageContaining("'lost' to exchange 'tasks' with routing key 'sound.uploaded'");
      assertThatThrownBy(() -> publisher.publish(task))
          .isInstanceOf(UnroutableTaskException.class)
          .satisfies(
              e ->
                  assertThat(e.getStackTrace()).anyMatch(f -> f.getMethodName().equals("publish")));
    }
  }

  @Test
  void completesAllWhenExchangeIsMissingAndRecoversWhenItIsThere() throws Exception {
    queue.deleteExchange();
    try (var publisher = TaskPublisher.open(settings())) {
      var futures = publishAsync(publisher, 1_200);

      assertThat(futures)
          .allSatisfy(
              future ->
                  assertThat(failureOf(future))
                      .get()
                      .isInstanceOf(UnroutableTaskException.class)
                      .asString()
                      .contains("no exchange 'tasks'"));

      queue.declareExchange();
      assertThat(publisher.publish(NewTask.of("{}"))).isNotBlank();
    }
  }

  @Test
  void reportsTaskThatAFullQueueRejects() throws Exception {
    queue.declareLimited("full", 2);
    try (var publisher = TaskPublisher.open(settings())) {
      var futures = new ArrayList<CompletableFuture<String>>();
      for (int i = 0; i < 20; i++) {
        futures.add(publisher.publishAsync(NewTask.of("{}").withRoutingKey("full")));
      }

      var failures = futures.stream().flatMap(future -> failureOf(future).stream()).toList();
      assertThat(failures).hasSizeBetween(1, 18).hasOnlyElementsOfType(RejectedTaskException.class);
    }
  }

  @Test
  void completesEveryTaskAndLosesNoneThatWasConfirmedWhenTheConnectionIsClosed() throws Exception {
    try (var publisher = TaskPublisher.open(settings())) {
      publisher.publish(NewTask.of("{}"));
      await().atMost(PATIENCE).until(() -> !queue.clientConnections().isEmpty());
      var name = queue.clientConnections().get(0);

      var futures = publishAsync(publisher, 3_000);
      var closing = CompletableFuture.runAsync(() -> queue.closeConnection(name));
      do {
        futures.addAll(publishAsync(publisher, 1_000));
      } while (futures.size() < 10_000 || !closing.isDone());

      var failures = futures.stream().flatMap(future -> failureOf(future).stream()).toList();
      assertThat(failures).isNotEmpty().hasOnlyElementsOfType(UnconfirmedTaskException.class);
      var confirmed =
          futures.stream()
              .filter(future -> !future.isCompletedExceptionally())
              .map(CompletableFuture::join)
              .toList();
      assertThat(confirmed).hasSizeGreaterThan(futures.size() / 2);
      assertThat(queue.takeIds()).containsAll(confirmed);
    }
  }

  @Test
  void servesManyThreadsThatEachWaitForTheirOwnConfirm() throws Exception {
    try (var publisher = TaskPublisher.open(settings().withWindow(8))) {
      var threads =
          IntStream.range(0, 50)
              .mapToObj(
                  n ->
                      Thread.ofVirtual()
                          .start(
                              () ->
                                  IntStream.range(0, 20)
                                      .forEach(i -> publisher.publish(NewTask.of("{}")))))
              .toList();
      for (var thread : threads) {
        thread.join();
      }
    }
    assertThat(queue.length()).isEqualTo(1_000);
  }

  @Test
  void closingWaitsForOutstandingTasksAndRefusesFurtherOnes() throws Exception {
    var publisher = TaskPublisher.open(settings());
    var futures = publishAsync(publisher, 500);

    publisher.close();

    assertThat(futures).allSatisfy(future -> assertThat(future).succeedsWithin(PATIENCE));
    assertThat(queue.length()).isEqualTo(500);
    assertThatThrownBy(() -> publisher.publish(NewTask.of("{}")))
        .isInstanceOf(UnsentTaskException.class)
        .hasMessageContaining("the publisher is closed");
  }

  @Test
  void saysWhyThereIsNoConnection() {
    var settings =
        PublisherSettings.of(queue.bindingWithPassword("wrong"))
            .withSendTimeout(Duration.ofMillis(1_500));
    try (var publisher = TaskPublisher.open(settings)) {
      assertThatThrownBy(() -> publisher.publish(NewTask.of("{}")))
          .isInstanceOf(UnsentTaskException.class)
          .hasMessageContaining("no connection to the broker (AuthenticationFailureException")
          .message()
          .doesNotContain("wrong");
    }
  }

  @Test
  void refusesTaskThatCannotBeEncodedWithoutHarmToOthers() {
    try (var publisher = TaskPublisher.open(settings())) {
      publisher.publish(NewTask.of("{}"));

      assertThatThrownBy(
              () -> publisher.publish(NewTask.of("{}").withHeader("thing", Thread.currentThread())))
          .isInstanceOf(IllegalArgumentException.class);

      assertThat(publishAsync(publisher, 10))
          .allSatisfy(future -> assertThat(future).succeedsWithin(PATIENCE));
    }
  }

  private PublisherSettings settings() {
    return PublisherSettings.of(queue.binding());
  }

  private static List<CompletableFuture<String>> publishAsync(TaskPublisher publisher, int count) {
    var futures = new ArrayList<CompletableFuture<String>>();
    for (int i = 0; i < count; i++) {
      futures.add(publisher.publishAsync(NewTask.of("{}")));
    }
    return futures;
  }

  /// Waits for the future to be completed.
  private static Optional<Throwable> failureOf(CompletableFuture<String> future) {
    return future
        .handle((id, failure) -> Optional.<Throwable>ofNullable(failure))
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
  }
}
