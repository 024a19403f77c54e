package dev.warren.worker.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.worker.handler.BoundedLines.Line;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BoundedLinesTest {
  @Test
  void areThoseOfTheText() throws Exception {
    assertThat(lines("a\n\nbü\nlast"))
        .containsExactly(line("a"), line(""), line("bü"), line("last"));
    assertThat(lines("a\n")).containsExactly(line("a"));
    assertThat(lines("")).isEmpty();
  }

  @Test
  void areCutAtTheLimitAndGoOnAtTheNextLine() throws Exception {
    assertThat(lines("12345678\n123456789\nnext\n1234567890"))
        .containsExactly(
            line("12345678"), new Line("12345678", true), line("next"), new Line("12345678", true));
  }

  @Test
  void areReturnedAsSoonAsTheyAreTooLong() throws Exception {
    var endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }
        };

    assertThat(new BoundedLines(endless, 8).next()).isEqualTo(new Line("xxxxxxxx", true));
  }

  @Property
  void areNeverLongerThanTheLimit(@ForAll byte[] bytes) throws Exception {
    var reader = new BoundedLines(new ByteArrayInputStream(bytes), 8);

    for (var line = reader.next(); line != null; line = reader.next()) {
      assertThat(line.text().length()).isLessThanOrEqualTo(8);
    }
  }

  private static Line line(String text) {
    return new Line(text, false);
  }

  private static List<Line> lines(String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    var reader = new BoundedLines(new ByteArrayInputStream(bytes), 8);
    var lines = new ArrayList<Line>();
    for (var line = reader.next(); line != null; line = reader.next()) {
      lines.add(line);
    }
    return lines;
  }
}
