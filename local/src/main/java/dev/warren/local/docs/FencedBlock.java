package dev.warren.local.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A block of a Markdown page between fences.
///
/// @param line on which it begins, from 1
/// @param language the first word after the fence, which colours it; may be empty
/// @param mark what follows the language; may be empty
/// @param text without the indentation of the fence; ends with a line break unless it is empty
/// @param before what stands between it and the block before
record FencedBlock(int line, String language, String mark, String text, String before) {
  private static final Pattern FENCE = Pattern.compile("^( *)```(\\S*) *(.*)$");

  /// All blocks of a page.
  ///
  /// @throws IllegalArgumentException if the last one does not end
  static List<FencedBlock> of(String page, String markdown) {
    var blocks = new ArrayList<FencedBlock>();
    var before = new StringBuilder();
    var lines = markdown.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      var fence = FENCE.matcher(lines.get(i));
      if (!fence.matches()) {
        before.append(lines.get(i)).append('\n');
        continue;
      }
      var line = i + 1;
      var text = new StringBuilder();
      for (i++; !isEnd(page, line, lines, i); i++) {
        text.append(unindented(lines.get(i), fence.group(1).length())).append('\n');
      }
      blocks.add(
          new FencedBlock(
              line, fence.group(2), fence.group(3).strip(), text.toString(), before.toString()));
      before.setLength(0);
    }
    return blocks;
  }

  private static boolean isEnd(String page, int begin, List<String> lines, int index) {
    if (index == lines.size()) {
      throw new IllegalArgumentException(
          "%s:%d: the block does not end; close it with ```".formatted(page, begin));
    }
    return lines.get(index).strip().equals("```");
  }

  private static String unindented(String line, int indentation) {
    var blanks = line.length() - line.stripLeading().length();
    return line.substring(Math.min(blanks, indentation));
  }
}
