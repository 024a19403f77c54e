/// The operator's process: reads its configuration, wires the features by hand, and serves its
/// health.
@NullMarked
package dev.warren.operator;

import org.jspecify.annotations.NullMarked;
