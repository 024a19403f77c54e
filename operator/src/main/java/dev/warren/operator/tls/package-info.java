/// Certificates and keys as text, and whom they make a connection trust.
@NullMarked
package dev.warren.operator.tls;

import org.jspecify.annotations.NullMarked;
