package dev.warren.crds;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/// A RabbitMQ that TaskQueues may use. It belongs to the platform team; application teams only name
/// it.
@JsonClassDescription("A RabbitMQ that TaskQueues may use.")
@Group(Warren.GROUP)
@Version(Warren.VERSION)
@Plural("taskbrokers")
@ShortNames("tb")
@Categories(Warren.CATEGORY)
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "Version", jsonPath = ".status.version")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public final class TaskBroker extends CustomResource<TaskBrokerSpec, TaskBrokerStatus> {
  private static final long serialVersionUID = 1;
}
