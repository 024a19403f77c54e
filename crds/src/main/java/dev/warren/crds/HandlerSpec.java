package dev.warren.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What runs a task: exactly one kind is set.
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value =
        "[has(self.java), has(self.http), has(self.exec), has(self.custom)].filter(x, x).size() == 1",
    message = "set exactly one of java, http, exec, custom")
public record HandlerSpec(
    @JsonPropertyDescription("A Java class that implements the handler API.") @Nullable Java java,
    @JsonPropertyDescription("An endpoint to which each task is posted.") @Nullable Http http,
    @JsonPropertyDescription("A command that runs tasks.") @Nullable Exec exec,
    @JsonPropertyDescription("The image brings its own consumer and gets only the connection.")
        @Nullable Custom custom) {

  private static final String URL = "^https?://[^/?#].*$";

  /// A Java class.
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Java(
      @Pattern(Names.JAVA_CLASS)
          @Size(max = 512)
          @ValidationRule(value = Names.JAVA_CLASS_RULE, message = Names.JAVA_CLASS_REMEDY)
          @JsonPropertyDescription(
              "Its name; the one that the image registers for java.util.ServiceLoader when left out.")
          @Nullable String className) {}

  /// An endpoint.
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Http(
      @Required
          @Pattern(URL)
          @Size(max = 2048)
          @ValidationRule(
              value = "self.matches('" + URL + "')",
              message = "use an absolute URL that begins with http:// or https:// and a host")
          @JsonPropertyDescription(
              "Where each task is posted, as an absolute URL of http or https.")
          String url) {}

  /// A command and its arguments; no shell is involved.
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Exec(
      @Required
          @Size(min = 1, max = 64)
          @ValidationRule(
              value = "self.size() == 0 || self[0] != ''",
              message = "the first item is empty; name the program to run")
          @JsonPropertyDescription("The program and its arguments; no shell is involved.")
          List<@Size(max = 4096) String> command,
      @Default("Process")
          @JsonPropertyDescription(
              "Process: one process for each task, which reads the body from its standard input. JsonLines: long-lived"
                  + " processes, which read a task from each line of it and answer each with a line.")
          @Nullable Protocol protocol) {}

  /// How a command gets its tasks.
  public enum Protocol {
    /// One process for each task.
    Process,
    /// Long-lived processes that speak JSON, line by line.
    JsonLines
  }

  /// Nothing to set.
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Custom() {}
}
