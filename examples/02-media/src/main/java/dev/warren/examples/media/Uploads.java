package dev.warren.examples.media;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.warren.client.NewTask;
import dev.warren.client.PublisherSettings;
import dev.warren.client.TaskPublisher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// The producer: puts files where workers can read them, and publishes a task for each, by a
/// routing key that says what it is. It knows neither the queues nor who works on them.
public final class Uploads {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PROGRESS_LINES = 10;

  private final List<Upload> uploads;
  private final Path work;
  private final List<CompletableFuture<String>> confirms = new ArrayList<>();
  private final List<String> receipts = new ArrayList<>();
  private long taskBytes;
  private long fileBytes;

  private Uploads(List<Upload> uploads, Path work) {
    this.uploads = uploads;
    this.work = work;
  }

  /// Ends with status 0 when the broker has every task, with 1 when it has not, with 2 when the
  /// command line is wrong.
  public static void main(String[] arguments) throws IOException {
    try {
      var line = CommandLine.parse(arguments);
      // The exchange is the same for both queues, and so is what its user may do.
      var settings = PublisherSettings.of(line.path("--bindings").resolve("media/images"));
      new Uploads(Upload.mix(line.tasks()), line.path("--work")).publish(settings);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    } catch (CompletionException e) {
      System.err.println(e.getCause());
      System.exit(1);
    }
  }

  private void publish(PublisherSettings settings) throws IOException {
    var tasks = put();
    var step = Math.max(1, uploads.size() / PROGRESS_LINES);
    try (var publisher = TaskPublisher.open(settings)) {
      progress(0);
      for (int i = 0; i < tasks.size(); i++) {
        confirms.add(publisher.publishAsync(tasks.get(i)));
        receipts.add(receipt(uploads.get(i)).line());
        if ((i + 1) % step == 0) {
          progress(i + 1);
        }
      }
      CompletableFuture.allOf(confirms.toArray(CompletableFuture[]::new)).join();
    }
    Files.write(Receipt.file(work), receipts);
    System.out.printf(
        "tasks=%d task-bytes=%d file-bytes=%d%n",
        uploads.size(), taskBytes / uploads.size(), fileBytes / uploads.size());
  }

  /// Puts the files where they belong, and makes the tasks that refer to them.
  private List<NewTask> put() throws IOException {
    var files = new SourceFiles(work.resolve("in"));
    var out = Files.createDirectories(work.resolve("out"));
    var tasks = new ArrayList<NewTask>();
    for (var upload : uploads) {
      var source = files.put(upload);
      var task = task(upload, source, out.resolve(upload.targetName()));
      taskBytes += task.body().length;
      fileBytes += upload.gone() ? 0 : Files.size(source);
      tasks.add(task);
    }
    return tasks;
  }

  private static NewTask task(Upload upload, Path source, Path target)
      throws JsonProcessingException {
    return NewTask.of(JSON.writeValueAsBytes(new MediaTask(source.toUri(), target.toString())))
        .withRoutingKey(upload.kind().routingKey())
        .withPriority(upload.priority());
  }

  private static Receipt receipt(Upload upload) {
    return new Receipt(
        upload.targetName(),
        upload.kind() != Upload.Kind.CLIP,
        upload.urgent(),
        System.currentTimeMillis());
  }

  private void progress(int published) {
    System.out.printf("published %d of %d%n", published, uploads.size());
  }
}
