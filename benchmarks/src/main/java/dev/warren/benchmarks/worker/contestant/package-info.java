/// What runs in the processes of the contestants: their loops, and the tasks that are the same for
/// all of them.
@NullMarked
package dev.warren.benchmarks.worker.contestant;

import org.jspecify.annotations.NullMarked;
