// Which class an Ingress has, and so whose it is. Rule Y1; api networking/v1 types.go@v0.36.3.

import type { ClusterView } from '../model/cluster-view'
import type { Reason } from '../model/reason'
import type { IngressRecord } from '../model/records-entries'
import { isKnown } from './known'

/** `name` '' when it has none; `broken` and `notes` say why no controller may take it. */
export type ClassOfIngress = {
  readonly name: string
  readonly broken: readonly Reason[]
  readonly notes: readonly Reason[]
}

/** The field stands before the annotation that it replaced; without both the default class counts, if there is one. */
export function classOf(view: ClusterView, { className, classAnnotation }: IngressRecord): ClassOfIngress {
  const known = isKnown(view, 'IngressClass')
  if (className !== undefined) {
    if (!known) return { name: className, broken: [], notes: [say('entry-class-not-known', { class: className })] }
    const broken = view.entry('IngressClass', className) ? [] : [say('entry-class-missing', { class: className })]
    return { name: className, broken, notes: [] }
  }
  if (classAnnotation !== undefined) {
    return { name: classAnnotation, broken: [], notes: [say('entry-class-annotation', { class: classAnnotation })] }
  }
  if (!known) return { name: '', broken: [], notes: [say('entry-class-default-not-known')] }
  const defaults = [...view.entries('IngressClass')].filter(({ isDefault }) => isDefault).map(({ name }) => name)
  const [first] = defaults
  if (first === undefined) return { name: '', broken: [say('entry-class-none')], notes: [] }
  const notes = defaults.length > 1 ? [say('entry-class-defaults', { classes: defaults.join(', ') })] : []
  return { name: first, broken: [], notes: [say('entry-class-default', { class: first }), ...notes] }
}

const say = (code: string, values: Reason['values'] = {}): Reason => ({ code, values })
