package dev.warren.worker.idempotency;

import dev.warren.model.Idempotency;

/// What this package needs to know.
///
/// @param namespace namespace of the TaskWorker; with `queue`, the scope of task ids
/// @param queue the task queue's name in the broker
/// @param pod name of this pod
/// @param model store, time to live and what to do without the store
public record IdempotencySettings(String namespace, String queue, String pod, Idempotency model) {}
