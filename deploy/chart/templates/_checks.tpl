{{/* What a schema cannot say of several values together. Included once, by the Deployment. */}}
{{- define "triplane.checks" -}}
{{- $mode := .Values.auth.mode -}}
{{- if and $mode (not .Values.publicUrl) -}}
{{- fail (printf "auth.mode is %s, so publicUrl must say at which https:// address people open it" $mode) -}}
{{- end -}}
{{- if and .Values.shares.enabled (not (include "triplane.signsIn" .)) -}}
{{- fail "shares.enabled needs auth.mode token or proxy: links are made by people who signed in" -}}
{{- end -}}
{{- if and .Values.ingress.enabled (not .Values.publicUrl) -}}
{{- fail "ingress.enabled needs publicUrl: the host and path of the Ingress come from it" -}}
{{- end -}}
{{- if .Values.httpRoute.enabled -}}
{{- if not .Values.publicUrl -}}
{{- fail "httpRoute.enabled needs publicUrl: the host and path of the HTTPRoute come from it" -}}
{{- end -}}
{{- if not .Values.httpRoute.parentRefs -}}
{{- fail "httpRoute.parentRefs names no Gateway" -}}
{{- end -}}
{{- end -}}
{{- if eq $mode "proxy" -}}
{{- if not .Values.auth.proxy.peers -}}
{{- fail "auth.proxy.peers must say which addresses the authenticating proxy connects from" -}}
{{- end -}}
{{- if not .Values.auth.proxy.existingSecret -}}
{{- fail "auth.proxy.existingSecret must name the Secret that the authenticating proxy and Triplane share" -}}
{{- end -}}
{{- end -}}
{{- if eq $mode "anonymous" -}}
{{- if not .Values.auth.anonymous.iUnderstand -}}
{{- fail "auth.mode anonymous shows namespaces to everybody who reaches the address: auth.anonymous.iUnderstand must be true" -}}
{{- end -}}
{{- if not .Values.auth.anonymous.namespaces -}}
{{- fail "auth.anonymous.namespaces must name what everybody may see" -}}
{{- end -}}
{{- end -}}
{{- end -}}
