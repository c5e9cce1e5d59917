// Label selectors with both of their parts. Follows k8s.io/apimachinery pkg/apis/meta/v1/helpers.go and pkg/labels/selector.go
// @v0.36.3; rule F2.

import type { LabelRequirement, LabelSelector } from '../model/records'
import type { Answer } from './types'

/** Whether a selector selects these labels. One that the API would refuse cannot be said, whatever the rest of it says. */
export function selects({ labels, expressions }: LabelSelector, own: ReadonlyMap<string, string>): Answer {
  const answers = expressions.map((one) => meets(one, own))
  const unreadable = answers.find((one) => typeof one === 'object')
  if (unreadable !== undefined) return unreadable
  for (const [key, value] of labels) if (own.get(key) !== value) return false
  return !answers.includes(false)
}

/** Selects everything. */
export const isEmpty = ({ labels, expressions }: LabelSelector): boolean =>
  labels.size === 0 && expressions.length === 0

function meets({ key, operator, values }: LabelRequirement, own: ReadonlyMap<string, string>): Answer {
  const value = own.get(key)
  const asksValues = operator === 'In' || operator === 'NotIn'
  const isKnown = asksValues || operator === 'Exists' || operator === 'DoesNotExist'
  if (!isKnown || key === '' || asksValues !== values.length > 0)
    return { code: 'policy-selector-unreadable', values: { key, operator } }
  if (operator === 'In') return value !== undefined && values.includes(value)
  if (operator === 'NotIn') return value === undefined || !values.includes(value)
  return (value !== undefined) === (operator === 'Exists')
}
