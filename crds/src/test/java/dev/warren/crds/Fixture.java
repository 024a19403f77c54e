package dev.warren.crds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A resource that an API server must take or refuse: a file `valid-*.yaml` or `invalid-*.yaml`. An
/// invalid one begins with comments that give the `message` of the refusal and the `field` it
/// names; the field is missing where the resource as a whole is refused. Of two documents, the
/// second is an update of the first.
record Fixture(Path file, List<JsonNode> documents, Optional<Refusal> refusal) {
  private static final Path FOLDER = Path.of("src/test/resources/fixtures");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  static Stream<Fixture> all() {
    try (var files = Files.walk(FOLDER)) {
      return files.filter(Files::isRegularFile).sorted().map(Fixture::read).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode resource() {
    return documents.getLast();
  }

  /// What the resource was before, for an update.
  Optional<JsonNode> before() {
    return documents.size() == 1 ? Optional.empty() : Optional.of(documents.getFirst());
  }

  boolean isValid() {
    return file.getFileName().toString().startsWith("valid-");
  }

  @Override
  public String toString() {
    return FOLDER.relativize(file).toString();
  }

  private static Fixture read(Path file) {
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
      var lines = Files.readAllLines(file);
      var field = comment(lines, "# field: ").orElse("");
      var refusal = comment(lines, "# message: ").map(message -> new Refusal(field, message));
      return new Fixture(file, documents.readAll(), refusal);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static Optional<String> comment(List<String> lines, String prefix) {
    return lines.stream()
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()))
        .findFirst();
  }
}
