package dev.warren.model;

import java.net.URI;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The settings of a {@link HandlerConfiguration}.
final class HandlerSettings {
  private HandlerSettings() {}

  /// The one handler that is set.
  static HandlerConfiguration read(Settings settings) {
    var kinds = new ArrayList<Supplier<HandlerConfiguration>>();
    settings
        .optional("handler.java.class-name")
        .ifPresent(name -> kinds.add(() -> new HandlerConfiguration.Java(Optional.of(name))));
    if (settings.flag("handler.java.service-loader")) {
      kinds.add(() -> new HandlerConfiguration.Java(Optional.empty()));
    }
    settings
        .optional("handler.http.url")
        .ifPresent(url -> kinds.add(() -> new HandlerConfiguration.Http(URI.create(url))));
    var command = settings.list("handler.exec.command");
    if (!command.isEmpty()) {
      kinds.add(
          () ->
              new HandlerConfiguration.Exec(
                  command,
                  settings.choice("handler.exec.protocol", HandlerConfiguration.Protocol.PROCESS)));
    }
    var placeholder = new HandlerConfiguration.Java(Optional.empty());
    return kinds.size() == 1
        ? settings.check(placeholder, kinds.get(0))
        : settings.problem(
            placeholder,
            "%d handlers are set; set one of handler.java.class-name, handler.java.service-loader, handler.http.url, handler.exec.command.0"
                .formatted(kinds.size()));
  }

  /// Writes what {@link #read} reads.
  static void write(HandlerConfiguration handler, Map<String, String> values) {
    if (handler instanceof HandlerConfiguration.Java java) {
      java.className()
          .ifPresentOrElse(
              name -> values.put("handler.java.class-name", name),
              () -> values.put("handler.java.service-loader", "true"));
    } else if (handler instanceof HandlerConfiguration.Http http) {
      values.put("handler.http.url", http.url().toString());
    } else if (handler instanceof HandlerConfiguration.Exec exec) {
      Settings.putList(values, "handler.exec.command", exec.command());
      values.put("handler.exec.protocol", Settings.text(exec.protocol()));
    }
  }
}
