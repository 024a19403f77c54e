package dev.warren.operator.taskworker;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;

/// Pods with a container `worker`.
final class Pods {
  private Pods() {}

  static Pod ready() {
    return pod(
        "conditions: [{type: Ready, status: 'True'}]\ncontainerStatuses: [{name: worker, ready: true}]");
  }

  static Pod starting() {
    return failing("state: {waiting: {reason: ContainerCreating}}");
  }

  /// One that ended with 78 and waits for its next start.
  static Pod crashing() {
    return failing(
        """
        state: {waiting: {reason: CrashLoopBackOff, message: back-off 40s}}
          lastState: {terminated: {exitCode: 78, message: "no class 'com.example.Resize'\\n"}}
        """);
  }

  /// One whose container is not ready, with these fields of its status.
  static Pod failing(String containerStatus) {
    return pod(
        "conditions: [{type: Ready, status: 'False'}]\n"
            + "containerStatuses:\n- name: worker\n  image: example/resize:1\n  ready: false\n  "
            + containerStatus);
  }

  static Pod withoutStatus() {
    return new PodBuilder().withNewMetadata().withName("resize-0").endMetadata().build();
  }

  private static Pod pod(String status) {
    return Serialization.unmarshal(
        "metadata: {name: resize-0}\nstatus:\n  " + status.replace("\n", "\n  "), Pod.class);
  }
}
