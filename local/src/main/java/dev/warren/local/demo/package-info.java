/// The driver of `./demo`: an ordinary client of the platform, which applies an example, has it
/// publish its tasks, shows how they go and draws up the account. It knows of an example what its
/// `example.properties` says, and touches nothing but the API server, the broker and its files.
@NullMarked
package dev.warren.local.demo;

import org.jspecify.annotations.NullMarked;
