package dev.warren.operator.chart;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import dev.warren.crds.TaskBroker;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/// Reads objects by the types of Kubernetes and of Warren, which are made from the API's own
/// schema, and refuses fields that those do not have.
final class KnownFields {
  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .setAnnotationIntrospector(
              new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return false;
                }

                @Override
                public JsonIgnoreProperties.Value findPropertyIgnoralByName(
                    MapperConfig<?> config, Annotated annotated) {
                  return JsonIgnoreProperties.Value.empty();
                }
              });

  private static final KubernetesSerialization KINDS = new KubernetesSerialization();

  static {
    KINDS.registerKubernetesResource(TaskBroker.class);
  }

  private KnownFields() {}

  /// Fails with the path of a field that is not known. Objects of kinds that are not known pass.
  static void check(JsonNode object) throws JsonProcessingException {
    HasMetadata typed = KINDS.unmarshal(object.toString());
    if (!(typed instanceof GenericKubernetesResource)) {
      STRICT.treeToValue(object, typed.getClass());
    }
  }
}
