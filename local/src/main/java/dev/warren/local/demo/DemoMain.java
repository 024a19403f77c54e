package dev.warren.local.demo;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.concurrent.TimeoutException;

/// Runs the demo. Exit status 0 if the account adds up, 1 if it does not or the demo could not go
/// on.
public final class DemoMain {
  private DemoMain() {}

  /// The arguments are those of {@link DemoOptions}.
  public static void main(String[] arguments) throws InterruptedException {
    System.exit(run(DemoOptions.parse(arguments)) ? 0 : 1);
  }

  private static boolean run(DemoOptions options) throws InterruptedException {
    var view = new ProgressView(System.out, options.terminal(), Instant.now());
    try (var client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(Files.readString(options.kubeconfig())))
            .build()) {
      var account = new Demo(options, client, view).run();
      System.out.print(account.text());
      System.out.println(
          account.addsUp() ? "The account adds up." : "The account does NOT add up.");
      return account.addsUp();
    } catch (DemoException | KubernetesClientException | IOException | TimeoutException e) {
      view.say("the demo cannot go on: " + e.getMessage());
      return false;
    }
  }
}
