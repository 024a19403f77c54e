package dev.warren.worker.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.warren.model.TaskHeaders;
import dev.warren.worker.Delivery;
import dev.warren.worker.MessageProperties;
import dev.warren.worker.Outcome;
import dev.warren.worker.Successor;
import dev.warren.worker.TaskEngine;
import dev.warren.worker.UnreadableBodyException;
import dev.warren.worker.testing.AnyHeaderValue;
import dev.warren.worker.testing.CountingMonitor;
import dev.warren.worker.testing.WorkerConfigurations;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/// Whatever is published, and whatever a handler makes of it: the delivery is acknowledged, and if
/// the task goes on, in a message that the broker can take. Nothing goes back to come again.
class AnyMessageTest {
  private static final int FRAME_MAX = 131_072;

  /// What a handler does.
  interface Deed {
    Outcome act() throws Exception;
  }

  /// A message of any content, which encodes its successor as publishing would.
  private static final class AnyDelivery implements Delivery {
    private final BasicProperties properties;
    private final byte[] body;
    private final List<BasicProperties> successors = new ArrayList<>();
    private final CountDownLatch settled = new CountDownLatch(1);
    private boolean givenBack;

    AnyDelivery(BasicProperties properties, byte[] body) {
      this.properties = properties;
      this.body = body;
    }

    @Override
    public MessageProperties properties() {
      return new MessageProperties(
          "",
          "a key",
          properties.getMessageId(),
          properties.getType(),
          properties.getContentType(),
          properties.getPriority(),
          Optional.ofNullable(properties.getTimestamp()).map(Date::toInstant).orElse(null),
          properties.getHeaders());
    }

    @Override
    public byte[] body() {
      return body;
    }

    @Override
    public int priority() {
      return properties.getPriority() == null ? 0 : properties.getPriority();
    }

    @Override
    public int redeliveries() {
      return 0;
    }

    @Override
    public boolean isCounted() {
      return true;
    }

    @Override
    public boolean isOutstanding() {
      return true;
    }

    @Override
    public void acknowledge() {
      settled.countDown();
    }

    @Override
    public void giveBack() {
      givenBack = true;
      settled.countDown();
    }

    @Override
    public boolean publish(Successor successor) {
      var next = SuccessorProperties.of(properties, successor, body.length, FRAME_MAX).numbered(1);
      successors.add(next);
      return true;
    }
  }

  @Property(tries = 500)
  void hasAnOutcome(
      @ForAll("messages") BasicProperties properties,
      @ForAll byte[] body,
      @ForAll("deeds") Deed deed)
      throws Exception {
    var delivery = new AnyDelivery(properties, body);
    var engine =
        new TaskEngine(
            WorkerConfigurations.standard(),
            "pod-1",
            (_, _, _) -> deed.act(),
            new CountingMonitor(),
            Clock.systemUTC());

    engine.accept(delivery);

    assertThat(delivery.settled.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(delivery.givenBack).isFalse();
    for (var successor : delivery.successors) {
      assertThat(successor.toFrame(0, body.length).size()).isLessThanOrEqualTo(FRAME_MAX);
    }
  }

  @Provide
  Arbitrary<BasicProperties> messages() {
    return Combinators.combine(
            texts(), texts(), texts(), Arbitraries.integers().between(0, 255), times(), headers())
        .as(
            (id, type, contentType, priority, time, headers) ->
                new BasicProperties.Builder()
                    .messageId(id)
                    .type(type)
                    .contentType(contentType)
                    .priority(priority)
                    .timestamp(time)
                    .headers(headers)
                    .build());
  }

  /// As they are decoded from 255 bytes, which are longer again if they were no UTF-8.
  private static Arbitrary<@Nullable String> texts() {
    return Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(60), Arbitraries.just("\uFFFD".repeat(255)))
        .injectNull(0.3);
  }

  private static Arbitrary<@Nullable Date> times() {
    return Arbitraries.longs().map(Date::new).injectNull(0.3);
  }

  private static Arbitrary<Map<String, Object>> headers() {
    var names =
        Arbitraries.oneOf(
            Arbitraries.of(
                TaskHeaders.ATTEMPT,
                TaskHeaders.FIRST_SEEN,
                TaskHeaders.ENQUEUED_AT,
                TaskHeaders.ORIGIN_EXCHANGE,
                TaskHeaders.ORIGIN_ROUTING_KEY,
                TaskHeaders.ERROR_MESSAGE,
                TaskHeaders.TRACEPARENT,
                TaskHeaders.REDELIVERIES,
                "x-death"),
            Arbitraries.strings().ofMaxLength(60),
            Arbitraries.just("\uFFFD".repeat(255)));
    return Arbitraries.maps(names, AnyHeaderValue.arbitrary()).ofMaxSize(6).map(HashMap::new);
  }

  @Provide
  Arbitrary<Deed> deeds() {
    var texts = Arbitraries.strings().ofMaxLength(2_000);
    var delays = Arbitraries.longs().greaterOrEqual(0).map(Duration::ofSeconds);
    return Arbitraries.oneOf(
        Arbitraries.just(Outcome::done),
        texts.map(text -> () -> Outcome.retry(text)),
        delays.map(delay -> () -> Outcome.retryAfter(delay)),
        delays.map(delay -> () -> Outcome.snooze(delay)),
        texts.map(text -> () -> Outcome.fail(text)),
        texts.map(text -> () -> Outcome.drop(text)),
        texts.map(text -> () -> throwing(new UnreadableBodyException(text))),
        texts.map(text -> () -> throwing(new IllegalStateException(text))),
        Arbitraries.just(() -> throwing(new IllegalStateException())),
        Arbitraries.just(() -> throwing(new InterruptedException())),
        Arbitraries.just(() -> throwing(new Unspeakable())),
        Arbitraries.just(
            () -> {
              throw new StackOverflowError();
            }));
  }

  private static Outcome throwing(Exception e) throws Exception {
    throw e;
  }

  /// Fails at saying what is wrong.
  private static final class Unspeakable extends RuntimeException {
    private static final long serialVersionUID = 1;

    @Override
    public String getMessage() {
      throw new IllegalStateException("no words");
    }

    @Override
    public String toString() {
      throw new IllegalStateException("no words");
    }
  }
}
