package dev.warren.examples.quickstart;

import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/// What is done to pictures in memory. Safe for use by many threads.
final class Images {
  private Images() {}

  /// A picture of this width and the same shape, at least one pixel high.
  static BufferedImage scaleToWidth(BufferedImage image, int width) {
    var height = Math.max(1, image.getHeight() * width / image.getWidth());
    var scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var graphics = scaled.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
      graphics.drawImage(image, 0, 0, width, height, null);
      return scaled;
    } finally {
      graphics.dispose();
    }
  }

  static byte[] jpeg(BufferedImage image) throws IOException {
    var bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(image, "jpg", bytes)) {
      throw new IOException("this JDK writes no JPEG; use one with the module java.desktop");
    }
    return bytes.toByteArray();
  }
}
