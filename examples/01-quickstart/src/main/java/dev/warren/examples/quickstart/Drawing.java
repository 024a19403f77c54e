package dev.warren.examples.quickstart;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.random.RandomGenerator;

/// Draws pictures to make thumbnails of: shapes over a gradient, and no text, because a bare
/// machine has no fonts.
final class Drawing {
  static final int WIDTH = 640;
  static final int HEIGHT = 480;
  private static final int SHAPES = 24;

  private Drawing() {}

  /// A picture of {@link #WIDTH} by {@link #HEIGHT} pixels that depends on nothing but `random`.
  static BufferedImage draw(RandomGenerator random) {
    var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    var graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setPaint(
          new GradientPaint(0, 0, sky(random, 0.9f), WIDTH, HEIGHT, sky(random, 0.5f)));
      graphics.fillRect(0, 0, WIDTH, HEIGHT);
      for (int i = 0; i < SHAPES; i++) {
        drawShape(graphics, random);
      }
      return image;
    } finally {
      graphics.dispose();
    }
  }

  private static void drawShape(Graphics2D graphics, RandomGenerator random) {
    var size = random.nextFloat(WIDTH / 40f, WIDTH / 3f);
    var x = random.nextFloat(WIDTH) - size / 2;
    var y = random.nextFloat(HEIGHT) - size / 2;
    graphics.setPaint(new Color(random.nextFloat(), random.nextFloat(), random.nextFloat(), 0.6f));
    graphics.fill(
        random.nextBoolean()
            ? new Ellipse2D.Float(x, y, size, size)
            : new RoundRectangle2D.Float(x, y, size, size / 2, 20, 20));
  }

  private static Color sky(RandomGenerator random, float brightness) {
    return Color.getHSBColor(random.nextFloat(), 0.5f, brightness);
  }
}
