import type { ReactNode } from 'react'
import type { ProxyModeVerdict } from '@/core/graph/types'

export type ProxyShape = 'iptables' | 'nftables' | 'ipvs' | 'kernelspace' | 'userspace' | 'replaced' | 'unknown'

/** What carries the packets of a node, in one ink colour by six silhouettes. */
export function ProxyGlyph(props: { shape: ProxyShape; size?: number }) {
  const { shape, size = 13 } = props
  return (
    <svg width={size} height={size} viewBox="0 0 14 14" aria-hidden="true" className="map-glyph">
      <g fill="none" stroke={shape === 'unknown' ? 'var(--warn)' : 'currentColor'} strokeWidth="1.5">
        {shapes[shape]}
      </g>
    </svg>
  )
}

const shapes: Readonly<Record<ProxyShape, ReactNode>> = {
  // Rules in order.
  iptables: <path d="M1.5 3h11M1.5 7h7.6M1.5 11h4.4" />,
  // A map lookup.
  nftables: <path d="M2 2h10v10H2zM7 2v10M2 7h10" />,
  // A scheduler that turns.
  ipvs: <path d="M11.4 4.6A5 5 0 1 0 12 7.8M11.8 1.6v3.2H8.6" />,
  kernelspace: <path d="M1.8 3.4 12.2 2v10L1.8 10.6zM6.6 2.8v8.4M1.8 7h10.4" />,
  userspace: <path d="M1.5 3h11M1.5 7h7.6M1.5 11h4.4" strokeDasharray="2 1.4" />,
  replaced: <path d="M7 1.4 12 4.2v5.6L7 12.6 2 9.8V4.2z" />,
  unknown: (
    <>
      <circle cx="7" cy="7" r="5.4" strokeDasharray="2.2 2" />
      <circle cx="7" cy="7" r=".8" />
    </>
  ),
}

export function proxyShape(verdict: ProxyModeVerdict): ProxyShape {
  return verdict.state === 'mode' ? verdict.mode : verdict.state
}
