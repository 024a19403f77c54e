/// What a task queue is in a broker, and the steps that lead there: pure functions from settings
/// and a reading of a vhost to changes of that vhost. Knows neither Kubernetes nor connections.
@NullMarked
package dev.warren.operator.topology;

import org.jspecify.annotations.NullMarked;
