package dev.warren.worker.handler;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;

/// Loads the handler's classes and what they need from the handler path alone, so that its
/// libraries may be of any version. Of the runtime it sees what both must mean the same by: the
/// handler API, SLF4J's, OpenTelemetry's and the annotations of Jackson and JSpecify. The rest of
/// Jackson it sees as long as it brings none of its own. Safe for use by many threads.
final class HandlerClassLoader extends URLClassLoader {
  static {
    registerAsParallelCapable();
  }

  /// From the runtime, whatever the handler brings; classes that the runtime has not got (an SLF4J
  /// bridge, say) are the handler's.
  private static final List<String> SHARED =
      List.of(
          "dev.warren.worker.",
          "org.slf4j.",
          "org.jspecify.annotations.",
          "io.opentelemetry.api.",
          "io.opentelemetry.context.",
          "com.fasterxml.jackson.annotation.");

  /// From the runtime, or all of it from the handler: its parts fit only those of their own
  /// version.
  private static final List<String> JACKSON =
      List.of(
          "com.fasterxml.jackson.core.",
          "com.fasterxml.jackson.databind.",
          "com.fasterxml.jackson.datatype.jsr310.");

  private static final List<String> SIGNS_OF_JACKSON =
      List.of(
          "com/fasterxml/jackson/core/JsonFactory.class",
          "com/fasterxml/jackson/databind/ObjectMapper.class");

  private final ClassLoader runtime;
  private final boolean bringsJackson;

  /// A loader of these jars and directories.
  ///
  /// @param runtime the loader of the runtime's classes
  HandlerClassLoader(List<URL> path, ClassLoader runtime) {
    super("handler", path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    this.runtime = runtime;
    this.bringsJackson = SIGNS_OF_JACKSON.stream().anyMatch(sign -> findResource(sign) != null);
  }

  /// Called by {@link #loadClass} for what the JDK has not got.
  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (isOfRuntime(name)) {
      try {
        return runtime.loadClass(name);
      } catch (ClassNotFoundException _) {
        return super.findClass(name);
      }
    }
    return super.findClass(name);
  }

  private boolean isOfRuntime(String name) {
    return SHARED.stream().anyMatch(name::startsWith)
        || (!bringsJackson && JACKSON.stream().anyMatch(name::startsWith));
  }
}
