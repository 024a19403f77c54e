package dev.warren.local.apiserver;

import static dev.warren.local.apiserver.Documents.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPathTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        ".spec.size | 3",
        ".spec.list[1] | b",
        ".metadata.labels.example\\.com/x | y",
        ".metadata.labels['example.com/x'] | y",
        ".status.conditions[?(@.type==\"Ready\")].status | True",
        ".status.conditions[?(@.type=='Late')].status | ~~",
        ".no.such.path | ~~",
      })
  void findsValues(String path, String value) {
    var document =
        yaml(
            """
            metadata: {labels: {example.com/x: y}}
            spec: {size: 3, list: [a, b]}
            status: {conditions: [{type: Other, status: "False"}, {type: Ready, status: "True"}]}
            """);

    assertThat(JsonPath.get(document, path).asText()).isEqualTo(value);
  }

  @Test
  void setsAFieldAndWhatLeadsToIt() {
    var document = yaml("{spec: {color: red}}");

    JsonPath.set(document, ".spec.worker.replicas", IntNode.valueOf(4));

    assertThat(document).isEqualTo(yaml("{spec: {color: red, worker: {replicas: 4}}}"));
  }
}
