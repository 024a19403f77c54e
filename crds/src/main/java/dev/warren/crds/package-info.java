/// The custom resources of group `warren.dev` as Java types, from which the CRDs beside the
/// module's `pom.xml` are generated. A null component is a field that its author left out: defaults
/// reach the schema, not Java, because a resource may come from an API server that knew an older
/// schema.
@NullMarked
package dev.warren.crds;

import org.jspecify.annotations.NullMarked;
