package dev.warren.worker.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// A mounted Secret that says how to reach a store: a directory with one file for each entry. Its
/// files change when credentials rotate, so they are read anew for each connection. Safe for use by
/// many threads.
///
/// | entry | meaning |
/// |---|---|
/// | `uri` | `redis://`, `rediss://` (TLS) or `postgresql://`; may hold user and password |
/// | `username`, `password` | optional; instead of those in `uri` |
/// | `ca.crt` | optional; the authorities to trust in TLS, in PEM, instead of those that the JVM trusts |
///
/// @param directory where it is mounted
public record StoreSecret(Path directory) {
  private static final String CA_CERTIFICATES = "ca.crt";

  /// The address.
  ///
  /// @throws UnusableStoreException if there is none
  String uri() {
    return entry("uri")
        .orElseThrow(
            () ->
                new UnusableStoreException(
                    "the entry 'uri' is missing in %s; put the store's address into the Secret that secretRef names"
                        .formatted(directory)));
  }

  /// Who connects: entries of their own win over what the URI holds.
  StoreLogin login(StoreLogin ofUri) {
    return ofUri.with(entry("username"), entry("password"));
  }

  /// The authorities to trust, in PEM.
  Optional<String> authorities() {
    return entry(CA_CERTIFICATES);
  }

  /// Where {@link #authorities()} are, for clients that read files.
  Path authoritiesFile() {
    return directory.resolve(CA_CERTIFICATES);
  }

  /// A problem with the entry `uri`, whose value is not quoted because it may hold a password.
  UnusableStoreException unusableUri(String problem) {
    return new UnusableStoreException("the entry 'uri' in %s %s".formatted(directory, problem));
  }

  private Optional<String> entry(String key) {
    try {
      return Optional.of(Files.readString(directory.resolve(key)).strip())
          .filter(value -> !value.isEmpty());
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UnusableStoreException(
          "the entry '%s' in %s cannot be read: %s; mount the store's Secret there"
              .formatted(key, directory, e),
          e);
    }
  }
}
