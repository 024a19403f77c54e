{{- define "warren.labels" -}}
app.kubernetes.io/name: warren
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "warren.selector" -}}
app.kubernetes.io/name: warren
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: operator
{{- end }}

{{- /* Of namespaced objects, and what cluster-scoped ones add the namespace to: two releases must not share those. */ -}}
{{- define "warren.operator" -}}
{{ printf "%s-operator" .Release.Name | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "warren.clusterRole" -}}
{{ printf "%s-%s-operator" .Release.Namespace .Release.Name }}
{{- end }}

{{- define "warren.brokerSecret" -}}
{{ default (printf "%s-broker" .Release.Name) .Values.broker.existingSecret }}
{{- end }}

{{- define "warren.metricsApi" -}}
{{ printf "%s-metrics-api" .Release.Name | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "warren.metricsApiRole" -}}
{{ printf "%s-%s-metrics-api" .Release.Namespace .Release.Name }}
{{- end }}

{{- define "warren.workers" -}}
{{ printf "%s-workers" .Release.Name | trunc 63 | trimSuffix "-" }}
{{- end }}
