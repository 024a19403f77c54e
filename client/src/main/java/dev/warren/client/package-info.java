/// What a producer links against: a {@link dev.warren.client.TaskPublisher} that hands tasks to
/// RabbitMQ and knows of each whether the broker took it. Needs Java 17 and no JSON library.
@NullMarked
package dev.warren.client;

import org.jspecify.annotations.NullMarked;
