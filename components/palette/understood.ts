// What a text that finds nothing was taken for, so that the palette can say it.

import { parseIp } from '@/core/model/ip'
import { needleOf } from './needle'

export type Understood = 'url' | 'address' | 'port' | 'host' | 'name'

/** By its form alone. */
export function understood(text: string): Understood {
  if (text.includes('://')) return 'url'
  const needle = needleOf(text)
  if (/^:?\d{1,5}$/.test(text)) return 'port'
  if (needle.address !== undefined || parseIp(needle.text)) return 'address'
  return needle.text.includes('.') || needle.port !== undefined ? 'host' : 'name'
}
