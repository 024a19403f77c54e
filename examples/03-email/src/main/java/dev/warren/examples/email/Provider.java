package dev.warren.examples.email;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/// Stands for a provider of e-mail or push messages: a directory with a file for each message that
/// it has accepted. Like real ones it knows a request by its idempotency key, refuses addresses
/// that do not exist, and puts some off. Safe for use by many threads and processes.
///
/// @param directory one for each provider
record Provider(Path directory) {
  /// The domain of addresses that bounce.
  static final String NOWHERE = "@nowhere.invalid";

  /// The domain of addresses that are put off once.
  static final String GREYLISTED = "@greylist.example";

  private static final String ACCEPTED = "accepted.";
  private static final String REPEATED = "repeated.";

  /// What became of a request.
  enum Answer {
    /// 250: it will be delivered. So says a repeated request, without a second delivery.
    ACCEPTED,
    /// 451: try again later.
    LATER,
    /// 550: there is no such mailbox.
    NO_SUCH_MAILBOX
  }

  /// Sends a message.
  ///
  /// @param key the same for each request with the same message
  /// @param attempt how often the caller tries, which real providers find out for themselves
  Answer send(String key, String to, int attempt) throws IOException {
    if (to.endsWith(NOWHERE)) {
      return Answer.NO_SUCH_MAILBOX;
    }
    if (to.endsWith(GREYLISTED) && attempt == 1) {
      return Answer.LATER;
    }
    Files.createDirectories(directory);
    try {
      Files.createFile(directory.resolve(ACCEPTED + key));
    } catch (FileAlreadyExistsException e) {
      Files.createFile(directory.resolve(REPEATED + UUID.randomUUID()));
    }
    return Answer.ACCEPTED;
  }

  static boolean isAccepted(Path file) {
    return file.getFileName().toString().startsWith(ACCEPTED);
  }

  static boolean isRepeated(Path file) {
    return file.getFileName().toString().startsWith(REPEATED);
  }
}
