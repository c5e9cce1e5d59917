// Six silhouettes in one ink for the proxy modes; only "unknown" has a colour, because it needs a look.

import clsx from 'clsx'
import type { ProxyModeName, ProxyModeVerdict } from '@/core/graph/types'

export type ModeShape = ProxyModeName | 'replaced' | 'unknown'

export function modeShape(verdict: ProxyModeVerdict): ModeShape {
  return verdict.state === 'mode' ? verdict.mode : verdict.state
}

/** The silhouette of a proxy mode on a 14 px grid. */
export function ModeGlyph({ shape, size = 14, className }: { shape: ModeShape; size?: number; className?: string }) {
  return (
    <svg
      viewBox="0 0 14 14"
      width={size}
      height={size}
      className={clsx('shrink-0 fill-none', shape === 'unknown' ? 'stroke-warn' : 'stroke-current', className)}
      strokeWidth="1.5"
      aria-hidden="true"
    >
      <path d={outlines[shape]} strokeDasharray={dashes[shape]} strokeLinejoin="round" />
      {shape === 'unknown' && <circle cx="7" cy="7" r="1.3" className="fill-warn stroke-none" />}
    </svg>
  )
}

// Rules in order · a map lookup · a scheduler that turns · a window · a cell of the CNI's own · nobody knows.
const outlines: Readonly<Record<ModeShape, string>> = {
  iptables: 'M1.5 3.5h11M1.5 7h8M1.5 10.5h5',
  nftables: 'M2 2h10v10H2zM7 2v10M2 7h10',
  ipvs: 'M11.6 8.4A5 5 0 1 1 11 4M11.6 1.6v3h-3',
  kernelspace: 'M2 4.2l4.6-1v7.6L2 9.8zM6.6 3.2L12 2v10L6.6 10.8M2 7h10',
  userspace: 'M1.5 3.5h11M1.5 7h8M1.5 10.5h5',
  replaced: 'M7 1.2l5 2.9v5.8l-5 2.9-5-2.9V4.1z',
  unknown: 'M7 1.8a5.2 5.2 0 1 1 0 10.4A5.2 5.2 0 0 1 7 1.8z',
}

const dashes: Partial<Record<ModeShape, string>> = { userspace: '2 1.5', unknown: '2.2 1.8' }
