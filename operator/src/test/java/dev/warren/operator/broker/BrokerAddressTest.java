package dev.warren.operator.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerAddressTest {
  private static final String AMQP = "amqp://user:s3cret@rabbit.example:5673";
  private static final String MANAGEMENT = "https://admin:s3cret@rabbit.example:15671";

  @Test
  void readsHostsPortsAndTheManagementCredentials() {
    assertThat(parse(AMQP, MANAGEMENT))
        .isEqualTo(
            new BrokerAddress(
                "rabbit.example",
                5673,
                false,
                URI.create("https://rabbit.example:15671"),
                Optional.empty(),
                "admin",
                "s3cret",
                Trust.OF_JVM));
  }

  @Test
  void keepsThePathBeforeTheManagementApi() {
    assertThat(parse(AMQP, "http://u:p@rabbit.example:15672/messaging/").management())
        .isEqualTo(URI.create("http://rabbit.example:15672/messaging"));
    assertThat(parse(AMQP, "http://u:p@rabbit.example:15672/").management())
        .isEqualTo(URI.create("http://rabbit.example:15672"));
  }

  @Test
  void readsWhereThePrometheusPluginIs() {
    assertThat(withMetrics("http://rabbit.example").metrics())
        .contains(URI.create("http://rabbit.example:15692"));
    assertThat(withMetrics("https://a:b@rabbit.example").metrics())
        .contains(URI.create("https://a:b@rabbit.example:15691"));
  }

  @Test
  void namesAKeyForThePluginThatIsNoUriAndKeepsItsValueToItself() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> withMetrics("amqp://a:s3cret@rabbit.example"))
        .withMessageStartingWith("key 'metricsUri' is not http://host:15692")
        .withMessageNotContaining("s3cret");
  }

  private static BrokerAddress withMetrics(String uri) {
    return BrokerAddress.parse(Map.of("uri", AMQP, "managementUri", MANAGEMENT, "metricsUri", uri));
  }

  @Test
  void knowsTheUsualAmqpPort() {
    assertThat(parse("amqp://u:p@rabbit.example", MANAGEMENT).amqpPort()).isEqualTo(5672);
  }

  @Test
  void knowsTheUsualPortOfAmqpInTls() {
    var address = parse("amqps://u:p@rabbit.example", MANAGEMENT);

    assertThat(address.tls()).isTrue();
    assertThat(address.amqpPort()).isEqualTo(5671);
  }

  @Test
  void decodesCredentials() {
    var address = parse(AMQP, "http://ad%40min:a%2Fb+c%25@rabbit.example");

    assertThat(address.username()).isEqualTo("ad@min");
    assertThat(address.password()).isEqualTo("a/b+c%");
  }

  @Test
  void ignoresBlanksAroundAValue() {
    assertThat(parse(AMQP + "\n", MANAGEMENT)).isEqualTo(parse(AMQP, MANAGEMENT));
  }

  @Test
  void namesAMissingKey() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BrokerAddress.parse(Map.of("uri", AMQP)))
        .withMessage("key 'managementUri' is missing; set it to http://user:password@host:port");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3cret",
        "",
        "amqp://user:s3cret@",
        "amqp://s3cret@rabbit.example",
        "amqp://user:s3cret^@rabbit.example",
        "amqp://user:s3cret%@rabbit.example",
        "amqp://user:s3cret@host_name:5672",
        "amqp://user:s3cret@host:port",
        "http://user:s3cret@rabbit.example",
      })
  void namesTheKeyOfAWrongValueAndNeverTheValue(String uri) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(uri, MANAGEMENT))
        .withMessageContaining("key 'uri' is not amqp or amqps://user:password@host:port")
        .withNoCause()
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
  }

  @Test
  void leavesThePasswordOutOfItsText() {
    assertThat(parse(AMQP, MANAGEMENT).toString()).contains("rabbit").doesNotContain("s3cret");
  }

  private static BrokerAddress parse(String amqp, String management) {
    return BrokerAddress.parse(Map.of("uri", amqp, "managementUri", management));
  }
}
