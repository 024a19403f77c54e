package dev.warren.worker.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import dev.warren.worker.TaskHandler;
import dev.warren.worker.UnreadableBodyException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class PayloadsTest {
  /// A payload as a handler would declare it.
  record Resize(String path, int width, Instant taken, Map<String, Integer> sizes) {}

  private abstract static class Base<A, B> implements TaskHandler<B> {
    @Override
    public Outcome handle(Task<B> task, TaskContext context) {
      return Outcome.done();
    }
  }

  private static final class ForResize extends Base<String, Resize> {}

  private static final class ForList extends Base<String, List<Resize>> {}

  private static final class ForBytes extends Base<String, byte[]> {}

  @Test
  void readsTheTypeArgumentThroughGenericSuperclasses() throws Exception {
    var body = "{\"path\":\"a.png\",\"width\":3,\"taken\":\"2026-11-22T10:00:00Z\",\"new\":[1]}";

    var payload = read(ForResize.class, body);

    assertThat(payload)
        .isInstanceOfSatisfying(
            Resize.class,
            resize -> {
              assertThat(resize.path()).isEqualTo("a.png");
              assertThat(resize.taken()).isEqualTo("2026-11-22T10:00:00Z");
            });
  }

  @Test
  void readsCollectionsOfRecords() throws Exception {
    assertThat(read(ForList.class, "[{\"width\":1}]"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .hasOnlyElementsOfType(Resize.class);
  }

  @Test
  void leavesRawBodiesAlone() throws Exception {
    assertThat(read(ForBytes.class, "not json")).isEqualTo(bytes("not json"));
  }

  @Test
  void saysWhereABodyIsNotJson() {
    assertThatThrownBy(() -> read(ForResize.class, "{\"path\":\n secret}"))
        .isInstanceOf(UnreadableBodyException.class)
        .hasMessageContaining("the body is not JSON: line 2, column")
        .hasMessageContaining("byte")
        .hasMessageNotContaining("secret");
  }

  @Test
  void saysWhereABodyDoesNotFit() {
    assertThatThrownBy(() -> read(ForResize.class, "{\"width\":\"secret\"}"))
        .isInstanceOf(UnreadableBodyException.class)
        .hasMessageContaining("at $.width, line 1")
        .hasMessageNotContaining("secret");
  }

  @Test
  void doesNotTellTheKeysOfMaps() {
    assertThatThrownBy(() -> read(ForResize.class, "{\"sizes\":{\"secret\":\"x\"}}"))
        .hasMessageContaining("at $.sizes.*")
        .hasMessageNotContaining("secret");
  }

  @Test
  void refusesNothingAndNull() {
    assertThatThrownBy(() -> read(ForResize.class, "")).isInstanceOf(UnreadableBodyException.class);
    assertThatThrownBy(() -> read(ForResize.class, "null"))
        .isInstanceOf(UnreadableBodyException.class)
        .hasMessageContaining("JSON null");
  }

  @Test
  void refusesEndlessNesting() {
    assertThatThrownBy(() -> read(ForList.class, "[".repeat(100_000)))
        .isInstanceOf(UnreadableBodyException.class);
  }

  @Property
  void refusesAnyOtherBytesAsUnreadable(@ForAll byte[] body) {
    try {
      var _ = Payloads.of(ForResize.class, TaskHandler.class).read(body);
    } catch (UnreadableBodyException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  private static Object read(Class<?> handler, String body) throws UnreadableBodyException {
    return Payloads.of(handler, TaskHandler.class).read(bytes(body));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
