/// Warren on one machine: {@link dev.warren.local.PlatformMain} runs the embedded API server and
/// the pod runner, and everything else (operator, broker, workers) as their pods.
@NullMarked
package dev.warren.local;

import org.jspecify.annotations.NullMarked;
