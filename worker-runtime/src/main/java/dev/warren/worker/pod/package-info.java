/// The process of a worker's pod: reads its environment, wires the parts by hand, serves `/livez`,
/// `/readyz` and `/metrics`, and stops gracefully on SIGTERM.
///
/// Flags that suit a pod of one or two cores, for the command line of an image: `-XX:+UseSerialGC`
/// and a heap limit for the least memory, `-XX:+ExitOnOutOfMemoryError` (the broker delivers again
/// what the pod held), and `-XX:AOTCache=…` with a cache that was made with the image (ADR 27): it
/// halves the time of a start, and saves memory.
@NullMarked
package dev.warren.worker.pod;

import org.jspecify.annotations.NullMarked;
