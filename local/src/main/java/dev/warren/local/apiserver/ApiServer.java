package dev.warren.local.apiserver;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The embedded API server: plain HTTP on the loopback interface, everything in memory, gone with
/// the process. It begins with the namespaces `default` and `kube-system`.
///
/// Whoever may write Deployments may run programs, so the URL holds a secret, drawn at each start,
/// and only requests below it are answered. It goes to clients by the kubeconfig alone.
///
/// Any thread may call. Close clients before the server.
public final class ApiServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads;
  private final String prefix;

  private ApiServer(HttpServer server, ExecutorService threads, String prefix) {
    this.server = server;
    this.threads = threads;
    this.prefix = prefix;
  }

  /// A server that answers.
  ///
  /// @param port 0 for any free one
  /// @throws UncheckedIOException if the port is taken
  public static ApiServer start(int port) {
    var store = new Store();
    var types = new Types(store);
    var clock = Clock.systemUTC();
    var prefix = "/" + UUID.randomUUID();
    try {
      var server = listen(port);
      var threads = Executors.newVirtualThreadPerTaskExecutor();
      server.setExecutor(threads);
      server.createContext(prefix, new Router(store, types, clock));
      threads.execute(new GarbageCollector(store, types, clock));
      List.of("default", "kube-system").forEach(name -> createNamespace(store, name, clock));
      server.start();
      return new ApiServer(server, threads, prefix);
    } catch (IOException e) {
      throw new UncheckedIOException("API server cannot listen on port %d".formatted(port), e);
    }
  }

  private static HttpServer listen(int port) throws IOException {
    // Read once by the JDK's server: without it, small answers wait for delayed acknowledgements.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    // Seconds. Longer than clients keep idle connections, so that it is they who close them.
    System.setProperty("sun.net.httpserver.idleInterval", "300");
    return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
  }

  private static void createNamespace(Store store, String name, Clock clock) {
    var type = new Types(store).find("namespaces").orElseThrow();
    var namespace = Json.object("v1", "Namespace");
    namespace.putObject("metadata").put("name", name);
    new Writes(store, clock).create(new Target(type, "", "", ""), namespace, Writes.Options.PLAIN);
  }

  /// Where it is served; a secret.
  public URI url() {
    var address = server.getAddress();
    return URI.create(
        "http://%s:%d%s"
            .formatted(address.getAddress().getHostAddress(), address.getPort(), prefix));
  }

  /// A kubeconfig file's content, in YAML. Holds the secret. The token means nothing: the Java
  /// client, a minute after its start, reads the file again for each request if there is none.
  public String kubeconfig() {
    return """
    apiVersion: v1
    kind: Config
    current-context: warren-local
    contexts:
      - name: warren-local
        context: {cluster: warren-local, user: warren-local, namespace: default}
    clusters:
      - name: warren-local
        cluster: {server: "%s"}
    users:
      - name: warren-local
        user: {token: none}
    """
        .formatted(url());
  }

  /// The token of a service account, which may do here what the roles that are bound to it say.
  /// Whoever shows another, or none, may do everything.
  public static String token(String namespace, String serviceAccount) {
    return Authorization.token(namespace, serviceAccount);
  }

  /// Ends watches and connections at once.
  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }
}
