package dev.warren.client;

import com.rabbitmq.client.BlockedCallback;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.SocketConfigurators;
import com.rabbitmq.client.UnblockedCallback;
import dev.warren.model.BrokerTls;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/// One connection to the broker, for one {@link Link}.
final class BrokerConnection {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final Connection connection;
  private final Socket socket;

  private BrokerConnection(Connection connection, Socket socket) {
    this.connection = connection;
    this.socket = socket;
  }

  /// Connects.
  ///
  /// @throws SSLException if the broker cannot be trusted; says what to do about it
  static BrokerConnection open(
      BrokerAddress address, BlockedCallback blocked, UnblockedCallback unblocked)
      throws IOException, TimeoutException, GeneralSecurityException {
    var opened = new AtomicReference<Socket>();
    var factory = factory(address);
    factory.setSocketConfigurator(
        SocketConfigurators.defaultConfigurator()
            .andThen(socket -> secure(socket, address.tls()))
            .andThen(opened::set));
    try {
      var connection = factory.newConnection("warren-client");
      connection.addBlockedListener(blocked, unblocked);
      return new BrokerConnection(connection, Objects.requireNonNull(opened.get()));
    } catch (SSLException e) {
      throw new SSLException(BrokerTls.explain(e, factory.getHost()), e);
    }
  }

  boolean isOpen() {
    return connection.isOpen();
  }

  Channel openChannel() throws IOException {
    return connection
        .openChannel()
        .orElseThrow(() -> new IOException("no channel is free; raise the broker's channel_max"));
  }

  /// Says goodbye to the broker, for a short time.
  void close() {
    connection.abort(Math.toIntExact(CLOSE_TIMEOUT.toMillis()));
  }

  /// Cuts the connection without a word. Frees a thread that writes to a broker which does not
  /// read, where an orderly close would wait behind it.
  void sever() {
    try {
      // Keeps TLS from saying goodbye, too.
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // Closed already, which is what was wanted.
    }
  }

  private static ConnectionFactory factory(BrokerAddress address) throws GeneralSecurityException {
    var factory = new ConnectionFactory();
    factory.setUri(address.uri());
    if (factory.isSSL()) {
      factory.useSslProtocol(address.tls().context());
    }
    factory.setAutomaticRecoveryEnabled(false);
    factory.setConnectionTimeout(Math.toIntExact(CONNECT_TIMEOUT.toMillis()));
    factory.setRequestedHeartbeat(Math.toIntExact(HEARTBEAT.toSeconds()));
    factory.setThreadFactory(task -> daemon(task, "warren-client-io"));
    return factory;
  }

  private static void secure(Socket socket, BrokerTls tls) {
    if (socket instanceof SSLSocket secured) {
      secured.setSSLParameters(tls.parameters());
    }
  }

  static Thread daemon(Runnable task, String name) {
    var thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
