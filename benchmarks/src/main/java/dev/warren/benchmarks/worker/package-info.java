/// How fast a queue of tasks that do nothing is emptied: {@link DrainBenchmark} compares {@link
/// BareWorker} and {@link dev.warren.worker.pod.WorkerMain}, each a process of its own.
@NullMarked
package dev.warren.benchmarks.worker;

import org.jspecify.annotations.NullMarked;
