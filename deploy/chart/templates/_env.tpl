{{/* The settings of server/config.ts that the values come to. */}}
{{- define "triplane.env" -}}
- name: TRIPLANE_CLUSTER
  value: in-cluster
- name: TRIPLANE_AUTH
  value: {{ .Values.auth.mode | default "locked" }}
- name: PORT
  value: "3000"
- name: TRIPLANE_OPS_PORT
  value: "9090"
- name: TRIPLANE_LISTEN
  value: {{ .Values.listen | quote }}
- name: TRIPLANE_DRAIN_SECONDS
  value: "4"
{{- with .Values.publicUrl }}
- name: TRIPLANE_PUBLIC_URL
  value: {{ . | quote }}
{{- end }}
{{- with include "triplane.basePath" . }}
- name: TRIPLANE_BASE_PATH
  value: {{ . | quote }}
{{- end }}
{{- with .Values.trustedProxies }}
- name: TRIPLANE_TRUSTED_PROXIES
  value: {{ join "," . | quote }}
{{- end }}
{{- with .Values.namespaces }}
- name: TRIPLANE_NAMESPACES
  value: {{ join "," . | quote }}
{{- end }}
{{- if not .Values.rbac.pods }}
- name: TRIPLANE_WATCH_PODS
  value: none
{{- end }}
{{- if include "triplane.signsIn" . }}
- name: TRIPLANE_KEY_FILE
  value: /etc/triplane/key/key
{{- end }}
{{- if eq .Values.auth.mode "token" }}
- name: TRIPLANE_TOKEN_AUDIENCE
  value: {{ .Values.auth.token.audience | quote }}
{{- end }}
{{- if eq .Values.auth.mode "proxy" }}
{{- with .Values.auth.proxy }}
- name: TRIPLANE_PROXY_PEERS
  value: {{ join "," .peers | quote }}
- name: TRIPLANE_PROXY_USER_HEADER
  value: {{ .userHeader | quote }}
- name: TRIPLANE_PROXY_GROUPS_HEADER
  value: {{ .groupsHeader | quote }}
- name: TRIPLANE_PROXY_SECRET_HEADER
  value: {{ .secretHeader | quote }}
- name: TRIPLANE_PROXY_SECRET_FILE
  value: /etc/triplane/proxy/secret
{{- end }}
{{- end }}
{{- if eq .Values.auth.mode "anonymous" }}
- name: TRIPLANE_ANONYMOUS_NAMESPACES
  value: {{ join "," .Values.auth.anonymous.namespaces | quote }}
{{- end }}
- name: TRIPLANE_SHARES
  value: {{ ternary "configmap" "off" .Values.shares.enabled | quote }}
{{- if .Values.shares.enabled }}
- name: TRIPLANE_SHARES_CONFIGMAP
  value: {{ include "triplane.sharesName" . }}
{{- end }}
{{- with .Values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}
