/// How much a pod fetches and starts: permits, the rate limit, the breaker for outages, and
/// concurrency that adapts. Arithmetic over counts and times that the engine brings; nothing here
/// knows tasks or brokers.
@NullMarked
package dev.warren.worker.flow;

import org.jspecify.annotations.NullMarked;
