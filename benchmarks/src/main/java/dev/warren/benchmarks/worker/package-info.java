/// How fast a worker is, and what it costs, beside the bare client library and other workers, each
/// in a process of its own: {@link WorkerBenchmark} runs the {@link Rows}, in which the {@link
/// Contestant}s take turns.
@NullMarked
package dev.warren.benchmarks.worker;

import org.jspecify.annotations.NullMarked;
