package dev.warren.client;

import dev.warren.model.BrokerBinding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;

/// A mounted Secret: a directory with one file for each entry, beside the hidden links by which
/// Kubernetes replaces them all at once.
final class BindingDirectory {
  private BindingDirectory() {}

  /// The binding as it is now.
  ///
  /// @throws UncheckedIOException if the directory cannot be read
  /// @throws dev.warren.model.WarrenModelException if it holds no usable binding
  static BrokerBinding read(Path directory) {
    var entries = new HashMap<String, String>();
    try (var files = Files.newDirectoryStream(directory, file -> Files.isRegularFile(file))) {
      for (var file : files) {
        entries.put(file.getFileName().toString(), Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the binding in '%s'".formatted(directory), e);
    }
    return BrokerBinding.parse(entries);
  }
}
