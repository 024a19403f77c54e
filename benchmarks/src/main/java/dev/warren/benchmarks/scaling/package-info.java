/// How soon an operator of many TaskWorkers answers a backlog with a size, and what its looking
/// costs the broker and itself: {@link ScalingBenchmark}.
@NullMarked
package dev.warren.benchmarks.scaling;

import org.jspecify.annotations.NullMarked;
