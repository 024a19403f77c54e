/// The driver of `./demo`: an ordinary client of the platform, which applies the first example,
/// publishes its tasks, shows how they go and draws up the account. It touches nothing but the API
/// server, the broker and the example's files.
@NullMarked
package dev.warren.local.demo;

import org.jspecify.annotations.NullMarked;
