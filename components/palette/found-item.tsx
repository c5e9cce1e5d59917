'use client'

import { Command } from 'cmdk'
import { useTranslations } from 'next-intl'
import { ConditionGlyph, NodeGlyph, ServiceGlyph, SliceGlyph, serviceShape } from '../ui/glyphs'
import { DataText } from '../ui/value'
import type { Found } from './find'

/** One object that was found: its shape, its name, and what matched or where it is. */
export function FoundItem({ found, onSelect }: { found: Found; onSelect: () => void }) {
  const t = useTranslations('palette')
  return (
    <Command.Item
      value={found.object.id}
      onSelect={onSelect}
      data-find={found.object.id}
      className="flex cursor-pointer items-center gap-2.5 rounded-chip px-2.5 py-2 data-[selected=true]:bg-raised data-[selected=true]:shadow-[inset_0_0_0_1px_var(--line)] max-md:min-h-11"
    >
      <FoundGlyph found={found} />
      <DataText className="min-w-0 flex-1 wrap-anywhere">{found.title}</DataText>
      <span className="max-w-[45%] text-right text-small text-text-2 wrap-anywhere">
        <DataText className="font-mono">{found.match || placeOf(found)}</DataText>
        <span className="sr-only"> {t(`kind.${found.ref.kind}`)}</span>
      </span>
    </Command.Item>
  )
}

function FoundGlyph({ found }: { found: Found }) {
  const { object } = found
  if (object.kind === 'ServiceSummary') return <ServiceGlyph shape={serviceShape(object)} />
  if (object.kind === 'NodeSummary') return <NodeGlyph />
  return object.kind === 'PodSummary' ? <ConditionGlyph condition={object.condition} /> : <SliceGlyph />
}

// Where it is, when the name itself was what matched.
function placeOf({ object }: Found): string {
  if (object.kind === 'ServiceSummary') return object.clusterIPs[0] ?? object.externalName ?? object.type
  if (object.kind === 'NodeSummary') return object.zone ?? ''
  if (object.kind === 'PodSummary') return object.nodeName ?? ''
  return object.serviceName ?? ''
}
