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

/// A fleet of pods that run the tasks of a TaskQueue.
@JsonClassDescription("A fleet of pods that run the tasks of a TaskQueue.")
@Group(Warren.GROUP)
@Version(Warren.VERSION)
@Plural("taskworkers")
@ShortNames("tw")
@Categories(Warren.CATEGORY)
@ValidationRule(
    value = "size(self.metadata.name) <= 63",
    message = "metadata.name has more than 63 characters, the most of a TaskWorker; shorten it")
@AdditionalPrinterColumn(name = "Queue", jsonPath = ".spec.queue")
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(
    name = "Pods",
    jsonPath = ".status.readyReplicas",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Wanted",
    jsonPath = ".status.scaling.wanted",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Why", jsonPath = ".status.scaling.reason")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public final class TaskWorker extends CustomResource<TaskWorkerSpec, TaskWorkerStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1;
}
