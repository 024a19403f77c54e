package dev.warren.local.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.local.pods.LaunchPlan.Blocked;
import dev.warren.local.pods.LaunchPlan.Launch;
import dev.warren.local.pods.LocalImages.LocalImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LaunchPlannerTest {
  private static final LocalImages IMAGES =
      new LocalImages(
          Map.of(
              "tool",
              new LocalImage(List.of("run"), List.of("--plain"), Map.of("FROM_IMAGE", "yes"))));
  private static final LaunchPlanner PLANNER =
      new LaunchPlanner(
          IMAGES,
          new TestPods.Source(
              Map.of("settings/color", "red", "settings/size", "3"), Map.of("keys/token", "t0k")));

  @Test
  void runsTheImagesCommandAndArguments() {
    assertThat(launch("").command()).containsExactly("run", "--plain");
  }

  @Test
  void argumentsReplaceThoseOfTheImage() {
    assertThat(launch("args: [--fancy]").command()).containsExactly("run", "--fancy");
  }

  @Test
  void commandReplacesArgumentsOfTheImageToo() {
    assertThat(launch("command: [other]").command()).containsExactly("other");
  }

  @Test
  void expandsVariablesOfEarlierLinesAndInArguments() {
    var launch =
        launch(
            """
            args: ["--name=$(BOTH)", "$$(BOTH)", "$(UNKNOWN)"]
            env:
              - {name: A, value: a}
              - {name: BOTH, value: "$(A)-$(LATER)"}
              - {name: LATER, value: b}
            """);

    assertThat(launch.environment()).containsEntry("BOTH", "a-$(LATER)");
    assertThat(launch.command())
        .containsExactly("run", "--name=a-$(LATER)", "$(BOTH)", "$(UNKNOWN)");
  }

  @Test
  void resolvesFieldsOfThePod() {
    var launch =
        launch(
            """
            env:
              - {name: NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
              - {name: NAMESPACE, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}}
              - {name: IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
              - {name: NODE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}
              - {name: APP, valueFrom: {fieldRef: {fieldPath: "metadata.labels['app']"}}}
            """);

    assertThat(launch.environment())
        .containsEntry("NAME", "p")
        .containsEntry("NAMESPACE", "ns")
        .containsEntry("IP", "127.9.9.9")
        .containsEntry("NODE", "local")
        .containsEntry("APP", "demo");
  }

  @Test
  void resolvesConfigMapsAndSecrets() {
    var launch =
        launch(
            """
            envFrom:
              - {prefix: SET_, configMapRef: {name: settings}}
            env:
              - {name: TOKEN, valueFrom: {secretKeyRef: {name: keys, key: token}}}
              - {name: NONE, valueFrom: {secretKeyRef: {name: gone, key: x, optional: true}}}
            """);

    assertThat(launch.environment())
        .containsEntry("SET_color", "red")
        .containsEntry("SET_size", "3")
        .containsEntry("TOKEN", "t0k")
        .containsEntry("FROM_IMAGE", "yes")
        .doesNotContainKey("NONE");
  }

  @Test
  void rewritesPathsBelowMounts() {
    var launch =
        launch(
            """
            args: [/etc/app, /etc/app/deep/file, /etc/application]
            env:
              - {name: FILE, value: /etc/app/file}
              - {name: END, value: /dev/termination-log}
            volumeMounts:
              - {name: outer, mountPath: /etc/app}
              - {name: inner, mountPath: /etc/app/deep}
            """);

    var volumes = "/platform/pods/u-1/volumes/";
    assertThat(launch.command())
        .containsExactly("run", volumes + "outer", volumes + "inner/file", "/etc/application");
    assertThat(launch.environment())
        .containsEntry("FILE", volumes + "outer/file")
        .containsEntry("END", "/platform/pods/u-1/termination-log");
  }

  @Test
  void givesTheKubeconfigToPodsWithAServiceAccount() {
    assertThat(launch("").environment()).containsEntry("KUBECONFIG", "/platform/kubeconfig");
  }

  @Test
  void worksInThePodsDirectory() {
    assertThat(launch("").workingDirectory()).isEqualTo(Path.of("/platform/pods/u-1"));
  }

  @Test
  void namesAnUnknownImageAndTheKnownOnes() {
    var pod = TestPods.pod("");
    pod.getSpec().getContainers().getFirst().setImage("missing:1");

    var plan = PLANNER.plan(pod, TestPods.place(pod));

    assertThat(plan)
        .isEqualTo(
            new Blocked(
                "ImagePullBackOff",
                "image \"missing:1\" is not on this machine; local images: tool"));
  }

  @Test
  void namesAMissingSecretAndAMissingKey() {
    assertThat(plan("env: [{name: A, valueFrom: {secretKeyRef: {name: gone, key: x}}}]"))
        .isEqualTo(new Blocked("CreateContainerConfigError", "secret \"gone\" not found"));
    assertThat(plan("env: [{name: A, valueFrom: {configMapKeyRef: {name: settings, key: x}}}]"))
        .isEqualTo(
            new Blocked(
                "CreateContainerConfigError", "couldn't find key x in ConfigMap ns/settings"));
  }

  private static Launch launch(String container) {
    return (Launch) plan(container);
  }

  private static LaunchPlan plan(String container) {
    var pod = TestPods.pod(container);
    return PLANNER.plan(pod, TestPods.place(pod));
  }
}
