package dev.warren.local.apiserver;

import static dev.warren.local.apiserver.Documents.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergeTest {
  /// The table of RFC 7386, appendix A, as far as it is about objects.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{a: b} | {a: c} | {a: c}",
        "{a: b} | {b: c} | {a: b, b: c}",
        "{a: b} | {a: null} | {}",
        "{a: b, b: c} | {a: null} | {b: c}",
        "{a: [b]} | {a: c} | {a: c}",
        "{a: c} | {a: [b]} | {a: [b]}",
        "{a: {b: c}} | {a: {b: d, c: null}} | {a: {b: d}}",
        "{a: [{b: c}]} | {a: [1]} | {a: [1]}",
        "{e: null} | {a: 1} | {e: null, a: 1}",
        "{} | {a: {bb: {ccc: null}}} | {a: {bb: {}}}",
      })
  void mergesPlainly(String target, String patch, String result) {
    assertThat(Merge.merge(yaml(target), yaml(patch), new Shape.Plain())).isEqualTo(yaml(result));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{env: [{name: a, value: 1}]} | {env: [{name: b}]} | {env: [{name: a, value: 1}, {name: b}]}",
        "{env: [{name: a, value: 1}]} | {env: [{name: a, value: 2}]} | {env: [{name: a, value: 2}]}",
        "{env: [{name: a}, {name: b}]} | {env: [{name: a, $patch: delete}]} | {env: [{name: b}]}",
        "{env: [{name: a}]} | {env: [{$patch: replace}, {name: b}]} | {env: [{name: b}]}",
        "{env: [{name: a}]} | {$setElementOrder/env: [{name: a}]} | {env: [{name: a}]}",
        "{finalizers: [a]} | {finalizers: [b, a]} | {finalizers: [a, b]}",
        "{finalizers: [a, b]} | {$deleteFromPrimitiveList/finalizers: [a]} | {finalizers: [b]}",
        "{args: [a]} | {args: [b]} | {args: [b]}",
        "{ports: [{port: 1, name: x}]} | {ports: [{port: 1, name: y}]} | {ports: [{port: 1, name: y}]}",
        "{a: {b: 1, c: 2}} | {a: {$patch: replace, c: 3}} | {a: {c: 3}}",
      })
  void mergesListsByTheirKeys(String target, String patch, String result) {
    assertThat(Merge.merge(yaml(target), yaml(patch), new Shape.Named(""))).isEqualTo(yaml(result));
  }
}
