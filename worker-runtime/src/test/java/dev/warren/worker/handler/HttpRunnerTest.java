package dev.warren.worker.handler;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.Test;

/// What {@link HandlerContractTest} cannot ask of a server that answers.
class HttpRunnerTest {
  @Test
  void failsTheAttemptWhenNobodyListens() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    var runner = new HttpRunner(URI.create("http://localhost:" + port + "/"));

    assertThatThrownBy(
            () -> runner.run(SomeTask.of("any"), "application/json", new SomeTask.Attempt()))
        .isInstanceOf(IOException.class);
    runner.close();
  }
}
