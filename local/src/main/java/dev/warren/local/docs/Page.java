package dev.warren.local.docs;

import dev.warren.local.docs.Step.Run;
import dev.warren.local.docs.Step.RunCommands;
import dev.warren.local.docs.Step.SaveFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A Markdown page as its reader follows it. What follows the language of a fenced block says what
/// to do with it (`CONTRIBUTING.md` tells writers):
///
/// | block | |
/// |---|---|
/// | `sh` | commands to run, which succeed |
/// | `sh repeat` | commands to run until they print what the page shows |
/// | `sh fails` | commands of which the last one fails |
/// | `sh needs …` | commands that are not run here, and why |
/// | `text` right after commands | what they print |
/// | a language and the name of a file | a file to save, which the sentence before names |
/// | another language | to be read |
///
/// @param name for messages
record Page(String name, List<Step> steps) {
  private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)+");

  Page {
    steps = List.copyOf(steps);
  }

  /// @throws IllegalArgumentException if a block is none of these
  static Page parse(String name, String markdown) {
    var steps = new ArrayList<Step>();
    var shown = "";
    var blocks = FencedBlock.of(name, markdown);
    for (int i = 0; i < blocks.size(); i++) {
      var block = blocks.get(i);
      if (isFile(block)) {
        requireNamed(name, block, shown + block.before());
        steps.add(new SaveFile(block.line(), block.mark(), block.text()));
      } else if (isShell(block) && !block.mark().startsWith("needs ")) {
        var next =
            i + 1 < blocks.size() ? Optional.of(blocks.get(i + 1)) : Optional.<FencedBlock>empty();
        steps.add(commands(name, block, next.filter(Page::isOutput)));
      }
      shown = block.before();
    }
    return new Page(name, steps);
  }

  private static RunCommands commands(
      String page, FencedBlock block, Optional<FencedBlock> output) {
    var how =
        switch (block.mark()) {
          case "" -> Run.ONCE;
          case "repeat" -> Run.REPEATED;
          case "fails" -> Run.FAILING;
          default ->
              throw problem(
                  page,
                  block,
                  "'%s' says nothing of commands; write repeat, fails, 'needs' and what they need, or nothing"
                      .formatted(block.mark()));
        };
    if (how == Run.REPEATED && output.isEmpty()) {
      throw problem(page, block, "repeated until what? Show the output in a block 'text' after it");
    }
    return new RunCommands(
        block.line(), block.text(), how, output.map(it -> new ExpectedOutput(it.text())));
  }

  /// A reader does not see the name that stands in the fence.
  private static void requireNamed(String page, FencedBlock block, String before) {
    if (!before.contains("`" + block.mark() + "`")) {
      throw problem(
          page,
          block,
          "no sentence before it says that it is the file `%s`".formatted(block.mark()));
    }
  }

  private static boolean isShell(FencedBlock block) {
    return List.of("sh", "bash", "shell", "console").contains(block.language());
  }

  private static boolean isFile(FencedBlock block) {
    return FILE_NAME.matcher(block.mark()).matches();
  }

  /// Whether it shows what the block before it prints.
  private static boolean isOutput(FencedBlock block) {
    return block.language().equals("text") && block.before().isBlank();
  }

  private static IllegalArgumentException problem(String page, FencedBlock block, String problem) {
    return new IllegalArgumentException("%s:%d: %s".formatted(page, block.line(), problem));
  }
}
