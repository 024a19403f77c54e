/// An embedded Kubernetes API server for one machine: as much of the API as the operator, `kubectl`
/// and the pod runner use, over the JDK's HTTP server, with all objects in memory.
///
/// Faithful where a controller would notice: discovery, watches that resume from a resource
/// version, server-side apply with managed fields, the other three patches, optimistic locking,
/// status and scale subresources, generations, finalizers, graceful deletion of pods, namespaces
/// that terminate, garbage collection by owner reference, structural schemas (pruning, defaults,
/// validation), lists in pages, tables for `kubectl get`, and what roles allow service accounts.
///
/// Not here: CEL rules, conflicts between field managers (the last one to apply wins), several
/// stored versions of a kind, users (whoever has the URL may do everything), `exec` and `logs`,
/// defaults of built-in kinds beyond the few in {@link dev.warren.local.apiserver.BuiltInDefaults},
/// and anything that outlives the process.
///
/// Documents are Jackson trees. A stored tree is never changed: a write makes a copy. Most classes
/// here are pure functions over such trees; {@link dev.warren.local.apiserver.Store} owns all the
/// state.
@NullMarked
package dev.warren.local.apiserver;

import org.jspecify.annotations.NullMarked;
