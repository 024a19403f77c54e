package dev.warren.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What publishers see of a broker that is silent, blocked, gone or back again.
@Timeout(120)
class BrokerOutageIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(500);

  /// `connection.blocked` with the reason `low on memory`, and `connection.unblocked`: method
  /// frames on channel 0 (AMQP 0-9-1, 4.2.3; RabbitMQ's extension, class 10, methods 60 and 61).
  private static final byte[] BLOCKED = methodFrame(60, "low on memory");

  private static final byte[] UNBLOCKED = methodFrame(61, null);

  private final TestQueue queue = new TestQueue();
  private final PausableProxy proxy = queue.proxy();
  private final PublisherSettings settings = PublisherSettings.of(queue.bindingThrough(proxy));

  BrokerOutageIT() throws IOException {}

  @AfterEach
  void tearDown() throws IOException {
    proxy.close();
    queue.close();
  }

  @Test
  void fullWindowMakesThePublisherWaitUntilAConfirmComes() throws Exception {
    try (var publisher = TaskPublisher.open(settings.withWindow(3))) {
      publisher.publish(NewTask.of("{}"));
      proxy.pauseFromBroker();
      var within = Stream.generate(() -> publisher.publishAsync(task())).limit(3).toList();
      var beyond = new CompletableFuture<String>();
      var waiting =
          Thread.ofVirtual().start(() -> beyond.complete(publisher.publishAsync(task()).join()));
      await().until(() -> queue.length() == 4);

      assertThat(waiting.join(SHORT)).isFalse();
      assertThat(queue.length()).isEqualTo(4);

      proxy.resumeFromBroker();
      assertThat(within).allSatisfy(future -> assertThat(future).succeedsWithin(PATIENCE));
      assertThat(beyond).succeedsWithin(PATIENCE);
    }
  }

  @Test
  void fullWindowFailsThePublisherAfterTheSendTimeout() {
    try (var publisher = TaskPublisher.open(settings.withWindow(1).withSendTimeout(SHORT))) {
      publisher.publish(task());
      proxy.pauseFromBroker();
      var first = publisher.publishAsync(task());

      assertThatThrownBy(() -> publisher.publish(task()))
          .isInstanceOf(UnsentTaskException.class)
          .hasMessageContaining("window");

      proxy.resumeFromBroker();
      assertThat(first).succeedsWithin(PATIENCE);
    }
  }

  @Test
  void missingConfirmFailsTheTaskAndFreesItsPlace() {
    try (var publisher = TaskPublisher.open(settings.withWindow(1).withConfirmTimeout(SHORT))) {
      publisher.publish(task());
      proxy.pauseFromBroker();
      assertThatThrownBy(() -> publisher.publish(task().withId("unheard-of")))
          .isInstanceOf(UnconfirmedTaskException.class)
          .hasMessageContaining("unheard-of")
          .hasMessageContaining("publish it again with the same id");
      proxy.resumeFromBroker();

      assertThat(publisher.publish(task())).isNotBlank();
    }
  }

  @Test
  void blockedConnectionMakesThePublisherWait() throws Exception {
    try (var publisher = TaskPublisher.open(settings.withSendTimeout(SHORT))) {
      publisher.publish(task());
      proxy.sayToClient(BLOCKED);

      await()
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> publisher.publish(task()))
                      .isInstanceOf(UnsentTaskException.class)
                      .hasMessageContaining("the broker takes no messages (low on memory)"));

      proxy.sayToClient(UNBLOCKED);
      await().ignoreExceptions().until(() -> publisher.publish(task()), id -> !id.isBlank());
    }
  }

  @Test
  void publisherIsFreedWhenTheBrokerStopsReadingInTheMiddleOfATask() {
    try (var publisher = TaskPublisher.open(settings.withConfirmTimeout(SHORT))) {
      publisher.publish(task());
      proxy.pauseToBroker();
      var tooLargeForAnyBuffer = NewTask.of(new byte[64 * 1024 * 1024]);

      assertThatThrownBy(() -> publisher.publish(tooLargeForAnyBuffer))
          .isInstanceOf(UnconfirmedTaskException.class);

      proxy.resumeToBroker();
      // The next may still meet the old connection on its way down.
      await().ignoreExceptions().until(() -> publisher.publish(task()), id -> !id.isBlank());
    }
  }

  @Test
  void closingEndsInTimeThoughTheBrokerIsSilent() {
    var publisher = TaskPublisher.open(settings.withCloseTimeout(SHORT));
    publisher.publish(task());
    proxy.pauseFromBroker();
    var outstanding = publisher.publishAsync(task());

    var closing = CompletableFuture.runAsync(publisher::close);

    assertThat(closing).succeedsWithin(Duration.ofSeconds(10));
    assertThat(outstanding)
        .failsWithin(PATIENCE)
        .withThrowableThat()
        .withCauseInstanceOf(UnconfirmedTaskException.class);
    proxy.resumeFromBroker();
  }

  @Test
  void tasksPublishedDuringAnOutageAreSentWhenTheBrokerIsBack() throws Exception {
    var published = new ArrayList<CompletableFuture<String>>();
    try (var publisher = TaskPublisher.open(settings)) {
      publisher.publish(task());
      proxy.refuse();
      await().until(() -> proxy.refused() > 1);
      var waiting = Thread.ofVirtual().start(() -> published.add(publisher.publishAsync(task())));
      assertThat(waiting.join(SHORT)).isFalse();

      proxy.serve();
      waiting.join();
      assertThat(published).allSatisfy(future -> assertThat(future).succeedsWithin(PATIENCE));
    }
    assertThat(queue.length()).isEqualTo(2);
  }

  @Test
  void interruptedPublisherKeepsItsInterrupt() throws Exception {
    try (var publisher = TaskPublisher.open(settings)) {
      publisher.publish(task());
      proxy.pauseFromBroker();
      var interrupted = new CompletableFuture<Boolean>();
      var waiting =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      publisher.publish(task());
                    } catch (UnconfirmedTaskException e) {
                      interrupted.complete(Thread.currentThread().isInterrupted());
                    }
                  });
      await().until(() -> queue.length() == 2);

      waiting.interrupt();

      assertThat(interrupted).succeedsWithin(PATIENCE).isEqualTo(true);
      proxy.resumeFromBroker();
    }
  }

  private static NewTask task() {
    return NewTask.of("{}");
  }

  private static byte[] methodFrame(int method, @Nullable String argument) {
    var text = argument == null ? new byte[0] : argument.getBytes(StandardCharsets.UTF_8);
    var size = 4 + (argument == null ? 0 : 1 + text.length);
    var frame = ByteBuffer.allocate(8 + size).put((byte) 1).putShort((short) 0).putInt(size);
    frame.putShort((short) 10).putShort((short) method);
    if (argument != null) {
      frame.put((byte) text.length).put(text);
    }
    return frame.put((byte) 0xCE).array();
  }
}
