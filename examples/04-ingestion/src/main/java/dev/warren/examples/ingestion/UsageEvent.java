package dev.warren.examples.ingestion;

/// A row of the table.
///
/// @param id the task's
record UsageEvent(String tenant, String id, int units) {}
