package dev.warren.local.apiserver;

import static dev.warren.local.apiserver.Documents.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidationTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{type: integer} | 3 | ok",
        "{type: integer} | 3.0 | ok",
        "{type: integer} | '3' | Invalid value: \"3\": x in body must be of type integer",
        "{type: number, minimum: 0.5} | 0.4 | Invalid value: 0.4: x in body should be greater than or equal to 0.5",
        "{type: integer, maximum: 5} | 6 | Invalid value: 6: x in body should be less than or equal to 5",
        "{type: string, minLength: 1} | '' | Invalid value: \"\": x in body should be at least 1 chars long",
        "{type: string, maxLength: 2} | abc | Too long: may not be more than 2 bytes",
        "{type: string, pattern: '^a+$'} | aa | ok",
        "{type: string, pattern: '^a+$'} | ab | Invalid value: \"ab\": x in body should match '^a+$'",
        "{type: string, enum: [a, b]} | c | Unsupported value: \"c\": supported values: \"a\", \"b\"",
        "{type: array, maxItems: 1, items: {type: string}} | [a, b] | Too many: 2: must have at most 1 items",
        "{x-kubernetes-int-or-string: true} | '3' | ok",
        "{x-kubernetes-int-or-string: true} | 3 | ok",
        "{type: object, additionalProperties: {type: integer}} | {a: 1} | ok",
        "{type: string, nullable: true} | null | ok",
        "{type: object, oneOf: [{required: [a]}, {required: [b]}]} | {a: 1} | ok",
        "{type: object, oneOf: [{required: [a]}, {required: [b]}]} | {a: 1, b: 2} | Invalid value: \"object\": x in body must validate one and only one schema (oneOf)",
      })
  void checksAValue(String schema, String value, String message) {
    var whole = yaml("{type: object, properties: {x: %s}}".formatted(schema));

    var causes = Validation.validate(yaml("{x: %s}".formatted(value)), whole);

    if (message.equals("ok")) {
      assertThat(causes).isEmpty();
    } else {
      assertThat(causes).extracting(Object::toString).containsExactly("x: " + message);
    }
  }
}
