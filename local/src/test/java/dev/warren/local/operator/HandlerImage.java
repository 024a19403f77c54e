package dev.warren.local.operator;

import dev.warren.local.pods.LocalImages;
import dev.warren.local.pods.LocalImages.LocalImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The image `handler`, whose pods have {@link RecordingHandler} on their class path.
final class HandlerImage {
  /// The handler, as a TaskWorker's spec names it.
  static final String HANDLER =
      "handler: {java: {className: %s}}".formatted(RecordingHandler.class.getName());

  private HandlerImage() {}

  /// What a pod runner needs to run it.
  static LocalImages images() {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        List.of(
            java,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.warren.worker.pod.WorkerMain");
    return new LocalImages(Map.of("handler", new LocalImage(command, List.of(), Map.of())));
  }
}
