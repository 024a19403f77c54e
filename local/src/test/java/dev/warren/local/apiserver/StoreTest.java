package dev.warren.local.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StoreTest {
  private static final Duration AT_ONCE = Duration.ZERO;

  /// More than a log remembers.
  private static final int MANY = 6_000;

  private final Store store = new Store();
  private final long before = store.version();

  @Test
  void changesOfOneTypeDoNotPushOutThoseOfAnother() throws InterruptedException {
    write("rare");
    IntStream.range(0, MANY).forEach(_ -> write("busy"));

    var changes = store.changesAfter("rare", before, AT_ONCE);

    assertThat(changes.list()).singleElement().extracting(Change::version).isEqualTo(before + 1);
    assertThat(changes.version()).isEqualTo(before + 1 + MANY);
  }

  @Test
  void saysSoWhenChangesAreForgotten() {
    IntStream.range(0, MANY).forEach(_ -> write("busy"));

    assertThatExceptionOfType(ApiFailure.class)
        .isThrownBy(() -> store.changesAfter("busy", before, AT_ONCE))
        .matches(failure -> failure.code() == 410);
  }

  @Test
  void knowsTheUidsOfLivingObjectsOnly() {
    write("rare");

    store.write(key("rare"), _ -> null);
    write("busy");

    assertThat(store.isLiving("uid-of-rare")).isFalse();
    assertThat(store.isLiving("uid-of-busy")).isTrue();
  }

  @Test
  void aWriteLeavesTheDocumentAloneThatWasReadBefore() {
    write("busy");
    var read = store.get(key("busy")).orElseThrow();
    var copy = read.deepCopy();

    write("busy");

    assertThat(read).isEqualTo(copy);
  }

  private void write(String type) {
    store.write(
        key(type),
        _ -> {
          var document = Json.object("v1", "Test").put("written", store.version());
          document.putObject("metadata").put("name", "one").put("uid", "uid-of-" + type);
          return document;
        });
  }

  private static ObjectKey key(String type) {
    return new ObjectKey(type, "", "one");
  }
}
