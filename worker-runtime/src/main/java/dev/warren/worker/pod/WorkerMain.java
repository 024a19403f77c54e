package dev.warren.worker.pod;

import dev.warren.model.WorkerPod;
import dev.warren.worker.handler.UnusableHandlerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Entry point of a worker's pod. Exit status: 0 after a graceful stop; 78 (`EX_CONFIG`) when the
/// pod cannot start as configured, with one message for the log and for Kubernetes' termination
/// log.
public final class WorkerMain {
  private static final int EX_CONFIG = 78;
  private static final int EX_SOFTWARE = 70;

  private WorkerMain() {}

  /// Takes no arguments; {@link WorkerPod} names the environment variables.
  public static void main(String[] args) {
    // Not under the name that Logback looks for: other processes have this jar on their class path.
    System.setProperty("logback.configurationFile", "dev/warren/worker/pod/logback.xml");
    try {
      var worker = new Worker(WorkerEnvironment.parse(System.getenv()));
      Runtime.getRuntime()
          .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> stop(worker)));
      worker.start();
    } catch (UnusableEnvironmentException | UnusableHandlerException e) {
      fail(String.valueOf(e.getMessage()));
    }
  }

  /// Ends the process itself: after a signal the JVM would report that signal, though all went
  /// well.
  private static void stop(Worker worker) {
    int status = 0;
    try {
      worker.stop();
    } catch (InterruptedException | RuntimeException e) {
      log().atError().setCause(e).log("The pod could not stop gracefully");
      status = EX_SOFTWARE;
    }
    System.out.flush();
    Runtime.getRuntime().halt(status);
  }

  private static void fail(String message) {
    log().error(message);
    var file = System.getenv(WorkerPod.TERMINATION_LOG);
    if (file != null && !file.isBlank()) {
      try {
        Files.writeString(Path.of(file), message);
      } catch (IOException e) {
        log().atWarn().addKeyValue("reason", e.toString()).log("No termination log was written");
      }
    }
    System.exit(EX_CONFIG);
  }

  /// Not a constant: the logging configuration must be named before.
  private static Logger log() {
    return LoggerFactory.getLogger(WorkerMain.class);
  }
}
