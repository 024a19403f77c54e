/// What a decision about a fleet's size comes to under loads that change, in virtual time:
/// Warren's, KEDA's with a HorizontalPodAutoscaler, and that of an oracle that knows the future.
/// Needs no cluster, no broker and no further process; the same seed gives the same figures.
@NullMarked
package dev.warren.benchmarks.simulation;

import org.jspecify.annotations.NullMarked;
