package dev.warren.operator.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ShareTest {
  @Property
  void dividesAllTasks(
      @ForAll @LongRange(min = 0, max = 1L << 50) long tasks,
      @ForAll @DoubleRange(min = 0, max = 1) double border) {
    var first = new Share(0, border, 2).of(tasks);
    var second = new Share(border, 1, 2).of(tasks);

    assertThat(first + second).isEqualTo(tasks);
    assertThat(first).isNotNegative();
    assertThat(second).isNotNegative();
  }

  @Test
  void givesASingleTaskToTheFirst() {
    assertThat(new Share(0, 0.1, 2).of(1)).isOne();
    assertThat(new Share(0.1, 1, 2).of(1)).isZero();
  }

  @Test
  void refusesWhatIsNoPart() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Share(0.5, 0.4, 2));
  }
}
