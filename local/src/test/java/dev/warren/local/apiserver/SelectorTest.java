package dev.warren.local.apiserver;

import static dev.warren.local.apiserver.Documents.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "app=a | true",
        "app==a | true",
        "app=b | false",
        "app!=b | true",
        "app!=a | false",
        "gone!=a | true",
        "app | true",
        "!app | false",
        "!gone | true",
        "app in (a, b) | true",
        "app in (b) | false",
        "app notin (b,c) | true",
        "gone notin (b) | true",
        "gone in (b) | false",
        "app in (a,b),tier=front | true",
        "app in (a,b),tier=back | false",
        "example.com/tier=front | true",
      })
  void selectsByLabels(String labels, boolean matches) {
    var document = yaml("metadata: {labels: {app: a, tier: front, example.com/tier: front}}");

    assertThat(Selector.parse(labels, "").matches(document)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "metadata.name=n | true",
        "metadata.name=m | false",
        "involvedObject.kind=Pod,metadata.name!=m | true",
        "status.phase!=Running | true",
      })
  void selectsByFields(String fields, boolean matches) {
    var document = yaml("{metadata: {name: n}, involvedObject: {kind: Pod}}");

    assertThat(Selector.parse("", fields).matches(document)).isEqualTo(matches);
  }
}
