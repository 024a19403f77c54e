/// How many TaskQueues an operator makes ready, and what they cost it: {@link TopologyBenchmark}
/// applies many at once to an API server in a process of its own, with a real RabbitMQ and the
/// operator as production runs it, and compares their rate with bare declares of the same objects.
@NullMarked
package dev.warren.benchmarks.topology;

import org.jspecify.annotations.NullMarked;
