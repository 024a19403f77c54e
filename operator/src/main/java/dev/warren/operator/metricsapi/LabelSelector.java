package dev.warren.operator.metricsapi;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// A selector of labels in its text form, all of whose requirements must hold: `a=b`, `a==b`,
/// `a!=b`, `a in (b,c)`, `a notin (b,c)`, `a`, `!a`.
record LabelSelector(List<Requirement> requirements) {
  LabelSelector {
    requirements = List.copyOf(requirements);
  }

  /// One of them.
  sealed interface Requirement {
    boolean matches(Map<String, String> labels);
  }

  /// The label has one of these values.
  record In(String key, Set<String> values) implements Requirement {
    In {
      values = Set.copyOf(values);
    }

    @Override
    public boolean matches(Map<String, String> labels) {
      return labels.containsKey(key) && values.contains(labels.get(key));
    }
  }

  /// The label has none of these values, or there is no such label.
  record NotIn(String key, Set<String> values) implements Requirement {
    NotIn {
      values = Set.copyOf(values);
    }

    @Override
    public boolean matches(Map<String, String> labels) {
      return !labels.containsKey(key) || !values.contains(labels.get(key));
    }
  }

  /// There is such a label.
  record Exists(String key) implements Requirement {
    @Override
    public boolean matches(Map<String, String> labels) {
      return labels.containsKey(key);
    }
  }

  /// There is no such label.
  record Absent(String key) implements Requirement {
    @Override
    public boolean matches(Map<String, String> labels) {
      return !labels.containsKey(key);
    }
  }

  /// Reads the text form; an empty one matches everything.
  ///
  /// @throws IllegalArgumentException if it is none; says what is wrong
  static LabelSelector parse(String text) {
    return new LabelSelector(new SelectorParser(text).parse());
  }

  boolean matches(Map<String, String> labels) {
    return requirements.stream().allMatch(requirement -> requirement.matches(labels));
  }
}
