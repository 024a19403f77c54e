package dev.warren.examples.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/// What has come of the uploads in a directory.
///
/// @param done pictures of which every thumbnail is there
/// @param missing the other pictures, the broken ones among them
public record Account(int done, int missing) {
  /// Counts the pictures in `in` and their thumbnails in `out`, both in this directory.
  public static Account of(Path directory) throws IOException {
    var uploaded = names(directory.resolve("in"));
    var thumbnails = names(directory.resolve("out"));
    var done =
        Math.toIntExact(
            uploaded.stream()
                .filter(picture -> thumbnails.containsAll(thumbnailsOf(picture)))
                .count());
    return new Account(done, uploaded.size() - done);
  }

  /// Prints the account of the directory that the command line names.
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2 || !arguments[0].equals("--work")) {
      System.err.println("usage: Account --work DIRECTORY");
      System.exit(2);
    }
    var account = of(Path.of(arguments[1]));
    System.out.printf("done=%d missing=%d%n", account.done(), account.missing());
  }

  private static Set<String> thumbnailsOf(String picture) {
    return Thumbnails.WIDTHS.stream()
        .map(width -> Thumbnails.name(picture, width))
        .collect(Collectors.toSet());
  }

  private static Set<String> names(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return Set.of();
    }
    try (var files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .collect(Collectors.toSet());
    }
  }
}
