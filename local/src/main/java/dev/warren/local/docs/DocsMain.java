package dev.warren.local.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Follows pages of the documentation in a directory, one after the other in the same shell. Exit
/// status 0 if all went as they say, 1 if something did not, 2 if a page cannot be followed at all.
public final class DocsMain {
  private DocsMain() {}

  /// Entry point.
  ///
  /// @param arguments a directory in which to start, and the pages, which `scripts/docs` gives
  public static void main(String[] arguments) throws IOException, InterruptedException {
    System.exit(follow(Path.of(arguments[0]), List.of(arguments).subList(1, arguments.length)));
  }

  private static int follow(Path directory, List<String> names)
      throws IOException, InterruptedException {
    var pages = new ArrayList<Page>();
    try {
      for (var name : names) {
        pages.add(Page.parse(name, Files.readString(Path.of(name))));
      }
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      return 2;
    }
    var scratch = directory.resolve(".warren/reader");
    try (var shell = Shell.start(directory, scratch)) {
      var reader = new Reader(shell, scratch, System.out);
      for (var page : pages) {
        if (!reader.follow(page)) {
          return 1;
        }
      }
    }
    return 0;
  }
}
