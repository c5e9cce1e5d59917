// Who wrote an object when: metadata.managedFields, of which only the times are read.

import type { FieldReader } from './from-api-reader'

/** The newest write; with `specOnly`, of what was asked for: writes of a subresource such as status are left out. */
export function newestWrite(object: FieldReader, { specOnly = false } = {}): number | undefined {
  return object
    .child('metadata')
    .children('managedFields')
    .filter((write) => !specOnly || write.text('subresource') === undefined)
    .flatMap((write) => write.time('time') ?? [])
    .reduce<number | undefined>((newest, time) => Math.max(newest ?? time, time), undefined)
}
