{{- define "triplane.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* Leaves 12 signs for suffixes: the names of Services end at 63. */}}
{{- define "triplane.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 51 | trimSuffix "-" -}}
{{- else if contains (include "triplane.name" .) .Release.Name -}}
{{- .Release.Name | trunc 51 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "triplane.name" .) | trunc 51 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* Cluster-wide objects, and those in other namespaces, carry the release's namespace: two releases do not meet. */}}
{{- define "triplane.widename" -}}
{{- if eq (include "triplane.fullname" .) .Release.Namespace -}}
{{- include "triplane.fullname" . -}}
{{- else -}}
{{- printf "%s-%s" (include "triplane.fullname" .) .Release.Namespace -}}
{{- end -}}
{{- end -}}

{{- define "triplane.selectorLabels" -}}
app.kubernetes.io/name: {{ include "triplane.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "triplane.labels" -}}
{{ include "triplane.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "triplane.serviceAccountName" -}}
{{- default (include "triplane.fullname" .) .Values.serviceAccount.name -}}
{{- end -}}

{{- define "triplane.subjects" -}}
- kind: ServiceAccount
  name: {{ include "triplane.serviceAccountName" . }}
  namespace: {{ .Release.Namespace }}
{{- end -}}

{{- define "triplane.image" -}}
{{- $tag := default .Chart.AppVersion .Values.image.tag -}}
{{- with .Values.image -}}
{{- if .digest }}{{ .repository }}@{{ .digest }}{{ else }}{{ .repository }}:{{ $tag }}{{ end -}}
{{- end -}}
{{- end -}}

{{/* Somebody can sign in: the server asks the API server who that is or what they may see, and replicas share the key of cookies and links. */}}
{{- define "triplane.signsIn" -}}
{{- if has .Values.auth.mode (list "token" "proxy") }}true{{ end -}}
{{- end -}}

{{- define "triplane.keySecret" -}}
{{- default (printf "%s-key" (include "triplane.fullname" .)) .Values.key.existingSecret -}}
{{- end -}}

{{- define "triplane.sharesName" -}}
{{- printf "%s-shares" (include "triplane.fullname" .) -}}
{{- end -}}

{{- define "triplane.host" -}}
{{- (split ":" (urlParse .Values.publicUrl).host)._0 -}}
{{- end -}}

{{- define "triplane.basePath" -}}
{{- with .Values.publicUrl -}}{{- (urlParse .).path -}}{{- end -}}
{{- end -}}

{{/* What the product may read of namespaced kinds: the same in the whole cluster and in one namespace. */}}
{{- define "triplane.namespacedRules" -}}
- apiGroups: [""]
  resources: {{ if .Values.rbac.pods }}[services, endpoints, pods]{{ else }}[services, endpoints]{{ end }}
  verbs: [get, list, watch]
- apiGroups: [discovery.k8s.io]
  resources: [endpointslices]
  verbs: [get, list, watch]
- apiGroups: [networking.k8s.io]
  resources: [ingresses, networkpolicies]
  verbs: [get, list, watch]
- apiGroups: [gateway.networking.k8s.io]
  resources: [gateways, httproutes, grpcroutes, tlsroutes, tcproutes, udproutes, referencegrants, backendtlspolicies]
  verbs: [get, list, watch]
{{- end -}}
