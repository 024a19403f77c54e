package dev.warren.operator;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/// Reads objects of the API server without the record of who set which field: it takes most of the
/// memory of a small object, and of every copy that is made of it, and nobody here reads it.
///
/// Not the item store of an informer, of which the framework has one for all watched namespaces: a
/// list of one namespace would throw out what is known of the others.
@JsonIgnoreProperties("managedFields")
interface WithoutManagedFields {
  static KubernetesSerialization serialization() {
    var mapper = new ObjectMapper();
    mapper.addMixIn(ObjectMeta.class, WithoutManagedFields.class);
    return new KubernetesSerialization(mapper, true);
  }
}
