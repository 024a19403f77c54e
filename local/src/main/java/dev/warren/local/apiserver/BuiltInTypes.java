package dev.warren.local.apiserver;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The built-in kinds that Warren, its chart and its users touch.
final class BuiltInTypes {
  /// A group whose names may hold more than others' may.
  static final String RBAC = "rbac.authorization.k8s.io";

  /// Group (- for the core), version, plural, kind, scope, subresources, short names.
  private static final String TABLE =
      """
      -                         v1 namespaces                Namespace                cluster    status       ns
      -                         v1 nodes                     Node                     cluster    status       no
      -                         v1 pods                      Pod                      namespaced status       po
      -                         v1 configmaps                ConfigMap                namespaced -            cm
      -                         v1 secrets                   Secret                   namespaced -            -
      -                         v1 services                  Service                  namespaced status       svc
      -                         v1 serviceaccounts           ServiceAccount           namespaced -            sa
      -                         v1 persistentvolumeclaims    PersistentVolumeClaim    namespaced status       pvc
      -                         v1 events                    Event                    namespaced -            ev
      apps                      v1 deployments               Deployment               namespaced status,scale deploy
      apps                      v1 replicasets               ReplicaSet               namespaced status,scale rs
      apps                      v1 statefulsets              StatefulSet              namespaced status,scale sts
      autoscaling               v2 horizontalpodautoscalers  HorizontalPodAutoscaler  namespaced status       hpa
      policy                    v1 poddisruptionbudgets      PodDisruptionBudget      namespaced status       pdb
      coordination.k8s.io       v1 leases                    Lease                    namespaced -            -
      networking.k8s.io         v1 networkpolicies           NetworkPolicy            namespaced -            netpol
      rbac.authorization.k8s.io v1 roles                     Role                     namespaced -            -
      rbac.authorization.k8s.io v1 rolebindings              RoleBinding              namespaced -            -
      rbac.authorization.k8s.io v1 clusterroles              ClusterRole              cluster    -            -
      rbac.authorization.k8s.io v1 clusterrolebindings       ClusterRoleBinding       cluster    -            -
      apiregistration.k8s.io    v1 apiservices               APIService               cluster    status       -
      apiextensions.k8s.io      v1 customresourcedefinitions CustomResourceDefinition cluster    status       crd,crds
      """;

  private static final ResourceType.ScalePaths SCALE =
      new ResourceType.ScalePaths(".spec.replicas", ".status.replicas", "");

  static final List<ResourceType> ALL = TABLE.lines().map(BuiltInTypes::type).toList();

  private BuiltInTypes() {}

  private static ResourceType type(String line) {
    var cells = List.of(line.split(" +", -1));
    var subresources = list(cells.get(5));
    var kind = cells.get(3);
    return new ResourceType(
        cells.get(0).equals("-") ? "" : cells.get(0),
        cells.get(1),
        cells.get(2),
        kind,
        cells.get(4).equals("namespaced"),
        list(cells.get(6)),
        kind.equals("Pod") || kind.equals("Deployment") ? List.of("all") : List.of(),
        subresources.contains("status"),
        Optional.of(SCALE).filter(_ -> subresources.contains("scale")),
        Optional.empty(),
        BuiltInColumns.of(kind));
  }

  private static List<String> list(String cell) {
    return cell.equals("-") ? List.of() : Arrays.asList(cell.split(",", -1));
  }
}
