package dev.warren.worker.handler;

import dev.warren.worker.BatchTaskHandler;
import dev.warren.worker.TaskHandler;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds the handler's class on the handler path: the one of a name, or the only one that is
/// registered for {@link ServiceLoader} as a {@link TaskHandler} or {@link BatchTaskHandler}.
final class HandlerClass {
  private HandlerClass() {}

  /// An instance of that class.
  ///
  /// @throws UnusableHandlerException if there is none to be had
  static Object instance(Optional<String> className, HandlerClassPath path) {
    var loader = path.loader();
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return instance(
          className.isPresent() ? named(className.get(), loader, path) : registered(loader, path));
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static Class<?> named(String className, ClassLoader loader, HandlerClassPath path) {
    try {
      return checked(Class.forName(className, true, loader));
    } catch (ClassNotFoundException e) {
      throw new UnusableHandlerException(
          "handler class '%s' is not on the handler path: %s; put its jar there or correct spec.handler.java.className"
              .formatted(className, path.describe()),
          e);
    } catch (LinkageError e) {
      throw new UnusableHandlerException(
          "handler class '%s' cannot be loaded: %s; %s; put what is missing there"
              .formatted(className, e, path.describe()),
          e);
    }
  }

  private static Class<?> checked(Class<?> type) {
    if (!TaskHandler.class.isAssignableFrom(type)
        && !BatchTaskHandler.class.isAssignableFrom(type)) {
      throw new UnusableHandlerException(
          "handler class '%s' does not implement %s or %s; let it, or name another class in spec.handler.java.className"
              .formatted(
                  type.getName(), TaskHandler.class.getName(), BatchTaskHandler.class.getName()));
    }
    return type;
  }

  private static Class<?> registered(ClassLoader loader, HandlerClassPath path) {
    var found = providers(loader, path);
    return switch (found.size()) {
      case 1 -> found.getFirst();
      case 0 ->
          throw new UnusableHandlerException(
              "no handler is registered: %s; name its class in META-INF/services/%s (or …/%s) of its jar, or in spec.handler.java.className"
                  .formatted(
                      path.describe(),
                      TaskHandler.class.getName(),
                      BatchTaskHandler.class.getName()));
      default ->
          throw new UnusableHandlerException(
              "%d handlers are registered: %s; choose one in spec.handler.java.className"
                  .formatted(
                      found.size(),
                      found.stream()
                          .map(Class::getName)
                          .sorted()
                          .collect(Collectors.joining(", "))));
    };
  }

  private static List<Class<?>> providers(ClassLoader loader, HandlerClassPath path) {
    try {
      return Stream.concat(
              types(ServiceLoader.load(TaskHandler.class, loader)),
              types(ServiceLoader.load(BatchTaskHandler.class, loader)))
          .distinct()
          .toList();
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new UnusableHandlerException(
          "a registered handler cannot be loaded: %s; %s; correct META-INF/services of its jar, or put what is missing there"
              .formatted(e.getMessage(), path.describe()),
          e);
    }
  }

  private static Stream<Class<?>> types(ServiceLoader<?> registered) {
    return registered.stream().map(ServiceLoader.Provider::type);
  }

  private static Object instance(Class<?> type) {
    try {
      return type.getConstructor().newInstance();
    } catch (InvocationTargetException e) {
      throw new UnusableHandlerException(
          "the constructor of handler class '%s' threw %s; mend it"
              .formatted(type.getName(), e.getCause()),
          e);
    } catch (ReflectiveOperationException e) {
      throw new UnusableHandlerException(
          "handler class '%s' has no public constructor without parameters, or is not public or abstract; give it one"
              .formatted(type.getName()),
          e);
    } catch (LinkageError e) {
      throw new UnusableHandlerException(
          "handler class '%s' cannot be initialised: %s; put what is missing on the handler path"
              .formatted(type.getName(), e),
          e);
    }
  }
}
