package dev.warren.local.pods;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The images of this machine: what each image name stands for. Read from a JSON file:
///
/// ```json
/// {"images": {"warren/worker:local": {
///     "command": ["java", "-cp", "…", "Main"],
///     "args": [],
///     "environment": {"WARREN_HANDLER_PATH": "…"}}}}
/// ```
///
/// @param images by name; one without a tag stands for all its versions
public record LocalImages(Map<String, LocalImage> images) {

  /// What an image brings.
  ///
  /// @param command the entry point; a container's `command` replaces it together with `args`
  /// @param args a container's `args` replace them
  /// @param environment a container's `env` goes over it
  public record LocalImage(
      List<String> command, List<String> args, Map<String, String> environment) {
    /// What is absent is empty.
    public LocalImage(
        @JsonProperty("command") @Nullable List<String> command,
        @JsonProperty("args") @Nullable List<String> args,
        @JsonProperty("environment") @Nullable Map<String, String> environment) {
      this.command = command == null ? List.of() : List.copyOf(command);
      this.args = args == null ? List.of() : List.copyOf(args);
      this.environment = environment == null ? Map.of() : Map.copyOf(environment);
    }
  }

  /// Sorts by name.
  public LocalImages(@JsonProperty("images") Map<String, LocalImage> images) {
    this.images = new TreeMap<>(images);
  }

  /// Reads the images file.
  ///
  /// @throws IllegalArgumentException if the file is not as described above
  /// @throws UncheckedIOException if it can't be read
  public static LocalImages load(Path file) {
    try {
      return new ObjectMapper().readValue(Files.readString(file), LocalImages.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "images file '%s': %s".formatted(file, e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Optional<LocalImage> find(String name) {
    return Optional.ofNullable(images.get(name))
        .or(() -> Optional.ofNullable(images.get(withoutTag(name))));
  }

  /// A colon before the last slash is that of a registry's port.
  private static String withoutTag(String name) {
    var colon = name.lastIndexOf(':');
    return colon > name.lastIndexOf('/') ? name.substring(0, colon) : name;
  }
}
