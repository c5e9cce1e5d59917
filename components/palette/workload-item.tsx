'use client'

import { Command } from 'cmdk'
import { Layers } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { formatWorkloadRef } from '@/core/graph/workload-ref'
import { DataText } from '../ui/value'
import type { FoundWorkload } from './find-workloads'

/** A workload that was found; choosing it shows its pods and their Services alone. */
export function WorkloadItem({ found, onSelect }: { found: FoundWorkload; onSelect: () => void }) {
  const t = useTranslations('palette')
  const { ref, pods, listed, ready } = found
  return (
    <Command.Item
      value={`workload ${formatWorkloadRef(ref)}`}
      onSelect={onSelect}
      data-find-workload={formatWorkloadRef(ref)}
      className="flex cursor-pointer items-center gap-2.5 rounded-chip px-2.5 py-2 data-[selected=true]:bg-raised data-[selected=true]:shadow-[inset_0_0_0_1px_var(--line)] max-md:min-h-11"
    >
      <Layers size={14} strokeWidth={1.75} className="shrink-0 text-text-3" aria-hidden="true" />
      <DataText className="min-w-0 flex-1 wrap-anywhere">{`${ref.namespace}/${ref.name}`}</DataText>
      <span className="max-w-[45%] text-right text-small text-text-2 wrap-anywhere">
        <DataText>{ref.kind}</DataText> {t(listed === 0 ? 'workloadAlone' : 'workloadPods', { ready, listed, pods })}
      </span>
    </Command.Item>
  )
}
