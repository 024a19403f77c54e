package dev.warren.examples.quickstart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.warren.client.NewTask;
import dev.warren.client.PublisherSettings;
import dev.warren.client.TaskPublisher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/// The producer: draws pictures and publishes a task for each as it goes, so that work starts at
/// once.
public final class Uploads {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PROGRESS_LINES = 10;

  private final UploadOptions options;
  private final TaskBatch batch;

  Uploads(UploadOptions options, TaskBatch batch) {
    this.options = options;
    this.batch = batch;
  }

  /// Ends with status 0 when the broker has every task, with 1 when it has not, with 2 when the
  /// command line is wrong. The last line on standard output counts what was published: tasks,
  /// broken pictures, and the hiccups in all, each of which costs one retry.
  public static void main(String[] arguments) throws IOException {
    UploadOptions options;
    try {
      options = UploadOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.println(UploadOptions.USAGE);
      System.exit(2);
      return;
    }
    System.exit(run(options));
  }

  private static int run(UploadOptions options) throws IOException {
    // Patient enough for a broker that restarts meanwhile.
    var settings = PublisherSettings.of(options.binding()).withSendTimeout(Duration.ofMinutes(2));
    try (var publisher = TaskPublisher.open(settings)) {
      return new Uploads(options, new TaskBatch(publisher::publishAsync)).upload() ? 0 : 1;
    }
  }

  /// Publishes all; true if the broker has them all.
  boolean upload() throws IOException {
    var uploads = Upload.mix(options.tasks(), options.seed());
    var files = new PictureFiles(options.work().resolve("in"), options.seed());
    var step = Math.max(1, options.tasks() / PROGRESS_LINES);
    progress(0);
    for (var upload : uploads) {
      batch.publish(task(upload, files.put(upload)));
      if ((upload.number() + 1) % step == 0) {
        progress(upload.number() + 1);
      }
    }
    var lost = batch.finish();
    lost.forEach(failure -> System.err.println(failure.getMessage()));
    System.out.printf(
        "tasks=%d broken=%d hiccups=%d%n",
        options.tasks() - lost.size(),
        uploads.stream().filter(Upload::broken).count(),
        uploads.stream().mapToInt(Upload::hiccups).sum());
    return lost.isEmpty();
  }

  private void progress(int published) {
    System.out.printf("published %d of %d%n", published, options.tasks());
  }

  private NewTask task(Upload upload, Path file) throws JsonProcessingException {
    var picture =
        new ThumbnailHandler.Picture(
            file.toString(), options.work().resolve("out").toString(), upload.hiccups());
    return NewTask.of(JSON.writeValueAsBytes(picture))
        .withType("thumbnails")
        .withPriority(upload.priority());
  }
}
