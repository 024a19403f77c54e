/// Thumbnails of pictures and previews of clips. One exchange takes all uploads, and a task refers
/// to a file instead of holding it.
@NullMarked
package dev.warren.examples.media;

import org.jspecify.annotations.NullMarked;
