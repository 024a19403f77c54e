package dev.warren.local.pods;

import dev.warren.local.pods.LocalImages.LocalImage;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Decides what to start for a pod: image, command, environment and paths. Pure but for what it
/// reads from the {@link ConfigSource}.
///
/// @param images what image names stand for
/// @param source of ConfigMaps and Secrets
record LaunchPlanner(LocalImages images, ConfigSource source) {
  LaunchPlan plan(Pod pod, PodPlace place) {
    try {
      return launch(pod, place);
    } catch (Blocker blocker) {
      return blocker.toPlan();
    }
  }

  private LaunchPlan.Launch launch(Pod pod, PodPlace place) {
    var container = onlyContainer(pod);
    var image =
        images
            .find(container.getImage())
            .orElseThrow(
                () -> Blocker.unknownImage(container.getImage(), images.images().keySet()));
    var mounts = Mounts.of(container, place);
    var environment = environment(pod, container, image, place);
    environment.replaceAll((_, value) -> mounts.rewrite(value));
    var command = command(container, image, environment);
    command.replaceAll(mounts::rewrite);
    var workingDirectory =
        Optional.ofNullable(container.getWorkingDir())
            .map(directory -> Path.of(mounts.rewrite(directory)))
            .orElse(place.directory());
    return new LaunchPlan.Launch(command, environment, workingDirectory);
  }

  private static Container onlyContainer(Pod pod) {
    var containers = pod.getSpec().getContainers();
    if (containers.size() != 1 || !pod.getSpec().getInitContainers().isEmpty()) {
      throw Blocker.configuration(
          "the local platform runs pods of one container, without init containers");
    }
    return containers.getFirst();
  }

  private Map<String, String> environment(
      Pod pod, Container container, LocalImage image, PodPlace place) {
    var base = new HashMap<>(image.environment());
    if (pod.getSpec().getServiceAccountName() != null) {
      base.put("KUBECONFIG", place.kubeconfig().toString());
    }
    return Environment.resolve(pod, container, place, source, base);
  }

  /// A container's command replaces all of the image's, its arguments only the image's arguments.
  /// Variables are expanded in the container's own parts.
  private static List<String> command(
      Container container, LocalImage image, Map<String, String> environment) {
    var command = new ArrayList<String>();
    var own = container.getCommand();
    var args = container.getArgs();
    if (own.isEmpty()) {
      command.addAll(image.command());
    }
    own.forEach(part -> command.add(Environment.expand(part, environment)));
    args.forEach(part -> command.add(Environment.expand(part, environment)));
    if (own.isEmpty() && args.isEmpty()) {
      command.addAll(image.args());
    }
    if (command.isEmpty()) {
      throw Blocker.configuration(
          "neither the container nor image \"%s\" names a command".formatted(container.getImage()));
    }
    return command;
  }
}
