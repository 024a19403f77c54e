package dev.warren.crds;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A CRD as its YAML document says. There is one version.
record Crd(JsonNode document) {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  /// Those of all kinds, from the types and not from the files, which the same run may write.
  static List<Crd> generated() {
    return Stream.of(TaskBroker.class, TaskQueue.class, TaskWorker.class)
        .map(kind -> parse(CrdYaml.of(kind)))
        .toList();
  }

  static Crd parse(String yaml) {
    try {
      return new Crd(YAML.readTree(yaml));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no YAML: " + yaml, e);
    }
  }

  static Crd read(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode names() {
    return document.at("/spec/names");
  }

  String kind() {
    return names().path("kind").asText();
  }

  JsonNode version() {
    return document.at("/spec/versions/0");
  }

  JsonNode schema() {
    return version().at("/schema/openAPIV3Schema");
  }

  List<Field> fields() {
    return Field.all(schema());
  }

  @Override
  public String toString() {
    return kind();
  }
}
