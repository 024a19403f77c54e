package dev.warren.examples.platform;

/// The JSON body of every task of this example.
///
/// @param tenant to whom the order was given
/// @param book directory in which orders are written down
public record Order(String tenant, String book) {}
