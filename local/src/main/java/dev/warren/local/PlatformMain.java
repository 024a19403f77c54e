package dev.warren.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// Runs the local platform until it gets SIGTERM or SIGINT, or its owner is gone.
///
/// Exit codes: 0 when it stops because its owner is gone, 2 if it can't start.
public final class PlatformMain {
  private PlatformMain() {}

  /// Entry point.
  ///
  /// @param arguments see {@link PlatformOptions}
  public static void main(String[] arguments) throws InterruptedException {
    // The operator's jar, when it is on the class path too, brings a configuration of its own.
    System.setProperty("logback.configurationFile", "platform-logback.xml");
    try {
      run(PlatformOptions.parse(List.of(arguments)));
    } catch (IllegalArgumentException | IOException | UncheckedIOException e) {
      System.err.println("local platform: " + e.getMessage());
      System.exit(2);
    }
  }

  private static void run(PlatformOptions options) throws IOException, InterruptedException {
    var platform = Platform.start(options);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(platform), "shutdown"));
    System.out.println("local platform ready: KUBECONFIG=" + platform.kubeconfig());
    if (options.ownerPid().isPresent()) {
      ProcessHandle.of(options.ownerPid().get()).ifPresent(owner -> owner.onExit().join());
      System.exit(0);
    }
    new CountDownLatch(1).await();
  }

  private static void close(Platform platform) {
    try {
      platform.close();
    } catch (IOException e) {
      System.err.println("local platform: " + e.getMessage());
    }
  }
}
