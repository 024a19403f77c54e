package dev.warren.examples.email;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What the providers have accepted.
///
/// @param mails e-mails
/// @param pushes push messages
/// @param busiest most e-mails within any second
/// @param twice requests that were repeated, and came to nothing more
public record Account(long mails, long pushes, int busiest, long twice) {
  /// The TaskWorker's `rateLimit.tasks` in a second.
  static final int LIMIT = 500;

  /// Its `rateLimit.burst`.
  static final int BURST = 125;

  /// What its pods hold at once, by their prefetch. So many tasks may have been let through a
  /// moment before the second, and be accepted in it.
  static final int HELD = 50;

  private static final long SECOND = 1_000;

  /// Prints the account. Ends with status 1 if the provider's limit was exceeded.
  public static void main(String[] arguments) throws IOException {
    var account = of(CommandLine.parse(arguments).path("--work").resolve("outbox"));
    System.out.printf(
        "done=%d mails=%d pushes=%d busiest=%d twice=%d%n",
        account.mails() + account.pushes(),
        account.mails(),
        account.pushes(),
        account.busiest(),
        account.twice());
    if (!account.keepsTheLimit()) {
      System.err.printf(
          "%d e-mails in one second, more than %d%n", account.busiest(), LIMIT + BURST + HELD);
      System.exit(1);
    }
  }

  static Account of(Path outbox) throws IOException {
    var mails = files(outbox.resolve(MailHandler.PROVIDER));
    var pushes = files(outbox.resolve(PushHandler.PROVIDER));
    var times = new ArrayList<Long>();
    for (var mail : mails) {
      if (Provider.isAccepted(mail)) {
        times.add(Files.getLastModifiedTime(mail).toMillis());
      }
    }
    return new Account(
        times.size(),
        pushes.stream().filter(Provider::isAccepted).count(),
        busiest(times),
        mails.stream().filter(Provider::isRepeated).count()
            + pushes.stream().filter(Provider::isRepeated).count());
  }

  boolean keepsTheLimit() {
    return busiest <= LIMIT + BURST + HELD;
  }

  /// Most of these times within a second, wherever it begins.
  static int busiest(List<Long> millis) {
    var sorted = millis.stream().sorted().toList();
    var most = 0;
    var first = 0;
    for (int last = 0; last < sorted.size(); last++) {
      while (sorted.get(last) - sorted.get(first) >= SECOND) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }

  private static List<Path> files(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (var files = Files.list(directory)) {
      return files.toList();
    }
  }
}
