/// Orders for two tenants, who share a broker and see nothing of each other.
@NullMarked
package dev.warren.examples.platform;

import org.jspecify.annotations.NullMarked;
