/// Follows the documentation as its reader does: saves the files that a page shows, runs its
/// commands in a shell, and holds what they print against what the page says that they print.
///
/// What a page is, is pure; only the shell does anything.
@NullMarked
package dev.warren.local.docs;

import org.jspecify.annotations.NullMarked;
