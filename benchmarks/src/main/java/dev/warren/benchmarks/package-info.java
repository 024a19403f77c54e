/// Measurements of Warren against the bare RabbitMQ client, each in a package of its own. What
/// counts is their ratio in one run, on one machine: single figures say little, and less where
/// others work on it too.
@NullMarked
package dev.warren.benchmarks;

import org.jspecify.annotations.NullMarked;
