package dev.warren.operator.taskbroker;

import dev.warren.operator.broker.BrokerException;
import dev.warren.operator.broker.BrokerFeatures;
import dev.warren.operator.broker.FiguresSource;

/// What was found behind a TaskBroker.
sealed interface ObservedBroker {
  /// There is no such Secret.
  record SecretMissing() implements ObservedBroker {}

  /// The operator may not read the Secret.
  record SecretForbidden() implements ObservedBroker {}

  /// The Secret does not say where the broker is.
  record SecretInvalid(String why) implements ObservedBroker {}

  /// What `spec.tls` refers to is missing or is not what it should be.
  record TlsInvalid(String why) implements ObservedBroker {}

  /// The broker did not answer as it should.
  record Failed(BrokerException failure) implements ObservedBroker {}

  /// It did.
  record Connected(BrokerFeatures features, FiguresSource figures) implements ObservedBroker {}
}
