/// TaskWorker: from its spec to a Deployment of pods that consume a task queue, with a broker user
/// of their own, and as many of them as the queue needs.
@NullMarked
package dev.warren.operator.taskworker;

import org.jspecify.annotations.NullMarked;
