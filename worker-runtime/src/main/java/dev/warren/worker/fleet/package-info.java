/// A rate limit that the pods of a fleet share exactly, kept in a Redis that the tenant brings.
@NullMarked
package dev.warren.worker.fleet;

import org.jspecify.annotations.NullMarked;
