package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// One write.
///
/// @param version the version that it made
/// @param before the document before, null if there was none
/// @param after the document after, null if it was deleted
/// @param latest the document after or, if it was deleted, as it was at the end, with the version
///   of this change
record Change(
    long version,
    ObjectKey key,
    @Nullable ObjectNode before,
    @Nullable ObjectNode after,
    JsonText latest) {}
