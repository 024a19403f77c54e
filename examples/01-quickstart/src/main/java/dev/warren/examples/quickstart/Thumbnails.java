package dev.warren.examples.quickstart;

import java.util.List;

/// Which thumbnails a picture gets.
final class Thumbnails {
  /// Their widths in pixels, largest first.
  static final List<Integer> WIDTHS = List.of(320, 160, 64);

  private Thumbnails() {}

  /// Name of the thumbnail of this width: `00042.jpg` becomes `00042-320.jpg`.
  static String name(String picture, int width) {
    return "%s-%d.jpg".formatted(picture.replaceFirst("\\.jpg$", ""), width);
  }
}
