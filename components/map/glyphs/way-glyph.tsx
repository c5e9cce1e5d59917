import { Globe, Plug, Server, Split } from 'lucide-react'

export type WayKind = 'loadBalancer' | 'nodePort' | 'externalIP' | 'ingress' | 'httpRoute' | 'inside'

const icons = {
  loadBalancer: Globe,
  externalIP: Globe,
  nodePort: Plug,
  ingress: Split,
  httpRoute: Split,
  inside: Server,
} as const

/** The icon of a way in. */
export function WayGlyph(props: { kind: WayKind }) {
  const Icon = icons[props.kind]
  return <Icon size={14} strokeWidth={1.75} aria-hidden="true" />
}
