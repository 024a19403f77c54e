package dev.warren.crds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompatibilityTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {type: string}                  | {type: integer}                 | type is "integer", was "string"
          {type: string}                  | {type: string, default: a}      | default is "a", was none
          {type: string, default: a}      | {type: string}                  | default is none, was "a"
          {type: string, enum: [a, b]}    | {type: string, enum: [a, c]}    | enum is ["a","c"], was ["a","b"]
          {type: string}                  | {type: string, enum: [a]}       | enum is ["a"], was none
          {type: integer, minimum: 1}     | {type: integer, minimum: 2}     | minimum is 2, was 1
          {type: number, maximum: 9.5}    | {type: number, maximum: 9}      | maximum is 9, was 9.5
          {type: string}                  | {type: string, maxLength: 9}    | maxLength is 9, was none
          {type: array, minItems: 1}      | {type: array, minItems: 2}      | minItems is 2, was 1
          {type: string, pattern: "^a*$"} | {type: string, pattern: "^b*$"} | pattern is "^b*$", was "^a*$"
          {type: array}                   | {type: array, uniqueItems: true} | uniqueItems is true, was none
          {x-kubernetes-preserve-unknown-fields: true} | {type: object} | x-kubernetes-preserve-unknown-fields is none, was true
          """)
  void findsWhatAFieldNoLongerTakes(String before, String after, String broken)
      throws JsonProcessingException {
    var old = "{properties: {list: {items: %s}}}".formatted(before);
    var now = "{properties: {list: {items: %s}}}".formatted(after);

    assertThat(breaks(old, now)).contains("list[]: " + broken + "; put it back");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {type: integer, minimum: 1, maximum: 9} | {type: integer, minimum: 0, maximum: 10}
          {type: integer, minimum: 1.0}           | {type: integer, minimum: 1}
          {type: string, maxLength: 9}            | {type: string}
          {type: string, enum: [a]}               | {type: string, enum: [b, a]}
          {type: string, enum: [a]}               | {type: string}
          {type: string, pattern: "^a*$"}         | {type: string}
          {type: string, description: a}          | {type: string, description: b}
          {type: object, properties: {a: {type: string}}, required: [a]} | {type: object, properties: {a: {type: string}}}
          {type: object, properties: {}}          | {type: object, properties: {a: {type: string, minLength: 1}}}
          """)
  void letsAFieldTakeMore(String before, String after) throws JsonProcessingException {
    var old = "{properties: {a: %s}}".formatted(before);
    var now = "{properties: {a: %s}}".formatted(after);

    assertThat(breaks(old, now)).isEmpty();
  }

  @Test
  void findsAFieldThatIsGoneWithoutThoseBelowIt() throws JsonProcessingException {
    var old = "{properties: {a: {properties: {b: {properties: {c: {type: string}}}}}}}";
    var now = "{properties: {a: {properties: {}}}}";

    assertThat(breaks(old, now)).containsExactly("a.b: is gone; put it back");
  }

  @Test
  void findsAFieldThatMustBeSetFromNowOn() throws JsonProcessingException {
    var old = "{properties: {a: {type: string}}}";
    var now = "{properties: {a: {type: string}, b: {type: string}}, required: [a, b]}";

    assertThat(breaks(old, now))
        .containsExactly(
            "a: is required, was not; make it optional or give it a default",
            "b: is required, was not; make it optional or give it a default");
  }

  @Test
  void letsANewFieldBeRequiredWhereNoneCanLackIt() throws JsonProcessingException {
    var old = "{properties: {}}";
    var now =
        """
        properties:
          a: {type: string, default: x}
          b: {properties: {c: {type: string}}, required: [c]}
        required: [a]
        """;

    assertThat(breaks(old, now)).isEmpty();
  }

  @Test
  void findsANewRuleOnAnOldFieldOnly() throws JsonProcessingException {
    var old = "{properties: {a: {x-kubernetes-validations: [{rule: one, message: m1}]}}}";
    var now =
        """
        properties:
          a: {x-kubernetes-validations: [{rule: one, message: m}, {rule: two, message: m2}]}
          b: {x-kubernetes-validations: [{rule: three, message: m3}]}
        """;

    assertThat(breaks(old, now))
        .containsExactly("a: has a new rule, 'm2'; drop it if it refuses what was taken");
  }

  private static List<String> breaks(String before, String after) throws JsonProcessingException {
    return Compatibility.breaks(YAML.readTree(before), YAML.readTree(after));
  }
}
