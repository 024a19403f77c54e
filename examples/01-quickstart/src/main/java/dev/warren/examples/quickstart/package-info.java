/// Thumbnails of uploaded pictures. {@link dev.warren.examples.quickstart.ThumbnailHandler} is what
/// an application writes; {@link dev.warren.examples.quickstart.Uploads} gives it something to do,
/// and {@link dev.warren.examples.quickstart.Account} counts what came of it.
@NullMarked
package dev.warren.examples.quickstart;

import org.jspecify.annotations.NullMarked;
