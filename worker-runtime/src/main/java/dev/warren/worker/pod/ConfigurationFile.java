package dev.warren.worker.pod;

import dev.warren.model.WarrenModelException;
import dev.warren.model.WorkerConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Properties;

/// The worker's settings in the format of {@link Properties}, as the operator writes them.
///
/// @param path where it is
record ConfigurationFile(Path path) {
  /// Reads the settings.
  ///
  /// @throws UnusableEnvironmentException if they cannot be read or used
  WorkerConfiguration read() {
    var properties = new Properties();
    try (var reader = Files.newBufferedReader(path)) {
      properties.load(reader);
      var settings = new HashMap<String, String>();
      properties
          .stringPropertyNames()
          .forEach(name -> settings.put(name, properties.getProperty(name)));
      return WorkerConfiguration.parse(settings);
    } catch (IOException | IllegalArgumentException e) {
      throw new UnusableEnvironmentException(
          "the configuration file cannot be read: %s; mount the worker's ConfigMap there"
              .formatted(e),
          e);
    } catch (WarrenModelException e) {
      throw new UnusableEnvironmentException("%s: %s".formatted(path, e.getMessage()), e);
    }
  }
}
