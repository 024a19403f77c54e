package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// What a request is answered with.
///
/// @param code HTTP status
/// @param body a document, table or `Status`
record Answer(int code, ObjectNode body) {}
