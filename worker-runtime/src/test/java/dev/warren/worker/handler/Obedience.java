package dev.warren.worker.handler;

import dev.warren.worker.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;

/// What every handler of the contract test does; the task's type says what.
final class Obedience {
  /// What a handler that behaves was told of its task, each in the words of its kind.
  record Told(
      String id,
      String routingKey,
      int attempt,
      long firstSeen,
      long deadline,
      String contentType,
      String traceparent,
      String tenant,
      String wantedDigest,
      String digest) {
    boolean isRight() {
      return id.equals("t-1ü")
          && routingKey.equals("key one")
          && attempt == 2
          && firstSeen == 1_000
          && deadline == 2_000
          && contentType.equals("text/plain")
          && traceparent.equals(SomeTask.TRACEPARENT)
          && tenant.equals("Müller & Co")
          && digest.equals(wantedDigest);
    }
  }

  private Obedience() {}

  /// @param started file to make when the task hangs
  static Outcome obey(String type, String started, Told told)
      throws IOException, InterruptedException {
    return switch (type) {
      case "done" -> Outcome.done();
      case "retry" -> Outcome.retry("told to");
      case "retry after" -> Outcome.retryAfter(Duration.ofSeconds(30));
      case "snooze" -> Outcome.snooze(Duration.ofSeconds(30));
      case "fail" -> Outcome.fail("told to");
      case "drop" -> Outcome.drop("told to");
      case "crash" -> throw new IllegalStateException("told to");
      case "hang" -> {
        Files.createFile(Path.of(started));
        new CountDownLatch(1).await();
        yield Outcome.done();
      }
      case "check" -> told.isRight() ? Outcome.done() : Outcome.fail(told.toString());
      default -> Outcome.fail("unknown type " + type);
    };
  }

  static String digest(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
