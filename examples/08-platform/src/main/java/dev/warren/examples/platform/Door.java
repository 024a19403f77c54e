package dev.warren.examples.platform;

import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeoutException;

/// The door of a tenant's vhost, which credentials open or not.
///
/// @param binding directory of the credentials
record Door(Path binding) {
  /// Whether the credentials open a vhost.
  ///
  /// @throws IOException if the broker gives no answer
  boolean opens(String vhost) throws IOException, TimeoutException {
    var factory = new ConnectionFactory();
    try {
      factory.setUri(new URI(Files.readString(binding.resolve("uri"))));
    } catch (URISyntaxException | GeneralSecurityException e) {
      throw new IOException("the binding '%s' has no usable uri".formatted(binding), e);
    }
    factory.setVirtualHost(vhost);
    try (var connection = factory.newConnection("door")) {
      return connection.isOpen();
    } catch (AuthenticationFailureException e) {
      throw e; // The wrong password says nothing of the vhost.
    } catch (IOException e) {
      if (String.valueOf(e.getCause()).contains("access to vhost '%s'".formatted(vhost))) {
        return false;
      }
      throw e;
    }
  }
}
