package dev.warren.local.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// An operator as users write them: leader election, a finalizer, a dependent by server-side apply,
/// a status patched on each reconciliation.
@Tag("any-broker")
public class OperatorIT {
  private static Widgets widgets;
  private static Operator operator;
  private static final WidgetReconciler RECONCILER = new WidgetReconciler();

  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Spec(String color, int size) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Status(String message) {}

  @Group("test.warren.dev")
  @Version("v1")
  public static final class Widget extends CustomResource<@Nullable Spec, @Nullable Status>
      implements Namespaced {
    private static final long serialVersionUID = 1;
  }

  public static final class Colors extends CRUDKubernetesDependentResource<ConfigMap, Widget> {
    @Override
    protected ConfigMap desired(Widget widget, Context<Widget> context) {
      var spec = Objects.requireNonNull(widget.getSpec());
      return new ConfigMapBuilder()
          .withNewMetadata()
          .withName(widget.getMetadata().getName() + "-color")
          .withNamespace(widget.getMetadata().getNamespace())
          .endMetadata()
          .withData(Map.of("color", spec.color()))
          .build();
    }
  }

  @Workflow(dependents = @Dependent(type = Colors.class))
  @ControllerConfiguration
  public static final class WidgetReconciler implements Reconciler<Widget>, Cleaner<Widget> {
    private final AtomicInteger reconciliations = new AtomicInteger();
    private final AtomicInteger cleanups = new AtomicInteger();

    @Override
    public UpdateControl<Widget> reconcile(Widget widget, Context<Widget> context) {
      reconciliations.incrementAndGet();
      var spec = Objects.requireNonNull(widget.getSpec());
      widget.setStatus(new Status("%s of size %d".formatted(spec.color(), spec.size())));
      return UpdateControl.patchStatus(widget);
    }

    @Override
    public DeleteControl cleanup(Widget widget, Context<Widget> context) {
      cleanups.incrementAndGet();
      return DeleteControl.defaultDelete();
    }
  }

  @BeforeAll
  static void start() {
    widgets = new Widgets();
    var election =
        LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration("widget-operator")
            .withLeaseNamespace(Widgets.NAMESPACE)
            .withIdentity("only-one")
            .withExitOnStopLeading(false)
            .build();
    operator =
        new Operator(
            overrider ->
                overrider
                    .withKubernetesClient(widgets.client())
                    .withCloseClientOnStop(false)
                    .withLeaderElectionConfiguration(election));
    operator.register(RECONCILER);
    operator.start();
  }

  @AfterAll
  static void stop() {
    operator.stop();
    widgets.close();
  }

  @Test
  void reconcilesCleansUpAndRestsInBetween() {
    var handle = widgets.widget("operated", "{color: Red}");
    handle.create();
    awaitColor("Red");
    handle.edit(
        widget -> {
          widget.<Map<String, Object>>get("spec").put("color", "Green");
          return widget;
        });
    awaitColor("Green");
    var settled = handle.get().getMetadata().getResourceVersion();
    var reconciliations = RECONCILER.reconciliations.get();

    await().during(Duration.ofSeconds(2)).until(() -> reconciliationsAre(reconciliations));

    assertThat(handle.get().getMetadata().getResourceVersion()).isEqualTo(settled);
    assertThat(handle.get().<String>get("status", "message")).isEqualTo("Green of size 3");
    assertThat(handle.get().getFinalizers()).hasSize(1);
    assertThat(RECONCILER.cleanups).hasValue(0);
    handle.delete();
    await().until(() -> handle.get() == null);
    assertThat(RECONCILER.cleanups).hasValue(1);
    await().untilAsserted(() -> assertThat(colors()).isNull());
  }

  private static boolean reconciliationsAre(int count) {
    return RECONCILER.reconciliations.get() == count;
  }

  private static void awaitColor(String color) {
    await()
        .untilAsserted(
            () ->
                assertThat(colors())
                    .extracting(ConfigMap::getData)
                    .isEqualTo(Map.of("color", color)));
  }

  private static @Nullable ConfigMap colors() {
    return widgets
        .client()
        .configMaps()
        .inNamespace(Widgets.NAMESPACE)
        .withName("operated-color")
        .get();
  }
}
