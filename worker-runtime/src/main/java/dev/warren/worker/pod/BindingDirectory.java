package dev.warren.worker.pod;

import dev.warren.model.BrokerBinding;
import dev.warren.model.WarrenModelException;
import dev.warren.worker.amqp.BindingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// A broker binding as a mounted Secret: one file for each entry. Its files change when credentials
/// rotate, so it is read anew for each connection.
///
/// @param path the directory
record BindingDirectory(Path path) {
  /// The binding as it is now.
  ///
  /// @throws BindingException if it cannot be read or used at present
  BrokerBinding read() {
    try {
      return BrokerBinding.parse(entries());
    } catch (IOException e) {
      throw new BindingException(
          "the broker binding cannot be read: %s; mount its Secret there".formatted(e), e);
    } catch (WarrenModelException e) {
      throw new BindingException("%s: %s".formatted(path, e.getMessage()), e);
    }
  }

  /// A mounted Secret also holds directories of its own, whose names begin with two dots.
  private Map<String, String> entries() throws IOException {
    var entries = new HashMap<String, String>();
    try (var files = Files.newDirectoryStream(path, Files::isRegularFile)) {
      for (var file : files) {
        entries.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return entries;
  }
}
