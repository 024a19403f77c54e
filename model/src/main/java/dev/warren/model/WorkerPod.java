package dev.warren.model;

/// What the operator puts into a worker's pod and the runtime looks for in it.
public final class WorkerPod {
  /// Environment: path of the file with the {@link WorkerConfiguration}, in the format of {@link
  /// java.util.Properties}.
  public static final String CONFIGURATION_FILE = "WARREN_CONFIGURATION_FILE";

  /// Environment: directory with one file for each entry of the {@link BrokerBinding}. Its files
  /// change when credentials rotate; they are read anew for each connection.
  public static final String BINDING_DIRECTORY = "WARREN_BINDING_DIRECTORY";

  /// Environment: directory with the address of the {@link Idempotency#store}, one file for each
  /// entry of a Secret: {@link #STORE_URI} and, if the address holds none, {@link #STORE_USERNAME}
  /// and {@link #STORE_PASSWORD}. Its files change when credentials rotate.
  public static final String IDEMPOTENCY_DIRECTORY = "WARREN_IDEMPOTENCY_DIRECTORY";

  /// Environment: directory with the address of the Redis that keeps a {@link RateLimit#shared}
  /// bucket, with the same files.
  public static final String RATE_LIMIT_DIRECTORY = "WARREN_RATE_LIMIT_DIRECTORY";

  /// Entry with the address of a store, such as `redis://host:6379` or
  /// `postgresql://host:5432/database`.
  public static final String STORE_URI = "uri";

  /// Optional entry with the user of a store.
  public static final String STORE_USERNAME = "username";

  /// Optional entry with the user's password.
  public static final String STORE_PASSWORD = "password";

  /// Environment: address to serve HTTP on, the pod's own; `127.0.0.1` when absent.
  public static final String HTTP_HOST = "WARREN_HTTP_HOST";

  /// Environment: port to serve HTTP on; {@link #DEFAULT_HTTP_PORT} when absent.
  public static final String HTTP_PORT = "WARREN_HTTP_PORT";

  /// Environment: name of the pod, for logs, error headers and the connection's name in the broker.
  public static final String POD_NAME = "WARREN_POD_NAME";

  /// Environment: file that takes the reason of a failed start, which Kubernetes shows in the pod's
  /// status.
  public static final String TERMINATION_LOG = "WARREN_TERMINATION_LOG";

  /// Environment, set by the image: directories and jars of the handler, joined as in a class path;
  /// a directory stands for itself and for all jars in it.
  public static final String HANDLER_PATH = "WARREN_HANDLER_PATH";

  /// Where `/livez`, `/readyz` and `/metrics` are served.
  public static final int DEFAULT_HTTP_PORT = 8080;

  private WorkerPod() {}
}
