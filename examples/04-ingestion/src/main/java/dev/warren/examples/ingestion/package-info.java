/// Usage of two tenants, ingested into PostgreSQL in batches and counted once. {@link
/// dev.warren.examples.ingestion.IngestHandler} is what an application writes; {@link
/// dev.warren.examples.ingestion.Metering} gives it something to do, and {@link
/// dev.warren.examples.ingestion.Account} asks the database what came of it.
@NullMarked
package dev.warren.examples.ingestion;

import org.jspecify.annotations.NullMarked;
