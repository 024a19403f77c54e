package dev.warren.client;

import java.time.Instant;
import java.util.UUID;

/// Makes task ids: UUIDs of version 7 (RFC 9562), which sort by the millisecond they were made in.
final class UuidV7 {
  private UuidV7() {}

  static UUID create() {
    return of(Instant.now(), UUID.randomUUID());
  }

  /// The id of this time, with the 74 random bits of a UUID of version 4; the variant is the same.
  static UUID of(Instant time, UUID random) {
    var high = time.toEpochMilli() << 16 | 0x7000 | (random.getMostSignificantBits() & 0x0fff);
    return new UUID(high, random.getLeastSignificantBits());
  }
}
