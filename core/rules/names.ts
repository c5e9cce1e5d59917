// Names that kube-proxy gives to Service ports, in its comments and, hashed, in its chains.
// Follows pkg/proxy/types.go (ServicePortName.String) @v1.36.3.

/** `namespace/service` for the port without a name, else `namespace/service:port`. */
export function servicePortName(service: { readonly namespace: string; readonly name: string }, port: string): string {
  const key = `${service.namespace}/${service.name}`
  return port === '' ? key : `${key}:${port}`
}
