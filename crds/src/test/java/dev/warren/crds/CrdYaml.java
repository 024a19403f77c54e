package dev.warren.crds;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// Generates the YAML of the CRDs from their Java types, and adds what the generator cannot know:
/// the order of the printed columns (that of the annotations), the key of the list of conditions,
/// the type of a map's values, and what the fields of Kubernetes' own types mean.
final class CrdYaml {
  private static final String NOTE =
      "# Generated from the Java types of module crds; do not edit. See CONTRIBUTING.md.\n";

  private static final JSONSchemaProps STRING_OR_INTEGER =
      new JSONSchemaPropsBuilder().withXKubernetesIntOrString(true).withMaxLength(255L).build();

  private static final Map<String, String> RESOURCE =
      Map.of("spec", "What is wanted.", "status", "What the operator found and did.");
  private static final Map<String, String> CONDITION =
      Map.of(
          "type", "Ready, Progressing or Degraded; Reconciling or Stalled, for kstatus.",
          "status", "True, False or Unknown.",
          "reason", "Why, in one word that programs may compare.",
          "message", "Why, in words: what it is about, and what to do.",
          "lastTransitionTime", "When `status` changed last.",
          "observedGeneration", "The metadata.generation that this condition is of.");
  private static final Map<String, String> SELECTOR =
      Map.of(
          "matchLabels", "Labels that must be there, with these values.",
          "matchExpressions", "What else must hold of the labels, all of it.");
  private static final Map<String, String> EXPRESSION =
      Map.of(
          "key", "Name of a label.",
          "operator", "In, NotIn, Exists or DoesNotExist.",
          "values", "With which In and NotIn compare the label's value.");

  private CrdYaml() {}

  /// The YAML document of one kind.
  static String of(Class<? extends HasMetadata> kind) {
    var generated = new ArrayList<CustomResourceDefinition>();
    new CRDGenerator()
        .customResourceClasses(List.of(kind))
        .forCRDVersions("v1")
        .withPostProcessor(
            new CRDPostProcessor() {
              @Override
              public HasMetadata process(HasMetadata crd, String crdSpecVersion) {
                generated.add((CustomResourceDefinition) crd);
                return crd;
              }
            })
        .withOutput(new Discarded())
        .generate();
    var crd = generated.getFirst();
    crd.getMetadata().setAnnotations(Map.of(Warren.RELEASE, System.getProperty("warren.release")));
    crd.getSpec().getVersions().forEach(version -> complete(version, kind));
    return NOTE + Serialization.asYaml(crd);
  }

  private static void complete(CustomResourceDefinitionVersion version, Class<?> kind) {
    var columns = columnNames(kind);
    version
        .getAdditionalPrinterColumns()
        .sort(
            Comparator.comparingInt(
                (CustomResourceColumnDefinition column) -> columns.indexOf(column.getName())));
    var root = version.getSchema().getOpenAPIV3Schema();
    root.setDescription(kind.getAnnotation(JsonClassDescription.class).value());
    var spec = property(root, "spec");
    if (spec.getRequired().isEmpty()) {
      spec.setDefault(JsonNodeFactory.instance.objectNode());
    } else {
      root.setRequired(List.of("spec"));
    }
    // The generator restricts the values of a map, which would prune what is below them.
    spec.getProperties().values().stream()
        .filter(schema -> Boolean.TRUE.equals(schema.getXKubernetesPreserveUnknownFields()))
        .forEach(schema -> schema.setAdditionalProperties(null));
    describe(root, RESOURCE);
    everySchema(root).forEach(CrdYaml::correct);
    var status = property(root, "status");
    // Of a resource that nobody has looked at, or kstatus takes it for current.
    status.setDefault(JsonNodeFactory.instance.objectNode().put("observedGeneration", -1));
    var conditions = property(status, "conditions");
    conditions.setXKubernetesListType("map");
    conditions.setXKubernetesListMapKeys(List.of("type"));
    var condition = conditions.getItems().getSchema();
    condition.setRequired(List.of("type", "status"));
    describe(condition, CONDITION);
  }

  /// A schema and all that are below it.
  private static Stream<JSONSchemaProps> everySchema(JSONSchemaProps schema) {
    var items = schema.getItems() == null ? null : schema.getItems().getSchema();
    return Stream.concat(
        Stream.of(schema),
        Stream.concat(schema.getProperties().values().stream(), Stream.ofNullable(items))
            .flatMap(CrdYaml::everySchema));
  }

  /// Removes the second copy of the rules on a record's component, which the generator finds on its
  /// accessor as well as on its field; and lets the values of a map be what CEL can look at, which
  /// are strings and integers; and says what a label selector means.
  private static void correct(JSONSchemaProps schema) {
    schema.setXKubernetesValidations(
        schema.getXKubernetesValidations().stream().distinct().toList());
    if (schema.getAdditionalProperties() != null) {
      schema.getAdditionalProperties().setSchema(STRING_OR_INTEGER);
    }
    if (schema.getProperties().containsKey("matchExpressions")) {
      describe(schema, SELECTOR);
      describe(property(schema, "matchExpressions").getItems().getSchema(), EXPRESSION);
    }
  }

  private static void describe(JSONSchemaProps schema, Map<String, String> descriptions) {
    descriptions.forEach((name, description) -> property(schema, name).setDescription(description));
  }

  private static JSONSchemaProps property(JSONSchemaProps schema, String name) {
    return Objects.requireNonNull(schema.getProperties().get(name), name);
  }

  private static List<String> columnNames(Class<?> kind) {
    return Arrays.stream(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
        .map(AdditionalPrinterColumn::name)
        .toList();
  }

  /// Takes the generator's own output, which lacks what {@link #complete} adds.
  private static final class Discarded implements CRDGenerator.CRDOutput<OutputStream> {
    @Override
    public OutputStream outputFor(String crdName) {
      return OutputStream.nullOutputStream();
    }

    @Override
    public void close() {}
  }
}
