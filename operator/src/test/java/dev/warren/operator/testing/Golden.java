package dev.warren.operator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A folder of `in-*.yaml` and, beside each, the `out-*.yaml` that it should become.
/// `-Dgolden.update=true` writes the latter anew: read the difference before you commit it.
public final class Golden {
  private static final YAMLMapper YAML =
      YAMLMapper.builder(
              new YAMLFactory()
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                  .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS))
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private final Path folder;

  private Golden(Path folder) {
    this.folder = folder;
  }

  public static Golden folder(String name) {
    return new Golden(Path.of("src", "test", "resources", "golden", name));
  }

  /// The names between `in-` and `.yaml`, each of which must have an output and the other way
  /// round.
  public List<String> cases() {
    var inputs = names("in-");
    if (!updating()) {
      assertThat(names("out-")).as("outputs in %s", folder).isEqualTo(inputs);
    }
    return inputs;
  }

  public String input(String name) {
    return read(inputFile(name));
  }

  public Path inputFile(String name) {
    return folder.resolve("in-" + name + ".yaml");
  }

  /// Fails unless the output is this object.
  public void check(String name, Object output) {
    check(folder.resolve("out-" + name + ".yaml"), yaml(output));
  }

  /// Fails unless this is what the file holds.
  public static void check(Path file, String text) {
    if (updating()) {
      write(file, text);
    }
    assertThat(text).as("what %s should hold", file).isEqualTo(read(file));
  }

  private List<String> names(String prefix) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(file -> file.startsWith(prefix))
          .map(file -> file.substring(prefix.length(), file.length() - ".yaml".length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean updating() {
    return Boolean.getBoolean("golden.update");
  }

  /// By way of maps, whose keys can be sorted.
  private static String yaml(Object object) {
    try {
      return YAML.writeValueAsString(YAML.convertValue(object, Object.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
