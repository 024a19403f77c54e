package dev.warren.local;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Holds the arrows between modules and the absence of package cycles (`ARCHITECTURE.md`).
class ArchitectureTest {
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.warren");

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "model, none",
        "client, model",
        "worker, model",
        "crds, none",
        "operator, crds model",
        "local, operator worker crds model",
        "examples, worker client model",
        "benchmarks, operator worker client model",
      })
  void moduleDependsOnlyAlongTheArrows(String module, String allowed) {
    assertThat(ALL.that(resideInAPackage(in(module)))).as(module).isNotEmpty();

    classes()
        .that()
        .resideInAPackage(in(module))
        .should()
        .onlyDependOnClassesThat(are(notOurs().or(resideInAnyPackage(packages(module, allowed)))))
        .check(ALL);
  }

  @Test
  void noPackagesFormACycle() {
    slices().matching("dev.warren.(**)").should().beFreeOfCycles().check(ALL);
  }

  @Test
  void modelNeedsNothingButTheJdk() {
    classes()
        .that()
        .resideInAPackage(in("model"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.warren.model..", "java..", "javax.net.ssl..", "org.jspecify..")
        .check(ALL);
  }

  @Test
  void workerNeverSeesKubernetes() {
    noClasses()
        .that()
        .resideInAPackage(in("worker"))
        .should()
        .dependOnClassesThat(kubernetes())
        .check(ALL);
  }

  @Test
  void onlyTheAmqpPackageOfTheWorkerSeesTheBrokersClient() {
    noClasses()
        .that()
        .resideInAPackage(in("worker"))
        .and()
        .resideOutsideOfPackage("dev.warren.worker.amqp..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.rabbitmq..")
        .check(ALL);
  }

  @Test
  void onlyTracingAndThePodOfTheWorkerSeeOpenTelemetry() {
    noClasses()
        .that()
        .resideInAPackage("dev.warren..")
        .and()
        .resideOutsideOfPackages("dev.warren.worker.tracing..", "dev.warren.worker.pod..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.opentelemetry..")
        .check(ALL);
  }

  @Test
  void onlyThePodStartsTheSdkOfOpenTelemetry() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.warren.worker.pod..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.opentelemetry.sdk..")
        .check(ALL);
  }

  @Test
  void scalingDecidesWithoutKubernetes() {
    noClasses()
        .that()
        .resideInAPackage("dev.warren.operator.scaling..")
        .should()
        .dependOnClassesThat(kubernetes())
        .check(ALL);
  }

  private static DescribedPredicate<JavaClass> kubernetes() {
    return resideInAnyPackage("io.fabric8..", "io.javaoperatorsdk..", "dev.warren.crds..");
  }

  private static DescribedPredicate<JavaClass> notOurs() {
    return DescribedPredicate.not(resideInAPackage("dev.warren.."));
  }

  private static String[] packages(String module, @Nullable String allowed) {
    var others = allowed == null ? List.<String>of() : List.of(allowed.split(" "));
    return Stream.concat(Stream.of(module), others.stream())
        .map(ArchitectureTest::in)
        .toArray(String[]::new);
  }

  private static String in(String module) {
    return "dev.warren." + module + "..";
  }
}
