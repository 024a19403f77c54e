package dev.warren.benchmarks.topology;

import dev.warren.benchmarks.platform.Memory;

/// What one operator did: it made all TaskQueues ready, rested, and changed some.
///
/// @param memory of it at the end
/// @param calls until the end
record Work(Application application, Rest rest, Changes changes, Memory memory, Calls calls) {}
