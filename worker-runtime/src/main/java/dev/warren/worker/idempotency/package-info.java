/// Keeps a task from being done twice: a decorator of a {@link dev.warren.worker.TaskRunner} that
/// claims the task by its id in a store before the work, records it after, releases it on failure,
/// and extends the claim's lease meanwhile. {@link Idempotency} puts the parts together.
///
/// It narrows at-least-once, and cannot make it exactly-once: a worker that dies between its work
/// and the record leaves work that is done again. {@link dev.warren.worker.jdbc.TaskEffects} closes
/// that gap for effects in a database.
@NullMarked
package dev.warren.worker.idempotency;

import org.jspecify.annotations.NullMarked;
