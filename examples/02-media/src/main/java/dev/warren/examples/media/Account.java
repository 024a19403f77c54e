package dev.warren.examples.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// What has come of the uploads, by the files that are there.
///
/// @param done uploads with their thumbnail or preview
/// @param urgentMillis mean time from publishing an urgent task to its thumbnail; empty if there is
///   none
/// @param otherMillis the same of all other pictures
public record Account(int done, OptionalLong urgentMillis, OptionalLong otherMillis) {
  /// One effect of a task.
  private record Thumbnail(boolean urgent, long waitMillis) {}

  /// Prints the account. Ends with status 1 if urgent thumbnails came no sooner than others.
  public static void main(String[] arguments) throws IOException {
    var account = of(CommandLine.parse(arguments).path("--work"));
    if (!account.urgentCameSooner()) {
      System.err.println("urgent thumbnails came no sooner than others: " + account);
    }
    System.out.printf(
        "done=%d urgent-ms=%d other-ms=%d%n",
        account.done(), account.urgentMillis().orElse(0), account.otherMillis().orElse(0));
    System.exit(account.urgentCameSooner() ? 0 : 1);
  }

  /// Counts the files in `out` that the receipts in this directory promise.
  static Account of(Path work) throws IOException {
    var done = 0;
    var thumbnails = new ArrayList<Thumbnail>();
    for (var receipt : Receipt.read(work)) {
      var file = work.resolve("out").resolve(receipt.target());
      if (Files.exists(file)) {
        done++;
        if (receipt.picture()) {
          var there = Files.getLastModifiedTime(file).toMillis();
          thumbnails.add(new Thumbnail(receipt.urgent(), there - receipt.publishedAt()));
        }
      }
    }
    return new Account(done, mean(thumbnails, true), mean(thumbnails, false));
  }

  /// True as well if there is nothing to compare.
  boolean urgentCameSooner() {
    return urgentMillis.isEmpty()
        || otherMillis.isEmpty()
        || urgentMillis.getAsLong() < otherMillis.getAsLong();
  }

  private static OptionalLong mean(List<Thumbnail> thumbnails, boolean urgent) {
    var mean =
        thumbnails.stream()
            .filter(thumbnail -> thumbnail.urgent() == urgent)
            .mapToLong(Thumbnail::waitMillis)
            .average();
    return mean.isPresent()
        ? OptionalLong.of(Math.round(mean.getAsDouble()))
        : OptionalLong.empty();
  }
}
