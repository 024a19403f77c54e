package dev.warren.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleTest {
  private static final Path DIRECTORY = Path.of("/examples/09-tea");

  @Test
  void runsMainClassesWithTheClassesAndLibrariesOfTheExample() throws IOException {
    var example = example("producer=tea.Orders", "account=tea.Cups");

    assertThat(example.producer())
        .containsSubsequence(
            "-cp", "/examples/09-tea/target/classes:/examples/09-tea/target/lib/*", "tea.Orders");
    assertThat(example.account()).endsWith("tea.Cups");
  }

  @Test
  void runsCommandsWithTheDirectoryOfTheExample() throws IOException {
    var example =
        example("producer.command=python3  {example}/orders.py --hot", "account.command=cups");

    assertThat(example.producer())
        .containsExactly("python3", "/examples/09-tea/orders.py", "--hot");
    assertThat(example.account()).containsExactly("cups");
  }

  @Test
  void readsWhatElseItSays() throws IOException {
    var example =
        example(
            "producer=tea.Orders",
            "account=tea.Cups",
            "done=cups on the table",
            "secret.postgres=tea/store",
            "refused.tea/ocean=above spec.ceilings.maxLength",
            "say.sugar=lumps of sugar");

    assertThat(example.doneMeans()).isEqualTo("cups on the table");
    assertThat(example.secrets()).containsOnly(entry("postgres", new ResourceName("tea", "store")));
    assertThat(example.refusals())
        .containsOnly(entry(new ResourceName("tea", "ocean"), "above spec.ceilings.maxLength"));
    assertThat(example.rows()).containsOnly(entry("sugar", "lumps of sugar"));
  }

  @Test
  void saysWhatIsWrong() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> example("producer=tea.Orders"))
        .withMessage("'account' is missing; name a main class, or a command as 'account.command'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> example("producer=a", "account=b", "secret.redis=store"))
        .withMessage("'store' is not of the form NAMESPACE/NAME");
  }

  @Test
  void namesTheFileThatIsWrong(@TempDir Path directory) throws IOException {
    var file = Files.writeString(directory.resolve("example.properties"), "account=b");

    assertThatExceptionOfType(DemoException.class)
        .isThrownBy(() -> Example.load(directory))
        .withMessageStartingWith(file + ": 'producer' is missing");
  }

  @Test
  void appliesYamlInTheOrderOfNames(@TempDir Path directory) throws IOException {
    for (var name : new String[] {"workers.yaml", "namespace.yaml", "README.md", "queues.yaml"}) {
      Files.createFile(directory.resolve(name));
    }
    Files.writeString(directory.resolve("example.properties"), "producer=a\naccount=b\n");

    assertThat(Example.load(directory).manifests())
        .extracting(file -> file.getFileName().toString())
        .containsExactly("namespace.yaml", "queues.yaml", "workers.yaml");
  }

  private static Example example(String... lines) throws IOException {
    var properties = new Properties();
    properties.load(new StringReader(String.join("\n", lines)));
    return Example.of(DIRECTORY, properties);
  }
}
