package dev.warren.client;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A TCP proxy between a client and the broker whose two directions can be stopped, so that a
/// broker that does not answer, or does not read, can be had at will. Serves any number of
/// connections; all methods may be called by the test's thread.
final class PausableProxy implements AutoCloseable {
  private static final int SMALL_BUFFER = 16 * 1024;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Lock fromBroker = new ReentrantLock();
  private final Lock toBroker = new ReentrantLock();
  private final ServerSocket server = new ServerSocket();
  private final InetSocketAddress broker;

  private final AtomicInteger refused = new AtomicInteger();

  /// Written by the test's thread, read by the accepting one.
  private volatile boolean refusing;

  /// Written by the accepting thread, read by the test's.
  private volatile @Nullable Socket client;

  PausableProxy(String host, int port) throws IOException {
    broker = new InetSocketAddress(host, port);
    server.setReceiveBufferSize(SMALL_BUFFER);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    threads.execute(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /// Holds back what the broker says, until resumed by the same thread.
  void pauseFromBroker() {
    fromBroker.lock();
  }

  void resumeFromBroker() {
    fromBroker.unlock();
  }

  /// Leaves unread what the client sends, until resumed by the same thread.
  void pauseToBroker() {
    toBroker.lock();
  }

  void resumeToBroker() {
    toBroker.unlock();
  }

  /// Breaks the latest connection and closes every new one at once.
  void refuse() throws IOException {
    refusing = true;
    closeClient();
  }

  /// How many connections were refused.
  int refused() {
    return refused.get();
  }

  /// Ends refusing.
  void serve() {
    refusing = false;
  }

  /// Says something in the broker's name on the latest connection; between frames only.
  void sayToClient(byte[] frame) throws IOException {
    var current = client;
    if (current != null) {
      current.getOutputStream().write(frame);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
    closeClient();
  }

  private void accept() {
    try {
      while (true) {
        var incoming = server.accept();
        if (refusing) {
          incoming.close();
          refused.incrementAndGet();
          continue;
        }
        var outgoing = new Socket();
        outgoing.connect(broker);
        client = incoming;
        threads.execute(() -> pump(incoming, outgoing, toBroker));
        threads.execute(() -> pump(outgoing, incoming, fromBroker));
      }
    } catch (IOException e) {
      if (!server.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void closeClient() throws IOException {
    var current = client;
    if (current != null) {
      current.close();
    }
  }

  private static void pump(Socket from, Socket to, Lock gate) {
    try (from;
        to) {
      var bytes = new byte[SMALL_BUFFER];
      for (var n = from.getInputStream().read(bytes);
          n >= 0;
          n = from.getInputStream().read(bytes)) {
        forward(to.getOutputStream(), bytes, n, gate);
      }
    } catch (IOException e) {
      // One side has gone; the other follows.
    }
  }

  private static void forward(OutputStream to, byte[] bytes, int count, Lock gate)
      throws IOException {
    gate.lock();
    try {
      to.write(bytes, 0, count);
    } finally {
      gate.unlock();
    }
  }
}
