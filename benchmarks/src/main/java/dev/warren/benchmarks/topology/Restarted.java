package dev.warren.benchmarks.topology;

import dev.warren.benchmarks.platform.Memory;

/// What the operator after it did: it found all as it should be, and made one change.
///
/// @param memory of it at the end
record Restarted(Restart restart, Changes change, Memory memory) {}
