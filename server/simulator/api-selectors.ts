// labelSelector and fieldSelector of the list and watch API.

import type { ApiObject } from './api-object'
import type { Resource } from './resources'

export type Selected = (object: ApiObject) => boolean
type Parsed = { readonly ok: true; readonly selects: Selected } | { readonly ok: false; readonly message: string }

const everything: Parsed = { ok: true, selects: () => true }

const name = '[A-Za-z0-9]([A-Za-z0-9._/-]*[A-Za-z0-9])?'
const setRequirement = new RegExp(`^(${name})\\s+(in|notin)\\s*\\(([^)]*)\\)$`)
const valueRequirement = new RegExp(`^(${name})\\s*(==|=|!=)\\s*([A-Za-z0-9._-]*)$`)
const existsRequirement = new RegExp(`^(!?)\\s*(${name})$`)

/** Parses `a=b,c!=d,e in (f,g),h notin (i),j,!k`. As in Kubernetes, `!=` and `notin` also match an absent label. */
export function labelSelector(text: string): Parsed {
  if (text.trim() === '') return everything
  const requirements: ((labels: ReadonlyMap<string, string>) => boolean)[] = []
  for (const part of text.split(/,(?![^(]*\))/)) {
    const requirement = labelRequirement(part.trim())
    if (requirement === undefined) return { ok: false, message: `unable to parse requirement: ${part.trim()}` }
    requirements.push(requirement)
  }
  return {
    ok: true,
    selects: ({ metadata }) => {
      const labels = new Map(Object.entries(metadata.labels ?? {}))
      return requirements.every((requirement) => requirement(labels))
    },
  }
}

function labelRequirement(part: string): ((labels: ReadonlyMap<string, string>) => boolean) | undefined {
  const set = setRequirement.exec(part)
  if (set) {
    const [, key = '', , operator, list = ''] = set
    const values = new Set(list.split(',').map((value) => value.trim()))
    return (labels) => {
      const found = labels.get(key)
      return (found !== undefined && values.has(found)) === (operator === 'in')
    }
  }
  const value = valueRequirement.exec(part)
  if (value) {
    const [, key = '', , operator, wanted] = value
    return (labels) => (labels.get(key) === wanted) !== (operator === '!=')
  }
  const exists = existsRequirement.exec(part)
  if (!exists) return undefined
  const [, not, key = ''] = exists
  return (labels) => labels.has(key) !== (not === '!')
}

/** Parses `metadata.name=x,spec.nodeName!=y`; a field the resource does not offer is an error, as in Kubernetes. */
export function fieldSelector(text: string, resource: Resource): Parsed {
  if (text.trim() === '') return everything
  const allowed = ['metadata.name', ...(resource.namespaced ? ['metadata.namespace'] : []), ...resource.fields]
  const requirements: Selected[] = []
  for (const part of text.split(',')) {
    const match = /^\s*([A-Za-z.]+)\s*(==|=|!=)\s*(.*?)\s*$/.exec(part)
    if (!match) return { ok: false, message: `invalid field selector: ${part}` }
    const [, path = '', operator, wanted] = match
    if (!allowed.includes(path)) return { ok: false, message: `field label not supported: ${path}` }
    requirements.push((object) => (fieldOf(object, path) === wanted) !== (operator === '!='))
  }
  return { ok: true, selects: (object) => requirements.every((requirement) => requirement(object)) }
}

function fieldOf(object: ApiObject, path: string): string {
  let value: unknown = object
  for (const step of path.split('.')) {
    value = typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined
  }
  return value === undefined ? '' : String(value)
}
