package dev.warren.operator.metricsapi;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A request as it arrived.
///
/// @param method in capitals
/// @param path as it was written, with percent signs
/// @param text what follows the question mark; empty if there is none
/// @param headers by name, in whatever case it is written
/// @param chain the certificates that the client showed, its own first; its key has been proven,
///   but who signed them has not been looked at
record Query(
    String method,
    String path,
    String text,
    Map<String, List<String>> headers,
    List<X509Certificate> chain) {
  Query {
    var sorted = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    sorted.putAll(headers);
    headers = sorted;
    chain = List.copyOf(chain);
  }

  /// The values of a header, in their order.
  List<String> header(String name) {
    return headers.getOrDefault(name, List.of());
  }

  /// The headers whose names begin with this, by the rest of their names in small letters.
  Map<String, List<String>> headersBeginningWith(String prefix) {
    var found = new TreeMap<String, List<String>>();
    headers.forEach(
        (name, values) -> {
          if (name.regionMatches(true, 0, prefix, 0, prefix.length())) {
            found.put(name.substring(prefix.length()).toLowerCase(Locale.ROOT), values);
          }
        });
    return found;
  }

  /// The first value of a parameter.
  ///
  /// @throws IllegalArgumentException if it is not encoded as a URL wants it
  Optional<String> parameter(String name) {
    return Arrays.stream(text.split("&", -1))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> decode(pair[0]).equals(name))
        .map(pair -> pair.length == 2 ? decode(pair[1]) : "")
        .findFirst();
  }

  /// The path's segments, decoded.
  ///
  /// @throws IllegalArgumentException if it is not encoded as a URL wants it
  List<String> segments() {
    return Arrays.stream(path.split("/", -1))
        .filter(segment -> !segment.isEmpty())
        .map(segment -> decode(segment.replace("+", "%2B")))
        .toList();
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
