// The controllers decide on records, read through the same door as the product reads a real cluster.

import { parseObject } from '../../../core/model/from-api'
import type { ClusterRecord, Kind, RecordOf } from '../../../core/model/records'
import type { ApiObject } from '../api-object'

const known = new WeakMap<ApiObject, ClusterRecord>()

/** The record of an object. The simulator writing an object that cannot be read is a fault of the simulator. */
export function recordOf<K extends Kind>(kind: K, object: ApiObject): RecordOf<K> {
  const before = known.get(object)
  if (before !== undefined && isOf(kind, before)) return before
  const parsed = parseObject(kind, object)
  if (!parsed.ok) {
    const { namespace, name, field, code } = parsed.reject
    throw new Error(`the embedded cluster wrote a malformed ${kind} ${namespace}/${name}: ${field} ${code}`)
  }
  known.set(object, parsed.record)
  return parsed.record
}

const isOf = <K extends Kind>(kind: K, record: ClusterRecord): record is RecordOf<K> => record.kind === kind
