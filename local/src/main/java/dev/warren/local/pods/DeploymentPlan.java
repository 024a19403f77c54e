package dev.warren.local.pods;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.List;

/// What to do for a Deployment now.
///
/// @param create how many pods of the present template
/// @param delete these pods
/// @param status as of before these changes
record DeploymentPlan(int create, List<Pod> delete, DeploymentStatus status) {
  DeploymentPlan {
    delete = List.copyOf(delete);
  }
}
