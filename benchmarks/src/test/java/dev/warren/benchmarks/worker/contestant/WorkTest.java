package dev.warren.benchmarks.worker.contestant;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WorkTest {
  @Test
  void failsTheFirstAttemptOfSomeTasksOnly() throws InterruptedException {
    var work = Work.failing(20);

    assertThat(work.run(40, true)).isFalse();
    assertThat(work.run(40, false)).isTrue();
    assertThat(work.run(41, true)).isTrue();
  }

  @Test
  void keepsItsTextForPeersInOtherLanguages() {
    assertThat(Work.pausing(Duration.ofMillis(500), 100).text()).isEqualTo("500:100:0:0");
    assertThat(Work.computing(7).text()).isEqualTo("0:1:7:0");
  }

  @Test
  void readsItsText() {
    var work = Work.pausing(Duration.ofMillis(500), 100);

    assertThat(Work.parse(work.text())).isEqualTo(work);
  }

  @Test
  void assignmentSurvivesTheEnvironment() {
    var assignment =
        new Assignment("amqp://host:1", "queue", 250, 200, Work.failing(20), Path.of("/tally"));

    assertThat(Assignment.read(assignment.environment())).isEqualTo(assignment);
  }

  @Test
  void tasksThatTakeNoTimeNeedOneConsumer() {
    var nothing = new Assignment("amqp://host:1", "q", 250, 200, Work.NO_OP, Path.of("/tally"));
    var waiting =
        new Assignment(
            "amqp://host:1", "q", 250, 200, Work.pausing(Duration.ofMillis(1), 1), Path.of("/t"));

    assertThat(nothing.consumers()).isEqualTo(1);
    assertThat(waiting.consumers()).isEqualTo(200);
  }
}
