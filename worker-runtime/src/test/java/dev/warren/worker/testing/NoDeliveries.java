package dev.warren.worker.testing;

import dev.warren.worker.DeliverySource;

/// A source for tests that hand deliveries to the engine themselves.
public record NoDeliveries() implements DeliverySource {
  @Override
  public void allow(int deliveries) {}

  @Override
  public boolean isFetching() {
    return false;
  }

  @Override
  public void stopFetching() {}

  @Override
  public void close() {}
}
