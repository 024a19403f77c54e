package dev.warren.operator.metricsapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManager;

/// Serves over TLS, with client certificates, what a function answers. The certificate can be
/// replaced while it serves. May be used by any thread.
final class MetricsApiServer implements AutoCloseable {
  /// A slow client holds one; platform threads, which no reconciliation that computes holds up.
  private static final int THREADS = 16;

  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpsServer server;
  private final ThreadPoolExecutor threads;

  private final ServingKeys keys;

  /// Serves at once.
  MetricsApiServer(
      InetSocketAddress address, ServingCertificate certificate, Function<Query, Reply> responder)
      throws IOException {
    keys = new ServingKeys(certificate);
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("metrics-api-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
    server = HttpsServer.create(address, 0);
    server.setExecutor(threads);
    server.setHttpsConfigurator(new Tls(context(keys)));
    server.createContext("/", exchange -> exchange(exchange, responder));
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /// Shows this certificate from the next connection on.
  void show(ServingCertificate certificate) {
    keys.replace(certificate);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static void exchange(HttpExchange exchange, Function<Query, Reply> responder)
      throws IOException {
    try (exchange) {
      var uri = exchange.getRequestURI();
      var reply =
          responder.apply(
              new Query(
                  exchange.getRequestMethod(),
                  uri.getRawPath(),
                  Objects.requireNonNullElse(uri.getRawQuery(), ""),
                  exchange.getRequestHeaders(),
                  chain((HttpsExchange) exchange)));
      var text = reply.body() instanceof String;
      var body = text ? bytes(reply.body() + "\n") : JSON.writeValueAsBytes(reply.body());
      exchange.getResponseHeaders().set("Content-Type", text ? "text/plain" : "application/json");
      exchange.sendResponseHeaders(reply.code(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<X509Certificate> chain(HttpsExchange exchange) {
    try {
      return Arrays.stream(exchange.getSSLSession().getPeerCertificates())
          .map(MetricsApiServer::x509)
          .toList();
    } catch (SSLPeerUnverifiedException e) {
      return List.of();
    }
  }

  private static X509Certificate x509(Certificate certificate) {
    return (X509Certificate) certificate;
  }

  private static SSLContext context(ServingKeys keys) {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {keys}, new TrustManager[] {new AnyClient()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  private static final class Tls extends HttpsConfigurator {
    Tls(SSLContext context) {
      super(context);
    }

    @Override
    public void configure(HttpsParameters parameters) {
      var wanted = new SSLParameters(null, VERSIONS);
      wanted.setWantClientAuth(true);
      parameters.setSSLParameters(wanted);
    }
  }
}
