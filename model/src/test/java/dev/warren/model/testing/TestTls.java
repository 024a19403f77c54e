package dev.warren.model.testing;

import dev.warren.model.BrokerTls;
import dev.warren.model.ClientCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import javax.net.ssl.SSLServerSocket;

/// The TLS side of the broker under test. Reads {@link #VARIABLE} and the variables beside it,
/// which `./test` sets; a broker that was given from outside need not have it.
public final class TestTls {
  /// Tests that need TLS are enabled if this is set.
  public static final String VARIABLE = "WARREN_TEST_RABBITMQ_TLS_URL";

  private final URI amqp = URI.create(variable(VARIABLE));
  private final URI management = URI.create(variable("WARREN_TEST_RABBITMQ_TLS_MANAGEMENT_URL"));
  private final Path authority = Path.of(variable("WARREN_TEST_RABBITMQ_CA_FILE"));
  private final Path clientCertificate =
      Path.of(variable("WARREN_TEST_RABBITMQ_CLIENT_CERTIFICATE_FILE"));
  private final Path clientKey = Path.of(variable("WARREN_TEST_RABBITMQ_CLIENT_KEY_FILE"));

  /// A name that the broker's certificate has.
  public String host() {
    return amqp.getHost();
  }

  /// Port for AMQP.
  public int port() {
    return amqp.getPort();
  }

  /// Management URI, with an administrator's credentials; it asks for the client's certificate.
  public URI managementUri() {
    return management;
  }

  /// Certificate of the authority that issued the broker's and the client's, in PEM.
  public String authority() {
    return read(authority);
  }

  /// Certificate for a client, in PEM.
  public String clientCertificate() {
    return read(clientCertificate);
  }

  /// Its key, in PEM.
  public String clientKey() {
    return read(clientKey);
  }

  /// The port for AMQP at an address that the broker's certificate does not name.
  public TestForward atAnotherAddress() throws IOException {
    return new TestForward("127.0.0.2", host(), port());
  }

  /// A port for AMQP that wants a certificate from each client, which the own one of a broker does
  /// not.
  ///
  /// @param toPort where the broker speaks AMQP without TLS
  public TestForward strict(String toHost, int toPort) throws IOException {
    var server =
        new ClientCertificate(
            read(authority.resolveSibling("server.pem")),
            read(authority.resolveSibling("server.key")));
    var sockets =
        BrokerTls.trusting(authority()).showing(server).context().getServerSocketFactory();
    var socket =
        (SSLServerSocket) sockets.createServerSocket(0, 0, InetAddress.getLoopbackAddress());
    socket.setNeedClientAuth(true);
    return new TestForward(socket, toHost, toPort);
  }

  /// What a client shows that has a certificate.
  public ClientCertificate client() {
    return new ClientCertificate(clientCertificate(), clientKey());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String variable(String name) {
    return Objects.requireNonNull(System.getenv(name), () -> name + " is not set; run ./test");
  }
}
