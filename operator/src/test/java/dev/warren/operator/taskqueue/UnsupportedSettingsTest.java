package dev.warren.operator.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.operator.broker.BrokerFeatures;
import dev.warren.operator.broker.BrokerVersion;
import dev.warren.operator.resource.Verdict;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnsupportedSettingsTest {
  private static final BrokerFeatures WITH_PLUGIN =
      new BrokerFeatures(BrokerVersion.parse("4.0.5"), Set.of("topic", "x-consistent-hash"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3.10.8 | priorities: 2                                    | spec.priorities on a Quorum queue needs RabbitMQ 4.0 or later, this is 3.10.8; set spec.type to Classic",
        "4.3.0  | priorities: 32                                   | spec.priorities is 32, but no version of RabbitMQ has more than 31 on a Quorum queue; lower it, or set spec.type to Classic",
        "4.3.0  | overflow: RejectPublishDeadLetter                | spec.overflow RejectPublishDeadLetter works on Classic queues only, in every version of RabbitMQ; use RejectPublish or DropHead, or set spec.type to Classic",
        "4.3.0  | shards: 2                                        | spec.shards needs RabbitMQ's plugin rabbitmq_consistent_hash_exchange; ask the owner of the TaskBroker to enable it, or set spec.shards to 1",
        "3.11.9 | arguments: {x-consumer-timeout: 60000}           | spec.arguments has x-consumer-timeout, which needs RabbitMQ 3.12 or later, this is 3.11.9; leave it out",
      })
  void nameTheVersionOrThePluginThatCould(String version, String spec, String message) {
    assertThat(find(spec, version)).contains(Verdict.notReady("UnsupportedByBroker", message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3.10.8 | {}",
        "3.10.8 | type: Classic; priorities: 255; overflow: RejectPublishDeadLetter",
        "3.10.8 | singleActiveConsumer: true; messageTtl: 1h; overflow: DropHead",
        "3.12.0 | arguments: {x-consumer-timeout: 60000}",
        "4.0.5  | priorities: 31",
      })
  void areNoneThatTheVersionKnows(String version, String spec) {
    assertThat(find(spec.replace("; ", "\n"), version)).isEmpty();
  }

  @Test
  void areNoShardsWhereThePluginIs() {
    assertThat(UnsupportedSettings.find(Settings.of("shards: 2"), WITH_PLUGIN)).isEmpty();
  }

  private static Optional<Verdict> find(String spec, String version) {
    var features =
        new BrokerFeatures(
            BrokerVersion.parse(version), Set.of("direct", "fanout", "headers", "topic"));
    return UnsupportedSettings.find(Settings.of(spec), features);
  }
}
