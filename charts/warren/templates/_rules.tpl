{{- /* What the operator may do, each with its reason. Without watchNamespaces it is all in one ClusterRole; else what is in
namespaces is in a Role in each of them. */ -}}

{{- /* Of a list of Warren's own kinds. */ -}}
{{- define "warren.rules.kinds" -}}
# Warren's own kinds. Finalizers are set and removed by patches of the resource itself.
- apiGroups: [warren.dev]
  resources: [{{ join ", " . }}]
  verbs: [get, list, watch, patch]
- apiGroups: [warren.dev]
  resources: [{{ join "/status, " . }}/status]
  verbs: [patch]
{{- end }}

{{- /* In the namespaces of TaskQueues and TaskWorkers. */ -}}
{{- define "warren.rules.made" -}}
# Asked for by clusters that check who may block the deletion of an owner (OwnerReferencesPermissionEnforcement).
- apiGroups: [warren.dev]
  resources: [taskqueues/finalizers, taskworkers/finalizers]
  verbs: [update]
# What the operator makes: by server-side apply, which needs create for an object that is not there and patch for one that
# is. Only Deployments are deleted by it; the rest goes with its owner.
- apiGroups: [apps]
  resources: [deployments]
  verbs: [get, list, watch, create, patch, delete]
# Sizes of fleets.
- apiGroups: [apps]
  resources: [deployments/scale]
  verbs: [patch]
- apiGroups: [policy]
  resources: [poddisruptionbudgets]
  verbs: [list, watch, create, patch]
# What carries out the size of a fleet, for the engines Hpa and Keda. Deleted when the engine is changed.
- apiGroups: [autoscaling]
  resources: [horizontalpodautoscalers]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [keda.sh]
  resources: [scaledobjects, triggerauthentications]
  verbs: [get, list, watch, create, patch, delete]
# Got by name is only that which spec.tls.caRef of a TaskBroker names.
- apiGroups: [""]
  resources: [configmaps]
  verbs: [get, list, watch, create, patch]
# The operator lists and watches only Secrets that bear its label app.kubernetes.io/managed-by=warren, gets by name only
# those that TaskBrokers name (spec.secretRef and spec.tls), and applies only those it owns. RBAC cannot filter by label,
# and names are not known beforehand, so this rule admits every Secret of {{ . }}.
- apiGroups: [""]
  resources: [secrets]
  verbs: [get, list, watch, create, patch]
{{- end }}

{{- /* There, too. */ -}}
{{- define "warren.rules.seen" -}}
# Patched are annotations, so that kubelets bring a changed configuration into the pods at once, and that idle ones go first;
# each is got before. RBAC cannot filter by label; only pods of TaskWorkers are.
- apiGroups: [""]
  resources: [pods]
  verbs: [get, list, watch, patch]
{{ include "warren.rules.events" . }}
{{- end }}

{{- define "warren.rules.events" -}}
- apiGroups: [""]
  resources: [events]
  verbs: [create]
{{- end }}
