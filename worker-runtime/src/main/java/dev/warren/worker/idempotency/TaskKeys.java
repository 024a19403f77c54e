package dev.warren.worker.idempotency;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// Names the tasks of one task queue in a store: `<namespace>/<queue>/<id>`, so that equal ids in
/// two queues are two tasks, and people can find a task there. At most 250 printable characters of
/// ASCII, without spaces: an id that is longer or has others is replaced by `#` and its SHA-256,
/// and so is one that begins with `#`. Pure.
///
/// @param prefix what all keys begin with
record TaskKeys(String prefix) {
  private static final Pattern ORDINARY_ID = Pattern.compile("[!-~&&[^#]][!-~]{0,99}");
  private static final int LONGEST_QUEUE = 84;

  /// Keys for a task queue.
  ///
  /// @param namespace a Kubernetes namespace, 63 characters at most
  /// @param queue the queue's name in the broker
  static TaskKeys of(String namespace, String queue) {
    return new TaskKeys(namespace + "/" + segment(queue) + "/");
  }

  /// The key of the task with this id.
  String of(String id) {
    return prefix + (ORDINARY_ID.matcher(id).matches() ? id : hash(id));
  }

  /// A queue's name without slashes, so that none can be taken for another's name and id.
  private static String segment(String queue) {
    var encoded = URLEncoder.encode(queue, StandardCharsets.UTF_8);
    return encoded.length() <= LONGEST_QUEUE ? encoded : hash(queue);
  }

  private static String hash(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return "#" + HexFormat.of().formatHex(digest.digest(codeUnits(text)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /// Not an encoding: all of them write the same for any half of a surrogate pair.
  private static byte[] codeUnits(String text) {
    var bytes = ByteBuffer.allocate(text.length() * Character.BYTES);
    text.chars().forEach(unit -> bytes.putChar((char) unit));
    return bytes.array();
  }
}
