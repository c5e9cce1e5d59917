// kubectl commands that show the facts a problem rests on. They read and change nothing.

import type { EndpointSliceRecord, ServiceRecord } from '../model/records'

type Named = { readonly namespace: string; readonly name: string }

/** Some fields of the Service, e.g. `{.spec.selector}`. */
export const getService = ({ namespace, name }: Named, path: string): string =>
  `kubectl -n ${quote(namespace)} get service ${quote(name)} -o jsonpath=${quote(path)}`

/** The endpoints of the Service's slices, one per line, with what `path` gives of each. */
export function getEndpoints({ namespace, name }: Named, path: string): string {
  const line = `{range .items[*].endpoints[*]}{.addresses[0]}{"\\t"}${path}{"\\n"}{end}`
  return `kubectl -n ${quote(namespace)} get endpointslices -l ${quote(`kubernetes.io/service-name=${name}`)} -o jsonpath=${quote(line)}`
}

export const getSlice = ({ namespace, name }: EndpointSliceRecord): string =>
  `kubectl -n ${quote(namespace)} get endpointslice ${quote(name)} -o yaml`

/** The pods the Service selects. */
export function getPods({ namespace, selector }: ServiceRecord, output: string): string {
  const labels = selector === undefined ? '' : ` -l ${quote(selectorText(selector))}`
  return `kubectl -n ${quote(namespace)} get pods${labels} ${output}`
}

/** Its probes, its containers' states and its events, together. */
export const describePod = ({ namespace, name }: Named): string =>
  `kubectl -n ${quote(namespace)} describe pod ${quote(name)}`

/** Its events too: what a controller says of it. */
export const describeService = ({ namespace, name }: Named): string =>
  `kubectl -n ${quote(namespace)} describe service ${quote(name)}`

export const getLabels = ({ namespace }: Named): string => `kubectl -n ${quote(namespace)} get pods --show-labels`

/** `app=cart,tier=web`, sorted. */
export const selectorText = (selector: ReadonlyMap<string, string>): string =>
  [...selector]
    .map(([label, value]) => `${label}=${value}`)
    .sort()
    .join(',')

// Names of the cluster are data: none of them may end a word of the shell.
export const quote = (text: string): string =>
  /^[\w./=,:@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
