package dev.warren.operator;

import java.io.IOException;
import java.net.InetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts the operator. Exit codes: 143 after SIGTERM, 78 (EX_CONFIG) for a wrong environment, 1
/// for anything else.
public final class OperatorMain {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorMain.class);
  private static final int EX_CONFIG = 78;
  private static final String SLOWEST_CLIENT_SECONDS = "30";

  private OperatorMain() {}

  /// Takes no arguments.
  public static void main(String[] args) throws IOException {
    // Read once by the JDK's HTTP server: a client that is slow must not hold a thread for ever.
    System.setProperty("sun.net.httpserver.maxReqTime", SLOWEST_CLIENT_SECONDS);
    System.setProperty("sun.net.httpserver.maxRspTime", SLOWEST_CLIENT_SECONDS);
    try {
      run(OperatorConfig.parse(System.getenv(), InetAddress.getLocalHost().getHostName()));
    } catch (IllegalArgumentException e) {
      LOG.atError()
          .addKeyValue("problem", e.getMessage())
          .log("The environment is wrong; correct it");
      System.exit(EX_CONFIG);
    }
  }

  @SuppressWarnings("resource") // Lives as long as the process; the hook closes it.
  private static void run(OperatorConfig config) throws IOException {
    var operator = new WarrenOperator(config);
    // The framework's own hook does nothing under leader election.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(operator), "shutdown"));
    LOG.atInfo().addKeyValue("port", operator.httpPort()).log("Starting");
    operator.start();
    LOG.atInfo().addKeyValue("identity", config.identity()).log("Started");
  }

  private static void stop(WarrenOperator operator) {
    LOG.atInfo().log("Stopping");
    operator.close();
    LOG.atInfo().log("Stopped");
  }
}
