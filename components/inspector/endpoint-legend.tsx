'use client'

import { FieldLegend } from './field-help'

const fields = [
  ...['addresses', 'targetRef', 'nodeName', 'zone', 'hostname', 'hints.forZones', 'hints.forNodes'],
  ...['conditions.ready', 'conditions.serving', 'conditions.terminating'],
].map((one) => `endpoints[].${one}`)

/** What the rows of endpoints show, named once above them. */
export function EndpointLegend() {
  return (
    <div className="border-b border-line px-5 py-1.5">
      <FieldLegend kind="EndpointSlice" fields={fields} />
    </div>
  )
}
