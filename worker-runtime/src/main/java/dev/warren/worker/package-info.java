/// What a task handler is written against, and the engine that runs it.
///
/// A handler implements {@link TaskHandler}, takes a {@link Task} and a {@link TaskContext}, and
/// returns an {@link Outcome}. Every task is run at least once and may be run more than once: when
/// a pod dies, or loses its connection to the broker in the middle of a task, the broker delivers
/// the task again. Handlers therefore make their effects safe to repeat, most easily by the task's
/// id.
@NullMarked
package dev.warren.worker;

import org.jspecify.annotations.NullMarked;
