package dev.warren.worker;

import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A regular expression that is searched in an exception's message, for a bounded time: a pattern
/// such as `(a+)+$` takes the JDK's engine longer than anybody waits. It counts what the engine
/// reads, and gives up. An engine of linear time would not need that, but refuses patterns that the
/// TaskWorker's check, which is the JDK's, has accepted.
///
/// @param pattern in the JDK's syntax
record MessagePattern(Pattern pattern) {
  private static final Logger LOG = LoggerFactory.getLogger(MessagePattern.class);

  /// Some ten milliseconds, and several times what an ordinary pattern needs for the longest
  /// message.
  private static final int MOST_READS = 5_000_000;

  static MessagePattern compile(String regex) {
    return new MessagePattern(Pattern.compile(regex));
  }

  /// Whether something in the message fits; false if that takes too long to find out.
  ///
  /// @param message of {@link Failure#message()}'s length at most
  boolean isFoundIn(String message) {
    try {
      return pattern.matcher(new Reads(message)).find();
    } catch (TooManyReadsException | StackOverflowError _) {
      LOG.atWarn()
          .addKeyValue("pattern", pattern)
          .log("The message pattern of an error rule takes too long; it does not match");
      return false;
    }
  }

  /// A text that can be read so many times only. For one thread.
  private static final class Reads implements CharSequence {
    private final String text;
    private int left = MOST_READS;

    Reads(String text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      if (--left < 0) {
        throw new TooManyReadsException();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    /// Called for groups only, which nobody asks for.
    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private static final class TooManyReadsException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
