package dev.warren.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The command line of {@link PlatformMain}.
///
/// @param directory everything that the platform writes lies below it; absolute
/// @param images file in the format of {@link dev.warren.local.pods.LocalImages}
/// @param apiPort 0 for any free one
/// @param ownerPid the platform stops when this process is gone; empty for never
record PlatformOptions(Path directory, Path images, int apiPort, Optional<Long> ownerPid) {
  private static final String USAGE =
      "usage: --dir DIR --images FILE [--api-port PORT] [--owner-pid PID]";
  private static final Set<String> NAMES = Set.of("--dir", "--images", "--api-port", "--owner-pid");

  /// @throws IllegalArgumentException naming all that is wrong
  static PlatformOptions parse(List<String> arguments) {
    var problems = new ArrayList<String>();
    var values = values(arguments, problems);
    var directory = required("--dir", values, problems);
    var images = required("--images", values, problems);
    var apiPort = number("--api-port", values, 65_535, problems);
    var ownerPid = number("--owner-pid", values, Long.MAX_VALUE, problems);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("%s; %s".formatted(String.join("; ", problems), USAGE));
    }
    return new PlatformOptions(
        directory.toAbsolutePath().normalize(),
        images,
        apiPort.map(Math::toIntExact).orElse(0),
        ownerPid);
  }

  private static Map<String, String> values(List<String> arguments, List<String> problems) {
    var values = new HashMap<String, String>();
    for (int i = 0; i < arguments.size(); i += 2) {
      var name = arguments.get(i);
      if (!NAMES.contains(name)) {
        problems.add("unknown option '%s'".formatted(name));
      }
      values.put(name, i + 1 < arguments.size() ? arguments.get(i + 1) : "");
    }
    return values;
  }

  private static Path required(String name, Map<String, String> values, List<String> problems) {
    var value = values.getOrDefault(name, "");
    if (value.isEmpty()) {
      problems.add(name + " is missing");
    }
    return Path.of(value);
  }

  private static Optional<Long> number(
      String name, Map<String, String> values, long max, List<String> problems) {
    if (!values.containsKey(name)) {
      return Optional.empty();
    }
    var value = values.getOrDefault(name, "");
    if (value.matches("\\d{1,18}") && Long.parseLong(value) <= max) {
      return Optional.of(Long.parseLong(value));
    }
    problems.add("%s: '%s' is no number up to %d".formatted(name, value, max));
    return Optional.empty();
  }
}
