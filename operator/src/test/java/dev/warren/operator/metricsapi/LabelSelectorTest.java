package dev.warren.operator.metricsapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSelectorTest {
  private static final Map<String, String> LABELS =
      Map.of("queue", "image-resize", "example.com/tier", "gold", "in", "in", "empty", "");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "queue=image-resize",
        "queue==image-resize",
        " queue = image-resize , example.com/tier == gold ",
        "queue!=other",
        "absent!=anything",
        "queue in (image-resize)",
        "queue in (a, image-resize,b)",
        "queue notin (a,b)",
        "absent notin (a)",
        "queue",
        "!absent",
        "! absent,queue",
        "in=in",
        "in in (in)",
        "empty=",
        "empty in ()",
        "empty in (a,)",
        "empty=,queue",
      })
  void matches(String selector) {
    assertThat(LabelSelector.parse(selector).matches(LABELS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "queue=other",
        "queue=Image-resize",
        "queue!=image-resize",
        "queue in (a,b)",
        "queue notin (image-resize,b)",
        "absent",
        "absent=",
        "absent in (a)",
        "!queue",
        "queue=image-resize,absent",
        "queue=image-resize,queue=other",
      })
  void doesNotMatch(String selector) {
    assertThat(LabelSelector.parse(selector).matches(LABELS)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",",
        "queue=a,",
        ",queue=a",
        "queue=a queue=b",
        "queue=a b",
        "queue=media/image-resize",
        "queue=*",
        "queue=-a",
        "queue>1",
        "queue in a",
        "queue in (a",
        "queue in a)",
        "queue in (a b)",
        "queue notin",
        "=a",
        "!",
        "!queue=a",
        "/a=b",
        "a/=b",
        "a/b/c=d",
        "EXAMPLE.com/a=b",
        "queue===a",
        "(queue)",
      })
  void isRefused(String selector) {
    assertThatIllegalArgumentException().isThrownBy(() -> LabelSelector.parse(selector));
  }

  @Test
  void saysWhatIsWrongWithWhat() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LabelSelector.parse("queue=a b"))
        .withMessage("the label selector 'queue=a b' cannot be read: ',' is missing");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LabelSelector.parse("queue like a"))
        .withMessage(
            "the label selector 'queue like a' cannot be read: 'like' is no operator; use =, ==, !=, in or notin");
  }
}
