/// What the tests of several packages share.
@NullMarked
package dev.warren.worker.testing;

import org.jspecify.annotations.NullMarked;
