package dev.warren.local.pods;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What to start for a pod, or why nothing can be started now.
sealed interface LaunchPlan {

  /// A process to start.
  ///
  /// @param command program and arguments
  /// @param environment over the few variables that are inherited
  /// @param workingDirectory empty for the pod's own
  record Launch(List<String> command, Map<String, String> environment, Path workingDirectory)
      implements LaunchPlan {
    /// Copies its lists.
    public Launch {
      command = List.copyOf(command);
      environment = Map.copyOf(environment);
    }
  }

  /// Nothing can be started now.
  ///
  /// @param reason as Kubernetes names it, such as `ImagePullBackOff`
  /// @param message what is missing
  record Blocked(String reason, String message) implements LaunchPlan {}
}
