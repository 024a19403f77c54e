/// Access to RabbitMQ: what is in a vhost as one snapshot, what to change as data, and one {@link
/// dev.warren.operator.broker.Broker} per TaskBroker that reads the one and writes the other
/// through the management API.
@NullMarked
package dev.warren.operator.broker;

import org.jspecify.annotations.NullMarked;
