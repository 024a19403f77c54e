package dev.warren.examples.email;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.warren.client.NewTask;
import dev.warren.client.PublisherSettings;
import dev.warren.client.TaskPublisher;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// The producer: publishes each message once. That it goes to two senders is the exchange's doing.
public final class Campaign {
  /// TaskQueues that get a copy.
  private static final int SENDERS = 2;

  private static final int PROGRESS_LINES = 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  private Campaign() {}

  /// Ends with status 0 when the broker has every task, with 1 when it has not, with 2 when the
  /// command line is wrong.
  public static void main(String[] arguments) throws JsonProcessingException {
    try {
      var line = CommandLine.parse(arguments);
      publish(
          PublisherSettings.of(line.path("--bindings").resolve("email/mail")),
          Customer.list(line.tasks()),
          line.path("--work").resolve("outbox"));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    } catch (CompletionException e) {
      System.err.println(e.getCause());
      System.exit(1);
    }
  }

  private static void publish(PublisherSettings settings, List<Customer> customers, Path outbox)
      throws JsonProcessingException {
    var confirms = new ArrayList<CompletableFuture<String>>();
    var step = Math.max(1, customers.size() / PROGRESS_LINES);
    try (var publisher = TaskPublisher.open(settings)) {
      progress(0, customers.size());
      for (var customer : customers) {
        var message =
            new Message(customer.address(), "Your order is on its way", outbox.toString());
        confirms.add(publisher.publishAsync(NewTask.of(JSON.writeValueAsBytes(message))));
        if (confirms.size() % step == 0) {
          progress(confirms.size(), customers.size());
        }
      }
      CompletableFuture.allOf(confirms.toArray(CompletableFuture[]::new)).join();
    }
    System.out.printf("tasks=%d%n", SENDERS * customers.size());
  }

  private static void progress(int published, int of) {
    System.out.printf("published %d of %d%n", SENDERS * published, SENDERS * of);
  }
}
