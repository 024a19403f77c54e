/// What the reconcilers of all kinds say and write in the same way: labels, conditions, events,
/// server-side apply.
@NullMarked
package dev.warren.operator.resource;

import org.jspecify.annotations.NullMarked;
