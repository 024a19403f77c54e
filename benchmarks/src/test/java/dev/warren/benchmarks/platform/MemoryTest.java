package dev.warren.benchmarks.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.warren.benchmarks.harness.BenchmarkException;
import org.junit.jupiter.api.Test;

class MemoryTest {
  @Test
  void sumsTheGenerationsOfTheHeap() {
    var info =
        """
        17134:
        DefNew     total 98304K, used 36898K [0x00000000ec000000, 0x00000000f2aa0000)
         eden space 87424K,  42% used [0x00000000ec000000, 0x00000000ee408a00)
        Tenured    total 218496K, used 9749K [0x00000000f2aa0000, 0x0000000100000000)
        Metaspace       used 51200K, committed 51840K, reserved 1114112K
        """;

    assertThat(Memory.heapKib(info)).isEqualTo(36_898 + 9_749);
  }

  @Test
  void doesNotTakeSilenceForAnEmptyHeap() {
    assertThatExceptionOfType(BenchmarkException.class)
        .isThrownBy(() -> Memory.heapKib("no such process"));
  }

  @Test
  void readsWhatTheKernelSays() {
    assertThat(Memory.kib("Name:\tjava\nVmHWM:\t  300000 kB\nVmRSS:\t  200000 kB\n", "VmRSS"))
        .isEqualTo(200_000);
  }
}
