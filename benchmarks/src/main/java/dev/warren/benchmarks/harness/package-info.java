/// What the measurements share: their command line, their raw results, and how they fail.
@NullMarked
package dev.warren.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
