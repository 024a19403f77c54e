/// The kinds of handler: a Java class, an HTTP endpoint, a command. All keep the contract of {@link
/// dev.warren.worker.TaskRunner} and map what they see to the same outcomes.
@NullMarked
package dev.warren.worker.handler;

import org.jspecify.annotations.NullMarked;
