package dev.warren.worker.handler;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Looks for the program of a command before the first task does.
final class Program {
  private Program() {}

  /// The command, if there is such a program.
  ///
  /// @param searchPath directories joined as in `PATH`
  /// @throws UnusableHandlerException if there is none
  static List<String> check(List<String> command, String searchPath) {
    var program = command.getFirst();
    if (candidates(program, searchPath).noneMatch(Program::isExecutable)) {
      throw new UnusableHandlerException(
          "there is no program '%s', searched in %s; put it into the image, make it executable, or correct spec.handler.exec.command"
              .formatted(program, program.contains("/") ? "its directory" : searchPath));
    }
    return command;
  }

  private static Stream<Path> candidates(String program, String searchPath) {
    return program.contains("/")
        ? Stream.of(Path.of(program))
        : Stream.of(searchPath.split(File.pathSeparator))
            .map(directory -> Path.of(directory, program));
  }

  private static boolean isExecutable(Path path) {
    return Files.isRegularFile(path) && Files.isExecutable(path);
  }
}
