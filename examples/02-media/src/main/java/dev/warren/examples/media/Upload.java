package dev.warren.examples.media;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// One file to be uploaded.
///
/// @param number from 0
/// @param kind what it is
/// @param urgent whether somebody waits for its thumbnail
/// @param gone whether its owner deletes it before a worker comes
record Upload(int number, Kind kind, boolean urgent, boolean gone) {
  static final int URGENT_PRIORITY = 5;
  private static final double URGENT_SHARE = 0.05;
  private static final int UPLOADS_PER_CLIP = 50;
  private static final int UPLOADS_PER_GONE = 1_000;

  /// What people upload.
  enum Kind {
    JPEG("image.jpeg", "jpg"),
    PNG("image.png", "png"),
    CLIP("video.gif", "gif");

    private final String routingKey;
    private final String extension;

    Kind(String routingKey, String extension) {
      this.routingKey = routingKey;
      this.extension = extension;
    }

    String routingKey() {
      return routingKey;
    }

    String extension() {
      return extension;
    }
  }

  /// So many uploads, the same with each run: one in fifty a clip, of the pictures every twentieth
  /// urgent, one in a thousand gone but at least one.
  static List<Upload> mix(int count) {
    var random = new Random(1);
    var gone = Math.max(1, count / UPLOADS_PER_GONE);
    return IntStream.range(0, count)
        .mapToObj(
            number -> {
              var kind = kind(number);
              var urgent = kind != Kind.CLIP && random.nextDouble() < URGENT_SHARE;
              return new Upload(number, kind, urgent, number % (count / gone) == 0);
            })
        .toList();
  }

  int priority() {
    return urgent ? URGENT_PRIORITY : 0;
  }

  String sourceName() {
    return "%05d.%s".formatted(number, kind.extension());
  }

  String targetName() {
    return "%05d.jpg".formatted(number);
  }

  private static Kind kind(int number) {
    if (number % UPLOADS_PER_CLIP == UPLOADS_PER_CLIP - 1) {
      return Kind.CLIP;
    }
    return number % 2 == 0 ? Kind.JPEG : Kind.PNG;
  }
}
