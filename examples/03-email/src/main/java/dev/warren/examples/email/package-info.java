/// Messages to customers: each goes to two senders, and one of them has a provider that takes so
/// many a second and no more.
@NullMarked
package dev.warren.examples.email;

import org.jspecify.annotations.NullMarked;
