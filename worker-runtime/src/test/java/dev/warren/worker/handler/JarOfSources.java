package dev.warren.worker.handler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/// Makes handler jars, as a user's build would.
final class JarOfSources {
  private JarOfSources() {}

  /// Compiles classes and packs them, with further entries.
  ///
  /// @param sources of public classes, by their names
  /// @param resources text of further entries, by their names
  static Path make(Path jar, Map<String, String> sources, Map<String, String> resources)
      throws IOException {
    var directory = Files.createTempDirectory(jar.getParent(), "classes");
    for (var source : sources.entrySet()) {
      write(directory, source.getKey().replace('.', '/') + ".java", source.getValue());
    }
    for (var resource : resources.entrySet()) {
      write(directory, resource.getKey(), resource.getValue());
    }
    compile(directory);
    return pack(directory, jar);
  }

  private static void write(Path directory, String name, String text) throws IOException {
    var file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /// The jar's own classes before those of the same name that the runtime has.
  private static void compile(Path directory) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null);
        var sources = Files.walk(directory)) {
      var units =
          files.getJavaFileObjectsFromPaths(
              sources.filter(file -> file.toString().endsWith(".java")).toList());
      var options =
          List.of("-proc:none", "-d", directory.toString(), "-sourcepath", directory.toString());
      if (!compiler.getTask(null, files, null, options, null, units).call()) {
        throw new IllegalStateException("the handler's sources do not compile");
      }
    }
  }

  private static Path pack(Path directory, Path jar) throws IOException {
    try (var output = new JarOutputStream(Files.newOutputStream(jar));
        var files = Files.walk(directory)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        output.putNextEntry(new JarEntry(directory.relativize(file).toString()));
        Files.copy(file, output);
        output.closeEntry();
      }
    }
    return jar;
  }
}
