/// TaskBroker: opens the RabbitMQ that its Secret names and says whether it answers.
@NullMarked
package dev.warren.operator.taskbroker;

import org.jspecify.annotations.NullMarked;
