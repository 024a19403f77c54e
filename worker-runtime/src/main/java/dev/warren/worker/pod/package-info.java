/// The process of a worker's pod: reads its environment, wires the parts by hand, serves `/livez`,
/// `/readyz` and `/metrics`, and stops gracefully on SIGTERM.
///
/// Flags that suit a pod of one or two cores, for the command line of an image: `-XX:+UseSerialGC`
/// and a heap limit for the least memory, `-XX:+ExitOnOutOfMemoryError` (the broker delivers again
/// what the pod held), and `-XX:AOTCache=…` with a cache that the image's build made from a run, by
/// `-XX:AOTCacheOutput=…`: it more than halves the time to the first task, and saves memory.
@NullMarked
package dev.warren.worker.pod;

import org.jspecify.annotations.NullMarked;
