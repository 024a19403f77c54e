/// The engine's ports on RabbitMQ. The only package that imports its client.
///
/// One loop, {@link AmqpSource}, opens a {@link Session} and serves it until it breaks, then waits
/// a little and opens the next. In a session, each source is a {@link Subscription} with a loop of
/// the same kind over {@link ConsumerChannel}s, so that a queue that comes and goes disturbs no
/// other; when none is left to consume, the session ends. A session has two connections, because a
/// broker that is short of memory or disk stops reading from connections that publish: on one
/// connection acknowledgements would stop too, and the queue that must be drained never would be.
/// What a channel handed out can only be settled on that channel.
@NullMarked
package dev.warren.worker.amqp;

import org.jspecify.annotations.NullMarked;
