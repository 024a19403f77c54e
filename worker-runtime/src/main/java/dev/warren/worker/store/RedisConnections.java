package dev.warren.worker.store;

import dev.warren.model.BrokerTls;
import java.time.Duration;
import java.util.Optional;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultRedisCredentials;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisCredentials;

/// Makes clients of Redis with a few pooled connections.
public final class RedisConnections {
  /// A call takes a fraction of a millisecond, so a few connections serve thousands of tasks.
  private static final int MAX_CONNECTIONS = 8;

  private static final Duration LONGEST_WAIT_FOR_ONE = Duration.ofSeconds(3);
  private static final Duration LONGEST_CALL = Duration.ofSeconds(2);

  private RedisConnections() {}

  /// A client, which connects when it is first used and is safe for use by many threads.
  ///
  /// @throws UnusableStoreException if the Secret holds no usable address
  public static RedisClient open(StoreSecret secret) {
    var address =
        RedisAddress.parse(secret.uri()).orElseThrow(() -> secret.unusableUri(RedisAddress.REMEDY));
    return RedisClient.builder()
        .hostAndPort(new HostAndPort(address.host(), address.port()))
        .clientConfig(clientConfig(address, secret))
        .poolConfig(poolConfig())
        .build();
  }

  private static JedisClientConfig clientConfig(RedisAddress address, StoreSecret secret) {
    var config =
        DefaultJedisClientConfig.builder()
            .resp2()
            .timeoutMillis((int) LONGEST_CALL.toMillis())
            .database(address.database())
            .clientName("warren-worker")
            .credentialsProvider(() -> credentials(secret));
    if (address.tls()) {
      secure(config, secret.authorities().map(pem -> trusting(pem, secret)));
    }
    return config.build();
  }

  // What is to replace these takes key stores only, and authorities come in PEM.
  @SuppressWarnings("deprecation")
  private static void secure(DefaultJedisClientConfig.Builder config, Optional<BrokerTls> trust) {
    var tls = trust.orElse(BrokerTls.OF_JVM);
    config
        .ssl(true)
        .sslSocketFactory(tls.context().getSocketFactory())
        .sslParameters(tls.parameters());
  }

  private static BrokerTls trusting(String authorities, StoreSecret secret) {
    try {
      return BrokerTls.trusting(authorities);
    } catch (IllegalArgumentException e) {
      throw new UnusableStoreException("%s: %s".formatted(secret.directory(), e.getMessage()), e);
    }
  }

  /// As the Secret has them now; called for each connection.
  private static RedisCredentials credentials(StoreSecret secret) {
    var login =
        secret.login(
            RedisAddress.parse(secret.uri()).map(RedisAddress::login).orElse(StoreLogin.NONE));
    return login.password().isEmpty()
        ? new RedisCredentials() {}
        : new DefaultRedisCredentials(
            login.username().isEmpty() ? null : login.username(), login.password());
  }

  private static ConnectionPoolConfig poolConfig() {
    var config = new ConnectionPoolConfig();
    config.setMaxTotal(MAX_CONNECTIONS);
    config.setMaxIdle(MAX_CONNECTIONS);
    config.setMaxWait(LONGEST_WAIT_FOR_ONE);
    config.setJmxEnabled(false);
    return config;
  }
}
