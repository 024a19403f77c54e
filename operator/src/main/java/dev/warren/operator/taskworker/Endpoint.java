package dev.warren.operator.taskworker;

/// Where, and by which right, somebody outside the API server asks for the wanted size of one
/// TaskWorker.
///
/// @param authorities whom to trust, in PEM
/// @param token what to show: good for this TaskWorker only
public record Endpoint(String url, String authorities, String token) {
  /// Leaves the token out.
  @Override
  public String toString() {
    return "Endpoint[url=%s]".formatted(url);
  }
}
