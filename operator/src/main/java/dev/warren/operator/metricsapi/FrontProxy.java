package dev.warren.operator.metricsapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.warren.operator.tls.CertificateAuthorities;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/// Whom requests are believed that tell on whose behalf they come: the API server in front, which
/// proves itself by a certificate. Its cluster says in a ConfigMap by which.
///
/// @param authorities who signed the certificate
/// @param allowedNames its common names; any when empty
/// @param userHeaders names of the headers that name the user, of which the first that is there
///   counts
/// @param uidHeaders likewise of the user's id
/// @param groupHeaders of those that name groups, of which all count
/// @param extraPrefixes what the names of those with further attributes begin with
record FrontProxy(
    CertificateAuthorities authorities,
    List<String> allowedNames,
    List<String> userHeaders,
    List<String> uidHeaders,
    List<String> groupHeaders,
    List<String> extraPrefixes) {
  /// Where the ConfigMap is.
  static final String NAMESPACE = "kube-system";

  /// Its name.
  static final String CONFIG_MAP = "extension-apiserver-authentication";

  private static final ObjectMapper JSON = new ObjectMapper();

  FrontProxy {
    allowedNames = List.copyOf(allowedNames);
    userHeaders = List.copyOf(userHeaders);
    uidHeaders = List.copyOf(uidHeaders);
    groupHeaders = List.copyOf(groupHeaders);
    extraPrefixes = List.copyOf(extraPrefixes);
  }

  /// Who asks, or why nobody is believed to.
  sealed interface Identity {
    /// The proxy is who it says, and named somebody.
    record Known(Caller caller) implements Identity {}

    /// It is not, or did not.
    record Unknown(Reply reply) implements Identity {}
  }

  /// Reads the ConfigMap.
  ///
  /// @throws IllegalArgumentException if the cluster has no such proxy, or it cannot be read
  static FrontProxy parse(Map<String, String> data) {
    var authorities = data.get("requestheader-client-ca-file");
    if (authorities == null) {
      throw new IllegalArgumentException(
          "ConfigMap '%s/%s' has no requestheader-client-ca-file; turn the API server's aggregation layer on"
              .formatted(NAMESPACE, CONFIG_MAP));
    }
    return new FrontProxy(
        CertificateAuthorities.parse(authorities),
        list(data, "requestheader-allowed-names"),
        list(data, "requestheader-username-headers"),
        list(data, "requestheader-uid-headers"),
        list(data, "requestheader-group-headers"),
        list(data, "requestheader-extra-headers-prefix"));
  }

  Identity identify(Query query) {
    if (query.chain().isEmpty()) {
      return new Identity.Unknown(
          Reply.unauthorized(
              "no client certificate; ask by way of the API server, such as with kubectl get --raw"));
    }
    try {
      authorities.checkClient(query.chain());
    } catch (CertificateException e) {
      return new Identity.Unknown(
          Reply.unauthorized("the client certificate is not of this cluster's front proxy"));
    }
    var name = commonName(query.chain().getFirst());
    if (!allowedNames.isEmpty() && name.filter(allowedNames::contains).isEmpty()) {
      return new Identity.Unknown(
          Reply.forbidden(
              "the client certificate's name '%s' is none of the front proxy's"
                  .formatted(name.orElse(""))));
    }
    return first(query, userHeaders)
        .<Identity>map(user -> new Identity.Known(caller(user, query)))
        .orElseGet(() -> new Identity.Unknown(Reply.unauthorized("the front proxy named no user")));
  }

  private Caller caller(String user, Query query) {
    var extra = new TreeMap<String, List<String>>();
    for (var prefix : extraPrefixes) {
      query.headersBeginningWith(prefix).forEach((key, values) -> extra.put(decode(key), values));
    }
    return new Caller(
        user,
        first(query, uidHeaders).orElse(""),
        groupHeaders.stream().flatMap(name -> query.header(name).stream()).toList(),
        extra);
  }

  /// A key that a header's name cannot hold is percent-encoded; what is not, is as it is.
  private static String decode(String key) {
    try {
      return URLDecoder.decode(key.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return key;
    }
  }

  private static Optional<String> first(Query query, List<String> headers) {
    return headers.stream()
        .flatMap(name -> query.header(name).stream())
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  private static Optional<String> commonName(X509Certificate certificate) {
    try {
      var names =
          new ArrayList<>(new LdapName(certificate.getSubjectX500Principal().getName()).getRdns());
      return names.reversed().stream()
          .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
          .map(Rdn::getValue)
          .map(String::valueOf)
          .findFirst();
    } catch (InvalidNameException e) {
      return Optional.empty();
    }
  }

  private static List<String> list(Map<String, String> data, String key) {
    try {
      return JSON.readValue(data.getOrDefault(key, "[]"), new TypeReference<List<String>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "ConfigMap '%s/%s': %s is no list of texts".formatted(NAMESPACE, CONFIG_MAP, key), e);
    }
  }
}
