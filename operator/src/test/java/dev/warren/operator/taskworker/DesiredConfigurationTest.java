package dev.warren.operator.taskworker;

import static dev.warren.operator.testing.Resources.bareWorker;
import static dev.warren.operator.testing.Resources.broker;
import static dev.warren.operator.testing.Resources.queue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.model.WorkerConfiguration;
import dev.warren.operator.taskqueue.Settings;
import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DesiredConfigurationTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{java: {className: com.example.Resize$Inner}}",
        "{http: {url: 'http://resize:8080/path?a=b&c=d#e'}}",
        "{exec: {command: [sh, -c, 'echo \\n # = : ! ä 😀']}}",
        "{exec: {command: [sh, \"two\\nlines\\tand\\ra tab\"]}}",
      })
  void isReadByAPodAsItWasWritten(String handler) throws IOException {
    var written = configuration(handler);

    assertThat(
            WorkerConfiguration.parse(read(DesiredConfiguration.properties(written.toSettings()))))
        .isEqualTo(written);
  }

  @Test
  void isTheSameFileForTheSameSettings() {
    var handler = "{java: {className: com.example.Resize}}";

    assertThat(DesiredConfiguration.properties(configuration(handler).toSettings()))
        .isEqualTo(DesiredConfiguration.properties(configuration(handler).toSettings()))
        .startsWith("concurrency=10\ndead-letter.exchange=warren.dead-letter\n");
  }

  /// As {@link java.util.Properties} reads it from a file in UTF-8.
  private static Map<String, String> read(String file) throws IOException {
    var properties = new Properties();
    properties.load(new StringReader(file));
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toMap(name -> name, properties::getProperty));
  }

  private static WorkerConfiguration configuration(String handler) {
    return WorkerSettingsResolver.resolve(
            bareWorker("handler: " + handler), queue("{}"), broker(""), Settings.topology("{}"))
        .configuration()
        .orElseThrow();
  }
}
