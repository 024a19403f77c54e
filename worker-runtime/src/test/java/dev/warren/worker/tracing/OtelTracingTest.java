package dev.warren.worker.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.impl.LongStringHelper;
import dev.warren.model.TaskHeaders;
import dev.warren.worker.Outcome;
import dev.warren.worker.Successor;
import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import dev.warren.worker.TaskEngine;
import dev.warren.worker.TaskSpan;
import dev.warren.worker.TaskStatus;
import dev.warren.worker.TaskTracing;
import dev.warren.worker.TracedAttempt;
import dev.warren.worker.testing.AnyHeaderValue;
import dev.warren.worker.testing.CountingMonitor;
import dev.warren.worker.testing.FakeDelivery;
import dev.warren.worker.testing.NoDeliveries;
import dev.warren.worker.testing.WorkerConfigurations;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/// What a backend is told of tasks: the worker's three attempts, on a queue `resize`.
class OtelTracingTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PUBLISHER = "b7ad6b7169203331";
  private static final String TRACEPARENT = "00-" + TRACE + "-" + PUBLISHER + "-01";

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final TaskTracing tracing = new OtelTracing(sdk(spans, Sampler.alwaysOn()), "resize");

  @Test
  void followsATaskFromPublishingToDeadLetterInOneTrace() {
    var headers = published();

    for (int attempt = 1; attempt <= 3; attempt++) {
      headers = run(tracing, headers, (_, _) -> Outcome.retry("busy"));
    }

    var chain = lastFirst(headers);
    assertThat(chain)
        .extracting(SpanData::getName)
        .containsExactly(
            "send warren.dead-letter",
            "process resize",
            "send " + lane(1),
            "process resize",
            "send " + lane(0),
            "process resize");
    assertThat(chain.getLast().getParentSpanId()).isEqualTo(PUBLISHER);
    assertThat(spans.getFinishedSpanItems())
        .hasSize(9)
        .allMatch(span -> span.getTraceId().equals(TRACE));
  }

  @Test
  void showsTheWaitOfEachMessageBesideItsAttempt() {
    var second = run(tracing, published(), (_, _) -> Outcome.retry("busy"));
    run(tracing, second, (_, _) -> Outcome.done());

    var waits = named("wait resize");
    assertThat(waits).hasSize(2);
    assertThat(waits.getFirst().getParentSpanId()).isEqualTo(PUBLISHER);
    assertThat(waits.getFirst().getEndEpochNanos() - waits.getFirst().getStartEpochNanos())
        .isGreaterThanOrEqualTo(3_000_000_000L);
    assertThat(waits.getLast().getParentSpanId())
        .isEqualTo(named("process resize").getLast().getParentSpanId());
  }

  @Test
  void beginsATraceWithTheWaitIfThePublisherHasNone() {
    run(
        tracing,
        Map.of(TaskHeaders.ENQUEUED_AT, Instant.now().toEpochMilli()),
        (_, _) -> Outcome.done());

    var wait = named("wait resize").getFirst();
    assertThat(wait.getParentSpanContext().isValid()).isFalse();
    assertThat(named("process resize").getFirst().getParentSpanId()).isEqualTo(wait.getSpanId());
  }

  @Test
  void describesAnAttemptByTheConventions() {
    run(
        tracing,
        published(),
        (_, _) -> {
          throw new IllegalStateException("x".repeat(5_000));
        });

    var span = named("process resize").getFirst();
    assertThat(span.getKind()).isEqualTo(SpanKind.CONSUMER);
    assertThat(texts(span))
        .containsOnly(
            Map.entry("messaging.system", "rabbitmq"),
            Map.entry("messaging.operation.name", "process"),
            Map.entry("messaging.operation.type", "process"),
            Map.entry("messaging.destination.name", "tasks:resize"),
            Map.entry("messaging.rabbitmq.destination.routing_key", "resize"),
            Map.entry("messaging.message.id", "t-1"),
            Map.entry("messaging.message.body.size", "2"),
            Map.entry("error.type", "java.lang.IllegalStateException"),
            Map.entry("warren.queue", "resize"),
            Map.entry("warren.attempt", "1"),
            Map.entry("warren.outcome", "retry"));
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(span.getStatus().getDescription()).hasSize(TaskHeaders.ERROR_MESSAGE_LIMIT);
    var send = spanOf(span.getSpanId());
    assertThat(send.getKind()).isEqualTo(SpanKind.PRODUCER);
    assertThat(texts(send))
        .containsEntry("messaging.operation.type", "send")
        .containsEntry(
            "messaging.destination.name", send.getName().substring("send ".length()) + ":resize");
  }

  @Test
  void tellsOfASuccessorThatTheBrokerDidNotTake() {
    var span = tracing.begin(attempt(Map.of()));

    assertThatThrownBy(
            () ->
                span.send(
                    new Successor("lane", "resize", Map.of()),
                    _ -> {
                      throw new InterruptedException();
                    }))
        .isInstanceOf(InterruptedException.class);

    assertThat(named("send lane").getFirst().getStatus().getStatusCode())
        .isEqualTo(StatusCode.ERROR);
  }

  @Test
  void runsTheHandlerInTheSpanThatItsContextTellsOf() {
    var seen = new AtomicReference<String>();
    var told = new AtomicReference<String>();

    run(
        tracing,
        published(),
        (_, context) -> {
          var current = Span.current().getSpanContext();
          seen.set("00-%s-%s-01".formatted(current.getTraceId(), current.getSpanId()));
          told.set(context.traceparent().orElse(""));
          return Outcome.done();
        });

    assertThat(told.get()).isEqualTo(seen.get()).startsWith("00-" + TRACE);
    assertThat(told.get()).contains(named("process resize").getFirst().getSpanId());
  }

  @Test
  void handsOnThatATraceIsNotSampled() {
    var sampling = Sampler.parentBased(Sampler.alwaysOn());
    var headers = new HashMap<String, Object>(published());
    headers.put(TaskHeaders.TRACEPARENT, TRACEPARENT.replaceAll("01$", "00"));

    var next =
        run(
            new OtelTracing(sdk(spans, sampling), "resize"),
            headers,
            (_, _) -> Outcome.retry("busy"));

    assertThat(spans.getFinishedSpanItems()).isEmpty();
    assertThat(next.get(TaskHeaders.TRACEPARENT))
        .asString()
        .startsWith("00-" + TRACE)
        .endsWith("-00");
  }

  @Test
  void linksABatchWithItsAttempts() throws Exception {
    var first = tracing.begin(attempt(published()));
    var second = tracing.begin(attempt(Map.of()));

    var current =
        tracing.batch(
            List.of(context(first), context(second)), () -> Span.current().getSpanContext());

    first.end(TaskStatus.DONE);
    second.end(TaskStatus.DONE);
    var batch = named("batch resize").getFirst();
    assertThat(batch.getSpanContext()).isEqualTo(current);
    assertThat(batch.getParentSpanContext().isValid()).isFalse();
    assertThat(batch.getLinks())
        .extracting(LinkData::getSpanContext)
        .extracting(link -> link.getSpanId())
        .containsExactlyElementsOf(
            named("process resize").stream().map(SpanData::getSpanId).toList());
    assertThat(texts(batch)).containsEntry("messaging.batch.message_count", "2");
  }

  @Test
  void leavesTheHeadersAsTheyAreWhenThereIsNoTracing() {
    var headers = new HashMap<String, Object>(published());
    headers.put(TaskHeaders.TRACESTATE, "vendor=1");
    var told = new AtomicReference<String>();

    var next =
        run(
            TaskTracing.NONE,
            headers,
            (_, context) -> {
              told.set(context.traceparent().orElse(""));
              return Outcome.retry("busy");
            });

    assertThat(next)
        .containsEntry(TaskHeaders.TRACEPARENT, TRACEPARENT)
        .containsEntry(TaskHeaders.TRACESTATE, "vendor=1")
        .doesNotContainKey(TaskHeaders.SENT_AT);
    assertThat(told.get()).isEqualTo(TRACEPARENT);
  }

  @Test
  void forgetsWhenTheMessageBeforeWasSent() {
    var headers = new HashMap<String, Object>(published());
    headers.put(TaskHeaders.SENT_AT, 1);

    var next = run(TaskTracing.NONE, headers, (_, _) -> Outcome.retry("busy"));

    assertThat(next).doesNotContainKey(TaskHeaders.SENT_AT);
  }

  @Property(tries = 200)
  void startsWhateverTheHeadersHold(@ForAll("headers") Map<String, Object> headers) {
    var next = run(tracing, headers, (_, _) -> Outcome.retry("busy"));

    assertThat(next.get(TaskHeaders.TRACEPARENT))
        .asString()
        .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[0-3]");
  }

  @Provide
  Arbitrary<Map<String, Object>> headers() {
    var names =
        Arbitraries.of(
            TaskHeaders.TRACEPARENT,
            TaskHeaders.TRACESTATE,
            TaskHeaders.SENT_AT,
            TaskHeaders.ENQUEUED_AT);
    var likely =
        Arbitraries.of(TRACEPARENT, "00-" + "0".repeat(32) + "-x-01", "ff-" + TRACE, "a=1,,=;")
            .map(LongStringHelper::asLongString);
    var value = Arbitraries.oneOf(AnyHeaderValue.arbitrary(), likely.map(Object.class::cast));
    return Arbitraries.maps(names, value).map(HashMap::new);
  }

  private interface Body {
    Outcome run(Task<byte[]> task, TaskContext context) throws Exception;
  }

  /// Runs a message that the producer's or a worker's headers came with, to the end of its span.
  ///
  /// @return those of the successor, if there is one
  private static Map<String, Object> run(
      TaskTracing tracing, Map<String, Object> headers, Body body) {
    var delivery = FakeDelivery.withHeaders("t-1", headers);
    var engine =
        new TaskEngine(
            WorkerConfigurations.standard(),
            "pod-1",
            (task, _, context) -> body.run(task, context),
            new CountingMonitor(),
            tracing,
            Optional.empty(),
            Clock.systemUTC());
    engine.accept(delivery);
    try {
      engine.stop(new NoDeliveries());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    var next = new HashMap<String, Object>();
    delivery.published().stream()
        .flatMap(successor -> successor.headers().entrySet().stream())
        .forEach(header -> next.put(header.getKey(), String.valueOf(header.getValue())));
    return next;
  }

  private static Map<String, Object> published() {
    var headers = new HashMap<String, Object>();
    headers.put(TaskHeaders.TRACEPARENT, LongStringHelper.asLongString(TRACEPARENT));
    headers.put(TaskHeaders.ENQUEUED_AT, Instant.now().minusSeconds(3).toEpochMilli());
    return headers;
  }

  private static TracedAttempt attempt(Map<String, Object> headers) {
    var plain = new HashMap<String, Object>();
    headers.forEach((name, value) -> plain.put(name, String.valueOf(value)));
    var task = new Task<>(Optional.of("t-1"), "image", "resize", 0, plain, new byte[0]);
    return new TracedAttempt(task, "tasks", 1, Optional.empty());
  }

  private static TaskContext context(TaskSpan span) {
    return new TaskContext() {
      @Override
      public int attempt() {
        return 1;
      }

      @Override
      public Instant firstSeen() {
        return Instant.EPOCH;
      }

      @Override
      public Instant deadline() {
        return Instant.MAX;
      }

      @Override
      public boolean isCancelled() {
        return false;
      }

      @Override
      public Optional<String> traceparent() {
        return Optional.ofNullable(span.headers().get(TaskHeaders.TRACEPARENT));
      }
    };
  }

  private List<SpanData> named(String name) {
    return spans.getFinishedSpanItems().stream()
        .filter(span -> span.getName().equals(name))
        .toList();
  }

  private SpanData spanOf(String parent) {
    return spans.getFinishedSpanItems().stream()
        .filter(span -> span.getParentSpanId().equals(parent))
        .findFirst()
        .orElseThrow();
  }

  /// The spans from the one in these headers to the first of the worker's.
  private List<SpanData> lastFirst(Map<String, Object> headers) {
    var chain = new ArrayList<SpanData>();
    var id = String.valueOf(headers.get(TaskHeaders.TRACEPARENT)).split("-", 4)[2];
    while (!id.equals(PUBLISHER)) {
      var wanted = id;
      var span =
          spans.getFinishedSpanItems().stream()
              .filter(item -> item.getSpanId().equals(wanted))
              .findFirst()
              .orElseThrow();
      chain.add(span);
      id = span.getParentSpanId();
    }
    return chain;
  }

  private static Map<String, String> texts(SpanData span) {
    var texts = new HashMap<String, String>();
    span.getAttributes().forEach((key, value) -> texts.put(key.getKey(), value.toString()));
    return texts;
  }

  private static String lane(int retry) {
    var delay = WorkerConfigurations.PLAN.delayAfter(retry + 1).orElseThrow();
    return WorkerConfigurations.standard().delayLane(delay, 0).name();
  }

  private static OpenTelemetry sdk(InMemorySpanExporter exporter, Sampler sampler) {
    return OpenTelemetrySdk.builder()
        .setTracerProvider(
            SdkTracerProvider.builder()
                .setSampler(sampler)
                .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                .build())
        .build();
  }
}
