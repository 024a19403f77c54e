package dev.warren.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.impl.LongStringHelper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeaderValuesTest {
  @Test
  void turnsWhatTheClientDecodesIntoPlainTypes() {
    var headers = new HashMap<String, @Nullable Object>();
    headers.put("text", LongStringHelper.asLongString("a"));
    headers.put("time", Date.from(Instant.EPOCH));
    headers.put("nothing", null);
    headers.put("table", Map.of("inner", LongStringHelper.asLongString("b")));
    headers.put("list", Arrays.asList(1, null, true));

    var plain = HeaderValues.plain(headers);

    assertThat(plain)
        .isEqualTo(
            Map.of(
                "text",
                "a",
                "time",
                Instant.EPOCH,
                "table",
                Map.of("inner", "b"),
                "list",
                List.of(1, true)));
  }

  @Test
  void cutsTablesThatAreNestedTooDeep() {
    List<Object> nested = List.of();
    for (int depth = 0; depth < 100_000; depth++) {
      nested = new ArrayList<>(List.of(nested));
    }

    var plain = HeaderValues.plain(Map.of("deep", nested));

    assertThat(plain).containsKey("deep");
  }

  @Property
  void readsAnyWholeNumberFromNumbersAndText(@ForAll long value) {
    assertThat(HeaderValues.number(Map.of("n", value), "n")).contains(value);
    assertThat(HeaderValues.number(Map.of("n", " " + value + " "), "n")).contains(value);
    assertThat(HeaderValues.number(Map.of("n", LongStringHelper.asLongString("" + value)), "n"))
        .contains(value);
  }

  @Property
  void findsNoNumberInOtherText(@ForAll String text) {
    var number = HeaderValues.number(Map.of("n", "x" + text), "n");

    assertThat(number).isEmpty();
  }

  @Test
  void findsNoNumberInTablesListsAndBytes() {
    for (Object value : List.of(Map.of(), List.of(1), new byte[] {49})) {
      assertThat(HeaderValues.number(Map.of("n", value), "n")).isEmpty();
    }
  }
}
