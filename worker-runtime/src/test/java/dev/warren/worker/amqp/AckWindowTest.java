package dev.warren.worker.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AckWindowTest {
  private final AckWindow window = new AckWindow(80);

  @Test
  void combinesWhatIsContiguous() {
    LongStream.rangeClosed(1, 7).forEach(window::finish);

    assertThat(window.takeAll()).containsExactly(new Acknowledgement(7, true));
    assertThat(window.isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "12, 2", "80, 16", "250, 50", "1000, 50"})
  void isFullWithAFifthOfThePrefetchCombined(int prefetch, int combined) {
    window.resize(prefetch);
    LongStream.range(1, combined).forEach(window::finish);
    assertThat(window.isFull()).isFalse();

    window.finish(combined);

    assertThat(window.isFull()).isTrue();
  }

  @Test
  void forgetsWhatIsLongPast() {
    LongStream.rangeClosed(1, 300_000).filter(tag -> tag != 299_998).forEach(window::finish);

    assertThat(window.takeAll())
        .containsExactly(
            new Acknowledgement(299_997, true),
            new Acknowledgement(299_999, false),
            new Acknowledgement(300_000, false));
  }

  @Test
  void acknowledgesSinglyBehindAnUnfinishedTask() {
    window.finish(1);
    window.finish(3);
    window.finish(4);

    assertThat(window.takeAll())
        .containsExactly(
            new Acknowledgement(1, false),
            new Acknowledgement(3, false),
            new Acknowledgement(4, false));
  }

  @Test
  void isFullWhenAnEighthOfThePrefetchIsStranded() {
    LongStream.rangeClosed(2, 11).forEach(window::finish);
    assertThat(window.isFull()).isFalse();

    window.finish(12);

    assertThat(window.isFull()).isTrue();
  }

  @Test
  void namesNoTagThatIsSettledAlready() {
    window.finish(2);
    var single = window.takeAll();
    window.finish(1);

    assertThat(single).containsExactly(new Acknowledgement(2, false));
    assertThat(window.takeAll()).containsExactly(new Acknowledgement(1, false));
  }

  @Test
  void reachesOverWhatWasGivenBack() {
    window.finish(1);
    window.giveBack(2);
    window.finish(3);

    assertThat(window.takeAll()).containsExactly(new Acknowledgement(3, true));
  }

  /// Plays the broker's part: any order of finishing and giving back, with takes in between.
  @Property
  void neverAcknowledgesAnUnfinishedTask(
      @ForAll @IntRange(min = 1, max = 200) int deliveries,
      @ForAll @IntRange(min = 1, max = 300) int prefetch,
      @ForAll long seed) {
    var random = new Random(seed);
    var tested = new AckWindow(prefetch);
    var outstanding = new TreeSet<Long>(tags(deliveries));
    var finished = new TreeSet<Long>();
    var order = new ArrayList<>(outstanding);
    Collections.shuffle(order, random);
    for (long tag : order) {
      if (random.nextInt(10) == 0) {
        outstanding.remove(tag);
        tested.giveBack(tag);
      } else {
        finished.add(tag);
        tested.finish(tag);
      }
      if (random.nextInt(4) == 0) {
        play(random.nextBoolean() ? tested.take() : tested.takeAll(), outstanding, finished);
      }
    }
    play(tested.takeAll(), outstanding, finished);

    assertThat(outstanding).isEmpty();
    assertThat(tested.isEmpty()).isTrue();
  }

  private static void play(
      List<Acknowledgement> acknowledgements, NavigableSet<Long> outstanding, Set<Long> finished) {
    for (var acknowledgement : acknowledgements) {
      assertThat(outstanding).contains(acknowledgement.tag());
      var settled =
          acknowledgement.multiple()
              ? List.copyOf(outstanding.headSet(acknowledgement.tag(), true))
              : List.of(acknowledgement.tag());
      assertThat(finished).containsAll(settled);
      outstanding.removeAll(settled);
    }
  }

  private static List<Long> tags(int count) {
    return LongStream.rangeClosed(1, count).boxed().toList();
  }
}
