package dev.warren.operator.taskqueue;

import static dev.warren.operator.testing.Resources.broker;
import static dev.warren.operator.testing.Resources.queue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.operator.broker.Permissions;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DesiredPublisherTest {
  @Test
  void mayPublishToItsExchangeAndNothingElse() {
    assertThat(permissions("{}", "")).isEqualTo(new Permissions("", "^tasks$", ""));
  }

  @ParameterizedTest
  @CsvSource({"media.events,media-events", "tasks,tasks2", "tasks,mytasks", "a.b,a.b.c"})
  void mayNotPublishToAnExchangeWithASimilarName(String exchange, String other) {
    var write =
        Pattern.compile(permissions("exchange: {name: %s}".formatted(exchange), "").write());

    assertThat(write.matcher(exchange).find()).isTrue();
    assertThat(write.matcher(other).find()).isFalse();
  }

  @Test
  void mayPublishByItsKeysOnlyWhereNamespacesShareAVhost() {
    assertThat(permissions("routingKeys: [image.*, 'pdf.#']", Settings.SHARED))
        .isEqualTo(
            new Permissions("", "^tasks$", "", Map.of("tasks", "^(image\\.[^.]*|pdf(\\..*)?)$")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "a.b a.b a-b",
        "a.b a.b x.a.b",
        "a.b a.b a.b.c",
        "image.* image.x image.x.y",
        "image.# image imagex",
        "image.# image.x.y web.image",
        "a|.* a|.x b",
        "(a (a a",
        "[a-z] [a-z] b",
        "a+ a+ aa",
        "a? a? a",
        "^.$ ^.$ x",
        "\\Qa \\Qa a",
        "a{2} a{2} aa",
        "a)|(.* a)|(.x b",
      })
  void mayNotPublishByAKeyThatOnlyLooksLikeItsOwn(String key, String own, String others) {
    var keys =
        Pattern.compile(
            Objects.requireNonNull(
                permissions("routingKeys: ['%s']".formatted(key), Settings.SHARED)
                    .topics()
                    .get("tasks")));

    assertThat(keys.matcher(own).find()).isTrue();
    assertThat(keys.matcher(others).find()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"Direct", "Fanout"})
  void mayPublishByAnyKeyToAnExchangeThatNoOtherNamespaceHas(String type) {
    assertThat(permissions("exchange: {name: own, type: %s}".formatted(type), Settings.SHARED))
        .isEqualTo(new Permissions("", "^own$", ""));
  }

  private static Permissions permissions(String spec, String broker) {
    return DesiredPublisher.permissions(Settings.of(queue(spec), broker(broker)));
  }
}
