/// The contract between Warren's parts: names in the broker, headers of a task, retry arithmetic,
/// and the configuration that the operator writes and a worker reads. Pure values; nothing here
/// does I/O, and nothing here needs more than the JDK, so that any service can link it.
@NullMarked
package dev.warren.model;

import org.jspecify.annotations.NullMarked;
