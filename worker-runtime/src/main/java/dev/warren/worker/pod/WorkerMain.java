package dev.warren.worker.pod;

import dev.warren.model.WorkerPod;
import dev.warren.worker.handler.UnusableHandlerException;
import dev.warren.worker.store.UnusableStoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Entry point of a worker's pod. Exit status: 0 after a graceful stop; 75 (`EX_TEMPFAIL`) after
/// one that the pod chose itself, because too many handlers hang; 78 (`EX_CONFIG`) when the pod
/// cannot start as configured, with one message for the log and for Kubernetes' termination log.
public final class WorkerMain {
  private static final int EX_CONFIG = 78;
  private static final int EX_SOFTWARE = 70;
  private static final int EX_TEMPFAIL = 75;

  /// The exit status if all goes well. Written by whoever wants another, read by the stop.
  private static volatile int status;

  private WorkerMain() {}

  /// Takes no arguments; {@link WorkerPod} names the environment variables.
  public static void main(String[] args) {
    // Not under the name that Logback looks for: other processes have this jar on their class path.
    System.setProperty("logback.configurationFile", "dev/warren/worker/pod/logback.xml");
    try {
      var worker = new Worker(WorkerEnvironment.parse(System.getenv()), WorkerMain::recycle);
      Runtime.getRuntime()
          .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> stop(worker)));
      worker.start();
    } catch (UnusableEnvironmentException | UnusableHandlerException | UnusableStoreException e) {
      fail(String.valueOf(e.getMessage()));
    }
  }

  /// Ends the process itself: after a signal the JVM would report that signal, though all went
  /// well.
  private static void stop(Worker worker) {
    try {
      worker.stop();
    } catch (InterruptedException | RuntimeException e) {
      log().atError().setCause(e).log("The pod could not stop gracefully");
      status = EX_SOFTWARE;
    }
    System.out.flush();
    Runtime.getRuntime().halt(status);
  }

  /// Stops as on a signal; the caller need not wait.
  private static void recycle() {
    status = EX_TEMPFAIL;
    Thread.ofPlatform().name("recycle").start(() -> System.exit(EX_TEMPFAIL));
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
