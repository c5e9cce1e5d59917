import { Globe, Plug, Server } from 'lucide-react'

export type WayKind = 'loadBalancer' | 'nodePort' | 'externalIP' | 'inside'

/** The icon of a way in. */
export function WayGlyph(props: { kind: WayKind }) {
  const Icon = props.kind === 'nodePort' ? Plug : props.kind === 'inside' ? Server : Globe
  return <Icon size={14} strokeWidth={1.75} aria-hidden="true" />
}
