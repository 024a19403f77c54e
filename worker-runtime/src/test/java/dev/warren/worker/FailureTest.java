package dev.warren.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.model.TaskHeaders;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class FailureTest {
  @Property
  void cutsMessagesToTheLimitAndNoFurther(@ForAll @StringLength(max = 2000) String text) {
    var message = new Failure("Fail", text).message();

    assertThat(text).startsWith(message);
    assertThat(bytes(message)).isLessThanOrEqualTo(TaskHeaders.ERROR_MESSAGE_LIMIT);
    if (message.length() < text.length()) {
      var oneMore = text.substring(0, text.offsetByCodePoints(message.length(), 1));
      assertThat(bytes(oneMore)).isGreaterThan(TaskHeaders.ERROR_MESSAGE_LIMIT);
    }
  }

  @Test
  void keepsWholeCharacters() {
    var message = new Failure("Fail", "a" + "😀".repeat(400)).message();

    assertThat(message).isEqualTo("a" + "😀".repeat(255));
  }

  @Test
  void saysSoWhenAnExceptionHasNoMessage() {
    var failure = Failure.of(new IllegalStateException());

    assertThat(failure).hasToString("java.lang.IllegalStateException: no message");
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
