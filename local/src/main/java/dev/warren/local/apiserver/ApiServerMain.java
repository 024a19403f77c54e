package dev.warren.local.apiserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/// Runs the embedded API server alone, without a platform around it, until SIGTERM or until its
/// owner is gone. Exit status 2 if it can't start.
public final class ApiServerMain {
  private static final String USAGE = "usage: ApiServerMain KUBECONFIG-FILE OWNER-PID";

  private ApiServerMain() {}

  /// Entry point.
  ///
  /// @param arguments the kubeconfig file to write, for this user only, as soon as the server
  ///   answers; and the process that it ends with
  public static void main(String[] arguments) {
    System.setProperty("logback.configurationFile", "platform-logback.xml");
    try {
      run(arguments);
    } catch (IllegalArgumentException | IOException | UncheckedIOException e) {
      System.err.println("API server: " + e.getMessage());
      System.exit(2);
    }
  }

  private static void run(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      throw new IllegalArgumentException(USAGE);
    }
    var kubeconfig = Path.of(arguments[0]).toAbsolutePath();
    var owner = Long.parseLong(arguments[1]);
    write(kubeconfig, ApiServer.start(0).kubeconfig());
    ProcessHandle.of(owner).ifPresent(process -> process.onExit().join());
    System.exit(0);
  }

  /// At once or not at all.
  private static void write(Path file, String text) throws IOException {
    var permissions =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var temporary = Files.createTempFile(file.getParent(), "kubeconfig", "", permissions);
    Files.writeString(temporary, text);
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
