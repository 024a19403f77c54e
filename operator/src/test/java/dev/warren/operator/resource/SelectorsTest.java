package dev.warren.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorsTest {
  private static final Map<String, String> LABELS = Map.of("team", "media", "tier", "gold");

  @Test
  void matchesAllWhenLeftOut() {
    assertThat(Selectors.matches(null, LABELS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "matchLabels: {team: media}",
        "matchLabels: {team: media, tier: gold}",
        "matchExpressions: [{key: team, operator: In, values: [web, media]}]",
        "matchExpressions: [{key: team, operator: NotIn, values: [web]}]",
        "matchExpressions: [{key: absent, operator: NotIn, values: [web]}]",
        "matchExpressions: [{key: team, operator: Exists}]",
        "matchExpressions: [{key: absent, operator: DoesNotExist}]",
      })
  void matches(String selector) {
    assertThat(Selectors.matches(selector(selector), LABELS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "matchLabels: {team: web}",
        "matchLabels: {team: media, tier: silver}",
        "matchLabels: {absent: media}",
        "matchExpressions: [{key: team, operator: In, values: [web]}]",
        "matchExpressions: [{key: absent, operator: In, values: [web]}]",
        "matchExpressions: [{key: team, operator: NotIn, values: [media]}]",
        "matchExpressions: [{key: absent, operator: Exists}]",
        "matchExpressions: [{key: team, operator: DoesNotExist}]",
        "matchExpressions: [{key: team, operator: Like, values: [media]}]",
        "matchLabels: {team: media}\nmatchExpressions: [{key: tier, operator: DoesNotExist}]",
      })
  void doesNotMatch(String selector) {
    assertThat(Selectors.matches(selector(selector), LABELS)).isFalse();
  }

  private static LabelSelector selector(String yaml) {
    return Serialization.unmarshal(yaml, LabelSelector.class);
  }
}
