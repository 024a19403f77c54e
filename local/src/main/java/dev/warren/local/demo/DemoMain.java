package dev.warren.local.demo;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;

/// Runs the demo. Exit status 0 if the account adds up, 1 if it does not or the demo could not go
/// on.
public final class DemoMain {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(50);

  private DemoMain() {}

  /// The arguments are those of {@link DemoOptions}.
  public static void main(String[] arguments) throws InterruptedException {
    System.exit(run(DemoOptions.parse(arguments)) ? 0 : 1);
  }

  private static boolean run(DemoOptions options) throws InterruptedException {
    var view = new ProgressView(System.out, options.terminal(), Instant.now());
    try (var client = connect(options.kubeconfig())) {
      var account = new Demo(options, Example.load(options.example()), client, view).run();
      System.out.print(account.text());
      System.out.println(
          account.addsUp() ? "The account adds up." : "The account does NOT add up.");
      return account.addsUp();
    } catch (DemoException | KubernetesClientException | IOException | TimeoutException e) {
      view.say("the demo cannot go on: " + e.getMessage());
      return false;
    }
  }

  /// Waits for the platform, which starts at the same time.
  private static KubernetesClient connect(Path kubeconfig)
      throws IOException, InterruptedException {
    var ready = kubeconfig.resolveSibling("ready");
    var deadline = Instant.now().plus(PATIENCE);
    while (!Files.exists(ready)) {
      if (Instant.now().isAfter(deadline)) {
        throw new DemoException(
            "the platform did not start within %d s".formatted(PATIENCE.toSeconds()));
      }
      Thread.sleep(LOOK);
    }
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(Files.readString(kubeconfig)))
        .build();
  }
}
