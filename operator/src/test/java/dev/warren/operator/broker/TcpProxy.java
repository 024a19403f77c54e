package dev.warren.operator.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Stands between a client and a broker, and can stop answering.
final class TcpProxy implements AutoCloseable {
  private final ServerSocket server;
  private final URI target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();

  /// Written by the test, read by the threads that copy.
  private volatile boolean hanging;

  /// Written by the test, read by the thread that accepts.
  private volatile boolean refusing;

  TcpProxy(URI target) {
    this.target = target;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.startVirtualThread(this::accept);
  }

  /// The target through this proxy.
  URI uri() {
    return URI.create(target.getScheme() + "://127.0.0.1:" + server.getLocalPort());
  }

  /// Connections that were made.
  int accepted() {
    return accepted.get();
  }

  /// Keeps connections and swallows what comes, from now on.
  void hang() {
    hanging = true;
  }

  /// Ends connections as soon as they are made, from now on.
  void refuse() {
    refusing = true;
    sockets.forEach(TcpProxy::close);
  }

  /// Breaks what hung, as a broker that comes back does.
  void recover() {
    hanging = false;
    refusing = false;
    sockets.forEach(TcpProxy::close);
  }

  @Override
  public void close() {
    close(server);
    sockets.forEach(TcpProxy::close);
  }

  private void accept() {
    try {
      while (true) {
        var client = server.accept();
        accepted.incrementAndGet();
        if (refusing) {
          client.close();
          continue;
        }
        var broker = new Socket(target.getHost(), target.getPort());
        sockets.add(client);
        sockets.add(broker);
        Thread.startVirtualThread(() -> copy(client, broker));
        Thread.startVirtualThread(() -> copy(broker, client));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void copy(Socket from, Socket to) {
    var bytes = new byte[8_192];
    try (from;
        to) {
      for (var count = from.getInputStream().read(bytes);
          count >= 0;
          count = from.getInputStream().read(bytes)) {
        if (!hanging) {
          to.getOutputStream().write(bytes, 0, count);
        }
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private static void close(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
