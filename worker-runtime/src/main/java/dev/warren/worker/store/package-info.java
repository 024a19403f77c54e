/// How a pod reaches a Redis or a PostgreSQL that the tenant brings: a Secret with its address, and
/// a few pooled connections. Nothing of their clients is loaded before a connection is asked for,
/// so pods without a store pay nothing for them.
@NullMarked
package dev.warren.worker.store;

import org.jspecify.annotations.NullMarked;
