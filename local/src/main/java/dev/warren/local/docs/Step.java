package dev.warren.local.docs;

import java.util.Optional;

/// What a reader of a page does, in the order of the page.
sealed interface Step {
  /// Line of the page on which the block begins, from 1.
  int line();

  /// Saves a file in the directory in which the shell is.
  record SaveFile(int line, String name, String text) implements Step {}

  /// Runs commands.
  ///
  /// @param output what they print; empty if the page does not say
  record RunCommands(int line, String commands, Run how, Optional<ExpectedOutput> output)
      implements Step {}

  /// How commands are run.
  enum Run {
    /// Once, and they succeed. What they set stays for those after them.
    ONCE,
    /// Again and again, until they print what the page says.
    REPEATED,
    /// Once, and the last one fails.
    FAILING
  }
}
