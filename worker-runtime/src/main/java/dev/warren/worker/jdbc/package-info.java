/// What a handler may use beside {@link dev.warren.worker.TaskHandler}: effects in its own database
/// that happen exactly once. Needs `java.sql` only; the driver is the handler's.
@NullMarked
package dev.warren.worker.jdbc;

import org.jspecify.annotations.NullMarked;
