package dev.warren.operator.broker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.warren.model.ClientCertificate;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Connections by TLS, to servers of the test's own.
class TrustIT {
  /// The alert of TLS that RabbitMQ sends to who does not speak it.
  private static final byte[] UNEXPECTED_MESSAGE = {0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x0a};

  private static final String HERE = "ip:127.0.0.1";

  private final Path directory;

  TrustIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void trustsTheAuthorityThatIsGiven() throws IOException {
    var broker = new TestCertificates(directory, HERE, "EC");
    try (var server = Server.showing(broker, false)) {
      assertThatCode(() -> server.call("https", trusting(broker))).doesNotThrowAnyException();
    }
  }

  @Test
  void refusesACertificateWhoseAuthorityIsNotTrusted() throws IOException {
    try (var server = Server.showing(new TestCertificates(directory, HERE, "EC"), false)) {
      assertThat(server.failure("https", Trust.OF_JVM))
          .hasMessage(
              "the certificate of %s is not signed by a CA that is trusted; set spec.tls.caRef"
                  .formatted(server.base("https")));
    }
  }

  @Test
  void refusesTheCertificateOfAnotherHost() throws IOException {
    var broker = new TestCertificates(directory, "dns:elsewhere.example", "EC");
    try (var server = Server.showing(broker, false)) {
      assertThat(server.failure("https", trusting(broker)))
          .hasMessageContaining("does not name this host");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void showsItsCertificate(boolean pkcs1) throws IOException {
    var broker = new TestCertificates(directory, HERE, "RSA");
    var shown =
        new ClientCertificate(broker.certificate(), pkcs1 ? broker.pkcs1Key() : broker.key());
    try (var server = Server.showing(broker, true)) {
      assertThatCode(
              () ->
                  server.call(
                      "https",
                      new Trust(
                          Optional.of(broker.certificate()), Optional.of(shown), Optional.empty())))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void saysThatTheBrokerAsksForACertificate() throws IOException {
    var broker = new TestCertificates(directory, HERE, "EC");
    try (var server = Server.showing(broker, true)) {
      assertThat(server.failure("https", trusting(broker)))
          .hasMessageContaining("set spec.tls.clientCertificateRef");
    }
  }

  @Test
  void saysThatAPortSpeaksNoTls() throws IOException {
    assertThat(failureWhereAnswered("https", "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII)))
        .hasMessageContaining("does not speak TLS")
        .hasMessageContaining("let managementUri begin with http");
  }

  @Test
  void saysThatAPortSpeaksTls() throws IOException {
    assertThat(failureWhereAnswered("http", UNEXPECTED_MESSAGE))
        .hasMessageContaining("let managementUri begin with https");
  }

  @Test
  void refusesCertificatesThatAreNoPem() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Trust(Optional.of("s3cret"), Optional.empty(), Optional.empty()))
        .withMessage(
            "it holds no certificate in PEM, which begins with -----BEGIN CERTIFICATE-----");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3cret",
        "-----BEGIN PRIVATE KEY-----\ns3cret\n-----END PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----\ns3cret\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nczNjcmV0\n-----END ENCRYPTED PRIVATE KEY-----"
      })
  void refusesAKeyThatCannotBeRead(String key) {
    var certificate = new TestCertificates(directory, HERE, "EC").certificate();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClientCertificate(certificate, key))
        .withMessageContaining("openssl pkcs8 -topk8 -nocrypt")
        .withNoCause()
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
  }

  @Test
  void leavesTheKeyOutOfItsText() {
    var own = new TestCertificates(directory, HERE, "EC");

    assertThat(new ClientCertificate(own.certificate(), own.key()).toString())
        .doesNotContain("KEY");
  }

  /// What a call fails with where a server answers just this.
  private static BrokerException failureWhereAnswered(String scheme, byte[] answer)
      throws IOException {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.startVirtualThread(() -> answerOnce(server, answer));
      var base = URI.create(scheme + "://127.0.0.1:" + server.getLocalPort());
      return catchThrowableOfType(BrokerException.class, () -> call(base, Trust.OF_JVM));
    }
  }

  private static void answerOnce(ServerSocket server, byte[] answer) {
    try (var socket = server.accept()) {
      socket.getInputStream().read();
      socket.getOutputStream().write(answer);
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void call(URI base, Trust trust) {
    var address =
        new BrokerAddress(
            "127.0.0.1", 5671, true, base, Optional.empty(), "user", "password", trust);
    try (var api =
        new ManagementApi("default", address, InstantSource.system(), new SimpleMeterRegistry())) {
      api.get("overview");
    }
  }

  private static Trust trusting(TestCertificates certificates) {
    return new Trust(Optional.of(certificates.certificate()), Optional.empty(), Optional.empty());
  }

  /// Answers every call with an empty object.
  private static final class Server implements AutoCloseable {
    static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final HttpServer http;

    Server(HttpServer http) {
      this.http = http;
      http.createContext(
          "/",
          exchange -> {
            try (exchange) {
              exchange.sendResponseHeaders(200, 2);
              exchange.getResponseBody().write(new byte[] {'{', '}'});
            }
          });
      http.start();
    }

    static Server showing(TestCertificates certificates, boolean asksClients) throws IOException {
      var https = HttpsServer.create(ANY, 0);
      https.setHttpsConfigurator(
          new HttpsConfigurator(certificates.server()) {
            @Override
            public void configure(HttpsParameters parameters) {
              var ssl = getSSLContext().getDefaultSSLParameters();
              ssl.setNeedClientAuth(asksClients);
              parameters.setSSLParameters(ssl);
            }
          });
      return new Server(https);
    }

    URI base(String scheme) {
      return URI.create(scheme + "://127.0.0.1:" + http.getAddress().getPort());
    }

    void call(String scheme, Trust trust) {
      TrustIT.call(base(scheme), trust);
    }

    BrokerException failure(String scheme, Trust trust) {
      return catchThrowableOfType(BrokerException.class, () -> call(scheme, trust));
    }

    @Override
    public void close() {
      http.stop(0);
    }
  }
}
