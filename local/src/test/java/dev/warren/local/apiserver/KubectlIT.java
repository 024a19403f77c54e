package dev.warren.local.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands that users are told to try, with the real `kubectl` where one is installed.
@Tag("any-broker")
class KubectlIT {
  @TempDir Path directory;
  private Widgets widgets;

  @BeforeEach
  void start() throws IOException {
    assumeTrue(isInstalled(), "skipped: there is no kubectl on the PATH");
    widgets = new Widgets();
    Files.writeString(directory.resolve("kubeconfig"), widgets.server().kubeconfig());
  }

  @AfterEach
  void stop() {
    if (widgets != null) {
      widgets.close();
    }
  }

  @Test
  void appliesShowsAndDeletes() throws Exception {
    var file = file("{color: Red}");

    assertThat(kubectl("apply", "-f", file)).isEqualTo("widget.test.warren.dev/w created\n");
    assertThat(kubectl("apply", "-f", file)).isEqualTo("widget.test.warren.dev/w unchanged\n");
    assertThat(kubectl("get", "wd", "-n", "test"))
        .containsPattern("NAME +READY +SIZE +AGE\nw +3 +\\d+s\n");
    assertThat(kubectl("describe", "wd", "w", "-n", "test")).contains("Color:  Red");
    assertThat(kubectl("explain", "widget.spec.delay")).contains("FIELD: delay <string>");
    assertThat(kubectl("label", "wd", "w", "-n", "test", "a=b")).contains("labeled");
    assertThat(kubectl("get", "wd", "-A", "-l", "a in (b)", "-o", "name"))
        .isEqualTo("widget.test.warren.dev/w\n");
    assertThat(kubectl("scale", "wd", "w", "-n", "test", "--replicas=2")).contains("scaled");
    assertThat(kubectl("delete", "-f", file)).contains("deleted");
  }

  @Test
  void showsWhatApplyingWouldChange() throws Exception {
    kubectl("apply", "-f", file("{color: Red, delay: 1s}"));

    var difference = kubectl("diff", "-f", file("{color: Green}"));

    assertThat(difference).contains("-  color: Red", "+  color: Green", "-  delay: 1s");
  }

  @Test
  void removesWhatAFileNoLongerHolds() throws Exception {
    kubectl("apply", "--server-side", "-f", file("{color: Red, delay: 1s}"));
    kubectl("apply", "--server-side", "-f", file("{color: Red}"));

    assertThat(kubectl("get", "wd", "w", "-n", "test", "-o", "jsonpath={.spec.delay}")).isEmpty();
  }

  @Test
  void reportsAFieldThatIsMisspelt() throws Exception {
    assertThat(kubectl("apply", "-f", file("{color: Red, dealy: 1s}")))
        .contains("unknown field \"spec.dealy\"");
  }

  @Test
  void reportsAValueThatIsNotAllowed() throws Exception {
    assertThat(kubectl("apply", "-f", file("{color: Red, delay: soon}")))
        .contains("The Widget \"w\" is invalid: spec.delay: Invalid value: \"soon\"");
  }

  private String file(String spec) throws IOException {
    var yaml =
        """
        apiVersion: test.warren.dev/v1
        kind: Widget
        metadata: {name: w, namespace: test}
        spec: %s
        """
            .formatted(spec);
    return Files.writeString(directory.resolve("widget.yaml"), yaml).toString();
  }

  /// Standard output and error of one command.
  private String kubectl(String... arguments) throws IOException {
    var command = new ArrayList<>(List.of("kubectl", "--cache-dir", directory + "/cache"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("KUBECONFIG", directory.resolve("kubeconfig").toString());
    try (var output = builder.start().getInputStream()) {
      return new String(output.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static boolean isInstalled() {
    return Arrays.stream(System.getenv("PATH").split(":", -1))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "kubectl")));
  }
}
