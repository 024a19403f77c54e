package dev.warren.examples.media;

import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;

/// What is done to pictures in memory. Safe for use by many threads.
final class Pictures {
  static {
    ImageIO.setUseCache(false); // Of temporary files: the pictures fit in memory.
  }

  private Pictures() {}

  /// A picture of this size with some circles in it, which differ from seed to seed.
  static BufferedImage draw(int width, int height, int seed) {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var graphics = image.createGraphics();
    try {
      for (int i = 0; i < 12; i++) {
        graphics.setColor(Color.getHSBColor((seed * 7 + i * 13) % 100 / 100f, 0.7f, 0.9f));
        var size = height / 2 + (seed + i * 5) % (height / 2);
        graphics.fillOval((seed * 31 + i * 57) % width, (seed * 17 + i * 29) % height, size, size);
      }
      return image;
    } finally {
      graphics.dispose();
    }
  }

  /// All pictures in an image file: one, or the frames of a clip. None if it is no image.
  static List<BufferedImage> decode(byte[] file) {
    var frames = new ArrayList<BufferedImage>();
    try (var input = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
      var readers = ImageIO.getImageReaders(input);
      if (!readers.hasNext()) {
        return List.of();
      }
      var reader = readers.next();
      try {
        reader.setInput(input);
        for (int i = 0; i < reader.getNumImages(true); i++) {
          frames.add(reader.read(i));
        }
      } finally {
        reader.dispose();
      }
      return frames;
    } catch (IOException | RuntimeException e) {
      // Decoders throw both at what is damaged; there is no I/O on an array.
      return List.of();
    }
  }

  /// A picture of this width and the same shape, at least one pixel high.
  static BufferedImage scaleToWidth(BufferedImage image, int width) {
    var height = Math.max(1, image.getHeight() * width / image.getWidth());
    var scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var graphics = scaled.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      graphics.drawImage(image, 0, 0, width, height, null);
      return scaled;
    } finally {
      graphics.dispose();
    }
  }

  /// These pictures side by side, each of this width.
  static BufferedImage strip(List<BufferedImage> images, int width) {
    var scaled = images.stream().map(image -> scaleToWidth(image, width)).toList();
    var height = scaled.stream().mapToInt(BufferedImage::getHeight).max().orElse(1);
    var strip =
        new BufferedImage(Math.max(1, width * scaled.size()), height, BufferedImage.TYPE_INT_RGB);
    var graphics = strip.createGraphics();
    try {
      for (int i = 0; i < scaled.size(); i++) {
        graphics.drawImage(scaled.get(i), i * width, 0, null);
      }
      return strip;
    } finally {
      graphics.dispose();
    }
  }

  /// @param format of the JDK's image writers, such as `jpg`
  static byte[] encode(BufferedImage image, String format) throws IOException {
    var bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, bytes)) {
      throw new IOException(
          "this JDK writes no '%s'; use one with the module java.desktop".formatted(format));
    }
    return bytes.toByteArray();
  }

  /// A GIF of these frames.
  static byte[] encodeClip(List<BufferedImage> frames) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (var output = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(output);
      writer.prepareWriteSequence(null);
      for (var frame : frames) {
        writer.writeToSequence(new IIOImage(frame, null, null), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
