/// What a measurement of the operator needs around it: an API server, a RabbitMQ and the operator
/// as production runs it, in processes of their own.
@NullMarked
package dev.warren.benchmarks.platform;

import org.jspecify.annotations.NullMarked;
