package dev.warren.model;

import java.net.URI;
import java.util.List;

/// What runs a task in a pod of the shared runtime.
public sealed interface HandlerConfiguration {
  /// A Java class that implements the handler API.
  ///
  /// @param className its binary name
  record Java(String className) implements HandlerConfiguration {}

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

  /// A process for each task, which reads the body from its standard input.
  ///
  /// @param command the program and its arguments; no shell is involved
  record Exec(List<String> command) implements HandlerConfiguration {
    public Exec {
      command = List.copyOf(command);
      if (command.isEmpty()) {
        throw new IllegalArgumentException("handler.exec.command is empty; name a program");
      }
    }
  }
}
