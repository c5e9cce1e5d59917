'use client'
import type { EdgeTypes, NodeTypes } from '@xyflow/react'
import { StrandEdge } from './edges/strand-edge'
import { DetailCard } from './nodes/detail-card'
import { NamespaceHeader, Note, PlaneGutter, WayPill, ZoneHeader } from './nodes/frames'
import { NodeCard } from './nodes/node-card'
import { PodCard } from './nodes/pod-card'
import { Portal, RouteEnd, SourceCard } from './nodes/route-ends'
import { ServiceChip } from './nodes/service-chip'
import { ServiceSlab } from './nodes/service-slab'
import { ShardThumbs } from './nodes/shard-band'
import { SliceRow } from './nodes/slice-row'

export const nodeTypes: NodeTypes = {
  gutter: PlaneGutter,
  namespace: NamespaceHeader,
  service: ServiceChip,
  way: WayPill,
  shards: ShardThumbs,
  zone: ZoneHeader,
  node: NodeCard,
  slab: ServiceSlab,
  slice: SliceRow,
  pod: PodCard,
  portal: Portal,
  source: SourceCard,
  end: RouteEnd,
  note: Note,
  detail: DetailCard,
}

export const edgeTypes: EdgeTypes = { strand: StrandEdge }
