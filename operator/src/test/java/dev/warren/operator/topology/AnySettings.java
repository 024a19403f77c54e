package dev.warren.operator.topology;

import dev.warren.model.QueueType;
import dev.warren.operator.topology.QueueSettings.Route;
import dev.warren.operator.topology.QueueSettings.Shape;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/// Settings that a TaskQueue `media/orders` may have one after the other.
final class AnySettings {
  private AnySettings() {}

  /// Two.
  static final class Pair implements ArbitrarySupplier<List<QueueSettings>> {
    @Override
    public Arbitrary<List<QueueSettings>> get() {
      return chains(2, 2);
    }
  }

  /// Two to five.
  static final class Chain implements ArbitrarySupplier<List<QueueSettings>> {
    @Override
    public Arbitrary<List<QueueSettings>> get() {
      return chains(2, 5);
    }
  }

  /// A vhost stays shared or not.
  private static Arbitrary<List<QueueSettings>> chains(int shortest, int longest) {
    return Arbitraries.of(true, false)
        .flatMap(shared -> settings(shared).list().ofMinSize(shortest).ofMaxSize(longest));
  }

  private static Arbitrary<QueueSettings> settings(boolean shared) {
    return Combinators.combine(
            shapes(),
            routings(SomeSettings.of("orders").shared(shared)),
            Arbitraries.of("warren.dead-letter", "graveyard"),
            Arbitraries.of(2, 3))
        .as(
            (shape, routed, deadLetters, attempts) ->
                routed
                    .shaped(shape)
                    .deadLetters(deadLetters, Duration.ofDays(7))
                    .retry(attempts, 0)
                    .build());
  }

  private static Arbitrary<Shape> shapes() {
    return Combinators.combine(
            Arbitraries.of(QueueType.class),
            Arbitraries.of(OptionalInt.empty(), OptionalInt.of(5)),
            Arbitraries.integers().between(1, 3),
            Arbitraries.of(true, false),
            Arbitraries.of(
                Map.<String, Object>of(),
                Map.<String, Object>of("x-queue-leader-locator", "balanced")))
        .as(Shape::new);
  }

  /// An exchange of a name always has the same type.
  private static Arbitrary<SomeSettings> routings(SomeSettings base) {
    return Arbitraries.frequencyOf(
        Tuple.of(
            4,
            keys("orders", "a", "a.*", "a.#", "#", "*.b")
                .map(it -> base.exchange("tasks", "topic", it))),
        Tuple.of(1, keys("orders", "a.#", "b").map(it -> base.exchange("events", "topic", it))),
        Tuple.of(1, keys("orders", "a", "b").map(it -> base.exchange("direct", "direct", it))),
        Tuple.of(1, keys("").map(it -> base.exchange("all", "fanout", it))),
        Tuple.of(1, headers().map(it -> base.exchange("headers", "headers", it))));
  }

  private static Arbitrary<Route[]> keys(String... keys) {
    return subsets(Arbitraries.of(keys).map(key -> new Route(key, Map.of())));
  }

  private static Arbitrary<Route[]> headers() {
    return subsets(
        Arbitraries.of(
            new Route("", Map.of("x-match", "all", "size", "big")),
            new Route("", Map.of("x-match", "all", "size", "big", "kind", "image")),
            new Route("", Map.of("x-match", "any", "size", "big", "kind", "text"))));
  }

  private static Arbitrary<Route[]> subsets(Arbitrary<Route> routes) {
    return routes
        .set()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(chosen -> Set.copyOf(chosen).toArray(Route[]::new));
  }
}
