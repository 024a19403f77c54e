package dev.warren.benchmarks.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.benchmarks.platform.Memory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTest {
  private static final Calls NONE = new Calls(0, 0, 0, 0);
  private static final Cpu NO_CPU = new Cpu(Duration.ZERO, Duration.ZERO, Duration.ZERO);

  @Test
  void lineNamesEveryFigure() {
    var baseline =
        new Baseline(1_000, Duration.ofSeconds(4), new Topology(List.of(), List.of(), List.of()));
    var work =
        new Work(
            new Application(1_000, Duration.ofSeconds(1), Duration.ofSeconds(5), NONE, NO_CPU),
            new Rest(true, Duration.ofMinutes(1), new Calls(30, 1, 60, 2)),
            new Changes(List.of(Duration.ofMillis(120), Duration.ofMillis(340))),
            new Memory(100, 280, 300),
            NONE);
    var restarted =
        new Restarted(
            new Restart(Duration.ofSeconds(2), Duration.ofMillis(7_480), 1_000, NONE),
            new Changes(List.of(Duration.ofMillis(90))),
            new Memory(90, 270, 310));

    assertThat(new Result(baseline, work, restarted).line())
        .isEqualTo(
            "result: ready_per_s=200.0 restart_s=7.5 change_p99_ms=340 rss_mib=310 writes_at_rest=3 declare_ratio=0.80");
  }
}
