/// What integration tests of all modules share.
@NullMarked
package dev.warren.model.testing;

import org.jspecify.annotations.NullMarked;
