package dev.warren.crds;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/// A durable queue of tasks with retries and a dead-letter queue.
@JsonClassDescription("A durable queue of tasks with retries and a dead-letter queue.")
@Group(Warren.GROUP)
@Version(Warren.VERSION)
@Plural("taskqueues")
@ShortNames("tq")
@Categories(Warren.CATEGORY)
@ValidationRule(
    value = "size(self.metadata.name) <= 63",
    message = "metadata.name has more than 63 characters, the most of a TaskQueue; shorten it")
@ValidationRule(
    value = "!self.metadata.name.startsWith('warren.') && !self.metadata.name.startsWith('amq.')",
    message =
        "metadata.name begins with 'warren.' or 'amq.', which belong to Warren and RabbitMQ; choose another")
@ValidationRule(
    value = "!self.metadata.name.endsWith('.dlq')",
    message = "metadata.name ends in '.dlq', which belongs to dead-letter queues; choose another")
@ValidationRule(
    value = "!self.metadata.name.matches('[.]g?[0-9]+$')",
    message =
        "metadata.name ends in '.<number>' or '.g<number>', which belong to shards and generations of queues; choose another,"
            + " such as one with '-' before the number")
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(
    name = "Waiting",
    jsonPath = ".status.ready",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Running",
    jsonPath = ".status.unacknowledged",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Dead",
    jsonPath = ".status.deadLettered",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Workers",
    jsonPath = ".status.workers",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public final class TaskQueue extends CustomResource<TaskQueueSpec, TaskQueueStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1;
}
