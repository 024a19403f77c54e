package dev.warren.worker.testing;

import com.rabbitmq.client.impl.LongStringHelper;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/// Values as the broker's client decodes them from an AMQP table.
public final class AnyHeaderValue {
  private AnyHeaderValue() {}

  /// Any of them.
  public static Arbitrary<Object> arbitrary() {
    return Arbitraries.oneOf(
        Arbitraries.longs().asGeneric(),
        Arbitraries.integers().asGeneric(),
        Arbitraries.doubles().asGeneric(),
        Arbitraries.strings().map(value -> LongStringHelper.asLongString(value)),
        Arbitraries.longs().map(value -> LongStringHelper.asLongString("" + value)),
        Arbitraries.of(true, false).asGeneric(),
        Arbitraries.longs()
            .between(-1L << 40, 1L << 50)
            .map(millis -> Date.from(Instant.ofEpochMilli(millis))),
        Arbitraries.bytes().array(byte[].class).asGeneric(),
        Arbitraries.integers().map(value -> new BigDecimal(value).movePointLeft(3)),
        Arbitraries.just(Map.of("nested", List.of(Map.of("deeper", 1)))),
        Arbitraries.just(LongStringHelper.asLongString("x".repeat(200_000))));
  }
}
