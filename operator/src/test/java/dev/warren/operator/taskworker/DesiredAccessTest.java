package dev.warren.operator.taskworker;

import static dev.warren.operator.testing.Resources.broker;
import static dev.warren.operator.testing.Resources.queue;
import static dev.warren.operator.testing.Snapshots.absent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.operator.broker.Permissions;
import dev.warren.operator.taskqueue.Settings;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DesiredAccessTest {
  @Test
  void isToTheQueueItsDelayLanesAndItsDeadLetterExchange() {
    var topology =
        Settings.topology("type: Classic\nqueueName: a.b\nretry: {maxAttempts: 2, jitter: 0.1}");

    assertThat(DesiredAccess.permissions(topology))
        .isEqualTo(
            new Permissions(
                "",
                "^(warren\\.delay\\.1000\\.0|warren\\.delay\\.1000\\.1|warren\\.return|warren\\.dead-letter)$",
                "^(a\\.b)$"));
  }

  @Test
  void isToWhatIsItsNamespacesOwnInASharedVhost() {
    var queue = queue("retry: {maxAttempts: 1, jitter: 0}");

    assertThat(
            DesiredAccess.permissions(Settings.topology(queue, broker(Settings.SHARED), absent())))
        .isEqualTo(
            new Permissions(
                "",
                "^(warren\\.delay\\.1000\\.0@media|warren\\.return@media|warren\\.dead-letter@media)$",
                "^(image-resize)$"));
  }

  @Test
  void isToEveryShard() {
    assertThat(DesiredAccess.permissions(Settings.topology("shards: 2")).read())
        .isEqualTo("^(image-resize\\.0|image-resize\\.1)$");
  }

  @Test
  void isToNothingWithASimilarName() {
    var read =
        Pattern.compile(DesiredAccess.permissions(Settings.topology("queueName: a.b")).read());

    assertThat(read.matcher("a.b").find()).isTrue();
    assertThat(read.matcher("a-b").find()).isFalse();
    assertThat(read.matcher("a.b.dlq").find()).isFalse();
  }

  @Test
  void keepsWhatPodsOfAFormerTemplateUse() {
    var before = DesiredAccess.permissions(Settings.topology("retry: {maxAttempts: 1, jitter: 0}"));
    var after =
        Settings.topology("shards: 2\nretry: {maxAttempts: 1, initialDelay: 2s, jitter: 0}");

    assertThat(DesiredAccess.permissions(after, before))
        .isEqualTo(
            new Permissions(
                "",
                "^(warren\\.delay\\.2000\\.0|warren\\.return|warren\\.dead-letter|warren\\.delay\\.1000\\.0)$",
                "^(image-resize\\.0|image-resize\\.1|image-resize)$"));
  }

  @Test
  void keepsNothingThatSomebodyElseGranted() {
    var topology = Settings.topology("{}");

    assertThat(DesiredAccess.permissions(topology, new Permissions(".*", ".*", "^(mail|.*)$")))
        .isEqualTo(DesiredAccess.permissions(topology));
  }
}
