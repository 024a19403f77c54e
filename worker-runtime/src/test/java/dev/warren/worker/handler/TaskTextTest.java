package dev.warren.worker.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TaskTextTest {
  @Property
  void isPlainAndDecodesToWhatItWas(@ForAll String text) {
    var encoded = TaskText.encode(text);

    assertThat(encoded).matches("[!-~]*");
    var utf8 = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    assertThat(URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8))
        .isEqualTo(utf8);
  }

  @Test
  void tellsTheProducersHeadersOnly() {
    var headers =
        Map.<String, Object>of(
            "tenant",
            "Müller\r\nHost: evil",
            "pages",
            3,
            "urgent",
            true,
            "nested",
            Map.of("a", 1),
            "list",
            List.of(1),
            "bytes",
            new byte[] {1},
            "warren-attempt",
            2,
            "X-Death",
            "x",
            "traceparent",
            "00-…",
            "not a name",
            "x");

    assertThat(TaskText.headers(SomeTask.of("type", headers, "{}")))
        .isEqualTo(
            Map.of("tenant", "M%C3%BCller%0D%0AHost:%20evil", "pages", "3", "urgent", "true"));
  }

  @Test
  void leavesOutHeadersForWhichThereIsNoRoom() {
    var headers = new HashMap<String, Object>();
    headers.put("a", "x".repeat(4_000));
    headers.put("b", "x".repeat(200));

    assertThat(TaskText.headers(SomeTask.of("type", headers, "{}"))).containsOnlyKeys("a");
  }

  @Property
  void survivesAnyHeaders(@ForAll Map<String, String> headers) {
    assertThat(TaskText.headers(SomeTask.of("type", new HashMap<>(headers), "{}")))
        .allSatisfy((name, value) -> assertThat(name + value).matches("[!-~]+"));
  }
}
