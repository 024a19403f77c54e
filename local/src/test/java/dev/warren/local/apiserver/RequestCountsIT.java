package dev.warren.local.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-broker")
class RequestCountsIT {
  @Test
  void countsByVerbResourceAndCode() {
    try (var widgets = new Widgets()) {
      var widget = widgets.widget("counted", "{color: Red}");
      widget.create();
      widget.get();
      widgets.widget("missing", "{color: Red}").get();
      widgets.all().inNamespace(Widgets.NAMESPACE).list();

      var lines = widgets.client().raw("/metrics").lines();

      assertThat(lines.filter(line -> line.contains("widgets")))
          .containsExactly(
              line("GET", 200), line("GET", 404), line("LIST", 200), line("POST", 201));
    }
  }

  private static String line(String verb, int code) {
    return "apiserver_request_total{verb=\"%s\",group=\"test.warren.dev\",resource=\"widgets\",subresource=\"\",code=\"%d\"} 1"
        .formatted(verb, code);
  }
}
