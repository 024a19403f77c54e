package dev.warren.examples.media;

import java.net.URI;

/// The JSON body of every task of this example: what to read and what to write, and not a byte of
/// either.
///
/// @param source where the upload is: a `file`, or a URL of `http` or `https` such as object stores
///   sign them
/// @param target the file to write, on a volume that workers share
public record MediaTask(URI source, String target) {}
