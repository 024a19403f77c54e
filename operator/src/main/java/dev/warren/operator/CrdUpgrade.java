package dev.warren.operator;

import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskWorker;
import dev.warren.crds.Warren;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor.Version;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the CRDs of the cluster to the release of this operator, which `helm upgrade` does not
/// do. Never back: newer CRDs take what an older operator knows, and a rollback must not prune what
/// the newer one wrote. A CRD that is not there is not made, which takes the right to make any.
final class CrdUpgrade {
  private static final Logger LOG = LoggerFactory.getLogger(CrdUpgrade.class);
  private static final Version NONE = Version.parse("0");

  private final KubernetesClient client;

  CrdUpgrade(KubernetesClient client) {
    this.client = client;
  }

  /// Upgrades those that are of an older release, or of one that says of itself nothing. What the
  /// API server refuses is logged: somebody else may look after them.
  void run() {
    for (var kind : List.of(TaskBroker.class, TaskQueue.class, TaskWorker.class)) {
      var wanted = read(kind);
      try {
        upgrade(wanted);
      } catch (KubernetesClientException e) {
        LOG.atWarn()
            .addKeyValue("crd", wanted.getMetadata().getName())
            .addKeyValue("release", release(wanted))
            .setCause(e)
            .log("The CRD could not be upgraded; apply crds/ of this release by hand");
      }
    }
  }

  private void upgrade(CustomResourceDefinition wanted) {
    var crds = client.apiextensions().v1().customResourceDefinitions();
    var found = crds.withName(wanted.getMetadata().getName()).get();
    if (found != null && release(found).compareTo(release(wanted)) < 0) {
      crds.resource(wanted).fieldManager("warren").forceConflicts().serverSideApply();
      LOG.atInfo()
          .addKeyValue("crd", wanted.getMetadata().getName())
          .addKeyValue("from", release(found))
          .addKeyValue("to", release(wanted))
          .log("Upgraded the CRD");
    }
  }

  private static Version release(CustomResourceDefinition crd) {
    return Optional.ofNullable(crd.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(Warren.RELEASE))
        .map(CrdUpgrade::version)
        .orElse(NONE);
  }

  private static Version version(String text) {
    try {
      return Version.parse(text);
    } catch (IllegalArgumentException _) {
      return NONE;
    }
  }

  private static CustomResourceDefinition read(Class<? extends CustomResource<?, ?>> kind) {
    try (var yaml = kind.getResourceAsStream(CustomResource.getCRDName(kind) + ".yaml")) {
      return Serialization.unmarshal(Objects.requireNonNull(yaml), CustomResourceDefinition.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
