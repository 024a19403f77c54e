package dev.warren.examples.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.warren.client.NewTask;
import dev.warren.client.PublisherSettings;
import dev.warren.client.TaskPublisher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/// The producers of both tenants in one program, each with its own credentials. Before they
/// publish, each tries to get into the other's vhost.
public final class Orders {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PROGRESS_LINES = 10;

  private Orders() {}

  /// Ends with status 0 when the broker has every order, with 1 when it has not or let somebody
  /// into another's vhost, with 2 when the command line is wrong.
  public static void main(String[] arguments) throws IOException, TimeoutException {
    try {
      var line = CommandLine.parse(arguments);
      var bindings = line.path("--bindings");
      var lockedOut = tryDoors(bindings);
      publish(bindings, line.path("--work").resolve("book"), line.tasks());
      System.out.printf("tasks=%d locked-out=%d%n", line.tasks(), lockedOut);
      System.exit(lockedOut == Tenant.values().length ? 0 : 1);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    } catch (CompletionException e) {
      System.err.println(e.getCause());
      System.exit(1);
    }
  }

  /// Tries each tenant's credentials on the other's vhost.
  ///
  /// @return how many were refused
  private static int tryDoors(Path bindings) throws IOException, TimeoutException {
    var refused = 0;
    for (var tenant : Tenant.values()) {
      var door = new Door(tenant.binding(bindings));
      var ownVhost = Files.readString(tenant.binding(bindings).resolve("vhost"));
      if (!door.opens(ownVhost)) {
        throw new IllegalStateException("'%s' does not get into its own vhost".formatted(tenant));
      }
      var otherVhost = Files.readString(tenant.other().binding(bindings).resolve("vhost"));
      if (door.opens(otherVhost)) {
        System.err.printf("%s gets into the vhost '%s'%n", tenant, otherVhost);
      } else {
        refused++;
      }
    }
    return refused;
  }

  /// Publishes orders to the tenants by turns.
  private static void publish(Path bindings, Path book, int orders) throws JsonProcessingException {
    var confirms = new ArrayList<CompletableFuture<String>>();
    var step = Math.max(1, orders / PROGRESS_LINES);
    try (var bakery = publisher(bindings, Tenant.BAKERY);
        var florist = publisher(bindings, Tenant.FLORIST)) {
      progress(0, orders);
      for (int i = 0; i < orders; i++) {
        var tenant = i % 2 == 0 ? Tenant.BAKERY : Tenant.FLORIST;
        var order = new Order(tenant.namespace(), book.toString());
        confirms.add(
            (tenant == Tenant.BAKERY ? bakery : florist)
                .publishAsync(NewTask.of(JSON.writeValueAsBytes(order))));
        if (confirms.size() % step == 0) {
          progress(confirms.size(), orders);
        }
      }
      CompletableFuture.allOf(confirms.toArray(CompletableFuture[]::new)).join();
    }
  }

  private static TaskPublisher publisher(Path bindings, Tenant tenant) {
    return TaskPublisher.open(PublisherSettings.of(tenant.binding(bindings)));
  }

  private static void progress(int published, int of) {
    System.out.printf("published %d of %d%n", published, of);
  }
}
