/// TaskQueue: from its spec to exchanges, queues, bindings, policies and a producer's user in
/// RabbitMQ. The reconciler observes, plans, applies and reports; the planner is pure.
@NullMarked
package dev.warren.operator.taskqueue;

import org.jspecify.annotations.NullMarked;
