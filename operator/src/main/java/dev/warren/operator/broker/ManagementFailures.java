package dev.warren.operator.broker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.warren.operator.broker.BrokerException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.net.ssl.SSLException;

/// What to say of a call to a management API that failed. Pure.
final class ManagementFailures {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int REASON_BYTES = 4_096;

  private ManagementFailures() {}

  /// Of an answer that is no success.
  static BrokerException of(URI base, HttpResponse<InputStream> response) throws IOException {
    var status = response.statusCode();
    return switch (status) {
      case 401, 403 -> unauthorized(base, response);
      case 400, 404, 405, 409 ->
          new BrokerException(
              Kind.REFUSED, "%s: HTTP %d, %s".formatted(call(response), status, reason(response)));
      default -> new BrokerException(Kind.UNREACHABLE, trouble(base, status));
    };
  }

  /// An answer that says that the broker, or what stands before it, cannot answer now.
  static final class Overloaded extends IOException {
    private static final long serialVersionUID = 1;
    private static final Set<Integer> STATUSES = Set.of(429, 502, 503, 504);

    private final int status;

    Overloaded(int status) {
      this.status = status;
    }

    static boolean says(int status) {
      return STATUSES.contains(status);
    }
  }

  /// Of a call without a whole answer.
  static BrokerException of(URI base, IOException cause) {
    return new BrokerException(Kind.UNREACHABLE, message(base, cause));
  }

  /// Of an answer that is no JSON.
  static BrokerException noManagementApi(URI base) {
    return new BrokerException(
        Kind.UNREACHABLE,
        "what answers at %s is no management API: its answer is not JSON; correct managementUri"
            .formatted(base));
  }

  /// RabbitMQ says 401 for a wrong password, for a missing tag, and for a missing permission.
  private static BrokerException unauthorized(URI base, HttpResponse<InputStream> response)
      throws IOException {
    var reason = reason(response);
    var status = response.statusCode();
    if (reason.contains("not management user") || reason.contains("not administrator user")) {
      return unauthorized(
          "the user of the TaskBroker's Secret is no administrator at %s; give it the tag administrator"
              .formatted(base));
    }
    if (reason.contains("access refused") || reason.contains("virtual host")) {
      return unauthorized(
          "%s: HTTP %d, the user of the TaskBroker's Secret lacks permissions in the vhost; give it '.*' to configure,"
                  .formatted(call(response), status)
              + " write and read there");
    }
    return unauthorized(
        "the management API at %s refuses the user of the TaskBroker's Secret (HTTP %d); correct user and"
                .formatted(base, status)
            + " password there, and give the user the tag administrator");
  }

  private static BrokerException unauthorized(String message) {
    return new BrokerException(Kind.UNAUTHORIZED, message);
  }

  private static String call(HttpResponse<?> response) {
    return response.request().method() + " " + response.uri().getRawPath();
  }

  private static String reason(HttpResponse<InputStream> response) throws IOException {
    try {
      var bytes = response.body().readNBytes(REASON_BYTES);
      var reason = JSON.readTree(new String(bytes, StandardCharsets.UTF_8)).path("reason");
      var text = reason.isArray() ? words(reason) : reason.asText();
      return response.statusCode() == 401 || response.statusCode() == 403
          ? text.toLowerCase(Locale.ROOT)
          : text;
    } catch (JsonProcessingException e) {
      return "no reason given";
    }
  }

  /// RabbitMQ before 4.0 gives some reasons as Erlang terms, in which a text is a list of code
  /// points.
  private static String words(JsonNode term) {
    var parts = StreamSupport.stream(term.spliterator(), false).toList();
    if (!parts.isEmpty() && parts.stream().allMatch(part -> part.isInt() && part.asInt() > 1)) {
      return parts.stream()
          .map(part -> Character.toString(part.asInt()))
          .collect(Collectors.joining());
    }
    return parts.stream()
        .map(part -> part.isArray() ? words(part) : part.asText())
        .collect(Collectors.joining(", "));
  }

  private static String trouble(URI base, int status) {
    return "the management API at %s is in trouble (HTTP %d)".formatted(base, status);
  }

  private static String message(URI base, IOException e) {
    if (e instanceof Overloaded overloaded) {
      return trouble(base, overloaded.status);
    }
    if (e instanceof SSLException) {
      return tls(base, e);
    }
    var text = String.valueOf(e.getMessage());
    if (text.contains("nvalid status line")) {
      return "what answers at %s does not speak HTTP; if it speaks TLS, let managementUri begin with https"
          .formatted(base);
    }
    return "the management API at %s does not answer (%s); %s"
        .formatted(base, silence(e), check(base, e));
  }

  /// What a call that was not answered came to, in a few words that stay the same.
  static String silence(IOException e) {
    return switch (e) {
      case HttpTimeoutException _ -> "no answer in time";
      case ConnectException _ ->
          has(e, UnresolvedAddressException.class) ? "unknown host" : "no connection";
      default -> "the connection broke off";
    };
  }

  /// With TLS 1.3 a server learns only after the handshake that a client shows no certificate. The
  /// alert in which it says so is lost where it resets the connection, which is then all that the
  /// client sees.
  private static String check(URI base, IOException e) {
    var brokeOff = !(e instanceof HttpTimeoutException || e instanceof ConnectException);
    return brokeOff && base.getScheme().equals("https")
        ? "check that the broker runs, and if it asks clients for a certificate, set spec.tls.clientCertificateRef"
        : "check that the broker runs and that the address is right";
  }

  private static String tls(URI base, IOException e) {
    if (has(e, CertPathBuilderException.class) || has(e, CertPathValidatorException.class)) {
      return "the certificate of %s is not signed by a CA that is trusted; set spec.tls.caRef"
          .formatted(base);
    }
    if (has(e, CertificateException.class)) {
      return "the certificate of %s does not name this host; correct managementUri or the certificate"
          .formatted(base);
    }
    var text = String.valueOf(e.getMessage());
    if (text.contains("certificate")) {
      return "%s refuses the client certificate or asks for one; set spec.tls.clientCertificateRef"
          .formatted(base);
    }
    return "what answers at %s does not speak TLS; if it speaks HTTP, let managementUri begin with http"
        .formatted(base);
  }

  private static boolean has(Throwable e, Class<? extends Throwable> cause) {
    return Stream.iterate(e, next -> next != null, Throwable::getCause).anyMatch(cause::isInstance);
  }
}
