/// Measurements of Warren against the bare RabbitMQ client. What counts is their ratio in one run,
/// on one machine: single figures say little, and less where others work on it too.
///
/// {@link DrainBenchmark} compares how fast a queue of tasks that do nothing is emptied, by {@link
/// BareWorker} and by {@link dev.warren.worker.pod.WorkerMain}, each a process of its own.
@NullMarked
package dev.warren.benchmarks;

import org.jspecify.annotations.NullMarked;
