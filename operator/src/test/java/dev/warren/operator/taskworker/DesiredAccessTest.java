package dev.warren.operator.taskworker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.operator.broker.Permissions;
import dev.warren.operator.taskqueue.Settings;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DesiredAccessTest {
  @Test
  void isToTheQueueItsDelayLanesAndItsDeadLetterExchange() {
    var settings =
        Settings.of("type: Classic\nqueueName: a.b\nretry: {maxAttempts: 2, jitter: 0.1}");

    assertThat(DesiredAccess.permissions(settings))
        .isEqualTo(
            new Permissions(
                "",
                "^(warren\\.delay\\.1000\\.0|warren\\.delay\\.1000\\.1|warren\\.dead-letter)$",
                "^(a\\.b)$"));
  }

  @Test
  void isToNothingWithASimilarName() {
    var read = Pattern.compile(DesiredAccess.permissions(Settings.of("queueName: a.b")).read());

    assertThat(read.matcher("a.b").find()).isTrue();
    assertThat(read.matcher("a-b").find()).isFalse();
    assertThat(read.matcher("a.b.dlq").find()).isFalse();
  }
}
