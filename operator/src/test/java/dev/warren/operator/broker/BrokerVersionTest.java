package dev.warren.operator.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokerVersionTest {
  @ParameterizedTest
  @CsvSource({"3.10.8,3,10", "4.0.5,4,0", "4.3.0-rc.1,4,3", "5.0,5,0"})
  void readsMajorAndMinor(String text, int major, int minor) {
    assertThat(BrokerVersion.parse(text)).isEqualTo(new BrokerVersion(major, minor, text));
  }

  @Test
  void takesWhatIsNoVersionForOneThatCanDoLeast() {
    assertThat(BrokerVersion.parse("unknown").atLeast(0, 1)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"3.10.8,3,9", "3.10.8,3,10", "4.0.5,3,12", "3.12.1,3,9"})
  void isAtLeastItselfAndWhatCameBefore(String text, int major, int minor) {
    assertThat(BrokerVersion.parse(text).atLeast(major, minor)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"3.9.30,3,10", "3.13.7,4,0", "4.0.5,4,1"})
  void isNotAtLeastWhatCameAfter(String text, int major, int minor) {
    assertThat(BrokerVersion.parse(text).atLeast(major, minor)).isFalse();
  }
}
