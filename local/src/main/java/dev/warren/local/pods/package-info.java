/// Runs Deployments as processes: a small Deployment controller that makes Pods, and a small
/// kubelet that makes each Pod a process. Both are ordinary clients of the API server.
///
/// Who writes what: {@link dev.warren.local.pods.DeploymentController} (one thread) creates and
/// deletes Pods and writes the status of Deployments; each {@link dev.warren.local.pods.PodLoop} (a
/// thread per pod) writes the status of its Pod and removes the Pod at the end. Deciding is left to
/// pure functions: {@link dev.warren.local.pods.DeploymentPlanner}, {@link
/// dev.warren.local.pods.LaunchPlanner}, {@link dev.warren.local.pods.PodStatuses}.
///
/// A pod is one container (the first one; init and side containers are refused), and a container is
/// a local command that an image name stands for. It sees its own loopback address, its own
/// directory, an environment resolved as a kubelet would, and none of the isolation: mounted
/// volumes are directories of the host, and the paths where they would be mounted are rewritten in
/// environment, command and arguments. There are no ReplicaSets: Pods belong to their Deployment
/// and carry `pod-template-hash`.
///
/// Made quicker than a cluster: a pod that is not ready yet is probed five times a second, whatever
/// `initialDelaySeconds` says, and a crashed one restarts after 1 s, doubled up to 30 s and
/// forgotten after 10 minutes of running.
@NullMarked
package dev.warren.local.pods;

import org.jspecify.annotations.NullMarked;
