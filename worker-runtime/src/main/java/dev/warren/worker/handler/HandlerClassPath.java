package dev.warren.worker.handler;

import dev.warren.model.WorkerPod;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Where the handler's classes are: jars and directories, joined as in a class path. A directory
/// stands for itself and for all jars in it.
///
/// @param text the path as configured; may be empty
record HandlerClassPath(String text) {
  private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

  /// A loader of these classes, apart from the runtime's; of an empty path, the runtime's own.
  ///
  /// @throws UnusableHandlerException if a directory cannot be listed
  ClassLoader loader() {
    var runtime = HandlerClassPath.class.getClassLoader();
    var urls = entries().flatMap(HandlerClassPath::expand).map(HandlerClassPath::url).toList();
    return urls.isEmpty() ? runtime : new HandlerClassLoader(urls, runtime);
  }

  /// For messages: what was searched, and which of it is not there.
  String describe() {
    var searched =
        entries()
            .map(path -> Files.exists(path) ? path.toString() : path + " (does not exist)")
            .toList();
    return searched.isEmpty()
        ? "%s is empty, so the runtime's own class path was searched"
            .formatted(WorkerPod.HANDLER_PATH)
        : "searched " + String.join(", ", searched);
  }

  private Stream<Path> entries() {
    return SEPARATOR.splitAsStream(text).filter(part -> !part.isBlank()).map(Path::of);
  }

  private static Stream<Path> expand(Path entry) {
    return Files.isDirectory(entry)
        ? Stream.concat(Stream.of(entry), jars(entry).stream())
        : Stream.of(entry);
  }

  private static List<Path> jars(Path directory) {
    try (var files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UnusableHandlerException(
          "the handler path's directory %s cannot be read; make it readable".formatted(directory),
          e);
    }
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }
}
