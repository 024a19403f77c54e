package dev.warren.crds;

/// One thing that is wrong with a resource.
///
/// @param field path from the resource's root; empty for the resource as a whole
record Refusal(String field, String message) {}
