package dev.warren.model.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Forwards connections from a free port of one address to another.
public final class TestForward implements AutoCloseable {
  private final ServerSocket server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  TestForward(String address, String toHost, int toPort) throws IOException {
    this(new ServerSocket(0, 0, InetAddress.getByName(address)), toHost, toPort);
  }

  TestForward(ServerSocket server, String toHost, int toPort) {
    this.server = server;
    threads.execute(() -> accept(toHost, toPort));
  }

  /// Address to connect to.
  public String host() {
    return server.getInetAddress().getHostAddress();
  }

  /// Port to connect to.
  public int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdown();
  }

  private void accept(String toHost, int toPort) {
    try {
      while (true) {
        var from = server.accept();
        var to = new Socket(toHost, toPort);
        threads.execute(() -> pump(from, to));
        threads.execute(() -> pump(to, from));
      }
    } catch (IOException e) {
      // Closed, or the other side refuses: connections end.
    }
  }

  private static void pump(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One side has gone; the other follows.
    }
  }
}
