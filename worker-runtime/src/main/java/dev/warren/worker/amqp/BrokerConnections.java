package dev.warren.worker.amqp;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import com.rabbitmq.client.SocketConfigurators;
import dev.warren.model.BrokerBinding;
import dev.warren.model.BrokerTls;
import dev.warren.worker.Delivery;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import javax.net.ssl.SSLSocket;

/// Opens connections to the broker of a binding. Used by the source's loop only.
final class BrokerConnections {
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// What brokers themselves allow at most. The client's own limit, 64 MiB, would break the
  /// connection on every delivery of a larger message, for ever.
  private static final int LARGEST_BODY = 512 << 20;

  /// Calls consumers on the thread that reads from the socket: ours never block, and a change of
  /// threads for each delivery costs more than all that they do.
  private final ExecutorService callbacks = new InlineExecutor();

  /// Opens a session; leaves nothing open when that fails.
  ///
  /// @param window deliveries that each source may have outstanding
  Session open(
      AmqpSettings settings, IntSupplier window, BrokerBinding binding, Consumer<Delivery> sink)
      throws IOException, TimeoutException {
    var consuming = connect(binding, settings.pod());
    try {
      var publishing = connect(binding, settings.pod() + ".successors");
      try {
        return new Session(settings, window, consuming, publishing, sink);
      } catch (IOException | ShutdownSignalException e) {
        publishing.abort();
        throw e;
      }
    } catch (IOException | TimeoutException | ShutdownSignalException e) {
      consuming.abort();
      throw e;
    }
  }

  private Connection connect(BrokerBinding binding, String name)
      throws IOException, TimeoutException {
    var factory = new ConnectionFactory();
    factory.setHost(binding.host());
    factory.setPort(binding.port());
    factory.setVirtualHost(binding.vhost());
    factory.setUsername(binding.username());
    factory.setPassword(binding.password());
    factory.setAutomaticRecoveryEnabled(false);
    factory.setTopologyRecoveryEnabled(false);
    factory.setRequestedHeartbeat((int) HEARTBEAT.toSeconds());
    factory.setConnectionTimeout((int) PATIENCE.toMillis());
    factory.setHandshakeTimeout((int) PATIENCE.toMillis());
    factory.setChannelRpcTimeout((int) PATIENCE.toMillis());
    factory.setMaxInboundMessageBodySize(LARGEST_BODY);
    factory.setSharedExecutor(callbacks);
    factory.setThreadFactory(Thread.ofPlatform().daemon().name("amqp-reader").factory());
    binding.tls().ifPresent(tls -> secure(factory, tls));
    return factory.newConnection(name);
  }

  private static void secure(ConnectionFactory factory, BrokerTls tls) {
    factory.useSslProtocol(tls.context());
    factory.setSocketConfigurator(
        SocketConfigurators.defaultConfigurator()
            .andThen(
                socket -> {
                  if (socket instanceof SSLSocket secured) {
                    secured.setSSLParameters(tls.parameters());
                  }
                }));
  }
}
