package dev.warren.model;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/// What runs a task in a pod of the shared runtime.
public sealed interface HandlerConfiguration {
  /// A Java class that implements the handler API.
  ///
  /// @param className its binary name; empty if the one that the image registers for {@link
  ///   java.util.ServiceLoader} is meant
  record Java(Optional<String> className) implements HandlerConfiguration {
    /// The class of this binary name.
    public Java(String className) {
      this(Optional.of(className));
    }
  }

  /// An endpoint to which each task is posted.
  ///
  /// @param url absolute, `http` or `https`
  record Http(URI url) implements HandlerConfiguration {
    public Http {
      if (url.getHost() == null
          || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
        throw new IllegalArgumentException(
            "handler.http.url is '%s'; use an absolute http or https URL".formatted(url));
      }
    }
  }

  /// A program.
  ///
  /// @param command the program and its arguments; no shell is involved
  /// @param protocol how it gets its tasks
  record Exec(List<String> command, Protocol protocol) implements HandlerConfiguration {
    public Exec {
      command = List.copyOf(command);
      if (command.isEmpty()) {
        throw new IllegalArgumentException("handler.exec.command is empty; name a program");
      }
    }

    /// A process for each task.
    public Exec(List<String> command) {
      this(command, Protocol.PROCESS);
    }
  }

  /// How a program gets its tasks.
  enum Protocol {
    /// A process for each task, which reads the body from its standard input.
    PROCESS,
    /// Long-lived processes, which read a task from each line of their standard input and answer
    /// each with a line, in JSON.
    JSON_LINES
  }
}
