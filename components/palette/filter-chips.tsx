'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { usePageQuery } from '@/client/url-state'
import { formatWorkloadRef } from '@/core/graph/workload-ref'
import { DataText } from '../ui/value'

/** The workload, namespaces and labels in force, each with its way out. */
export function FilterChips() {
  const { query, change } = usePageQuery()
  const { namespaces, labels, workload } = query
  if (namespaces.length + labels.length === 0 && !workload) return null
  return (
    <ul className="flex flex-wrap gap-1.5">
      {workload && (
        <Chip text={formatWorkloadRef(workload)} onRemove={() => change({ workload: undefined }, 'replace')} />
      )}
      {namespaces.map((name) => (
        <Chip
          key={name}
          text={name}
          onRemove={() => change({ namespaces: namespaces.filter((one) => one !== name) }, 'replace')}
        />
      ))}
      {labels.map((label) => (
        <Chip
          key={label.join('=')}
          text={label.join('=')}
          onRemove={() => change({ labels: labels.filter((one) => one !== label) }, 'replace')}
        />
      ))}
    </ul>
  )
}

function Chip({ text, onRemove }: { text: string; onRemove: () => void }) {
  const t = useTranslations('palette')
  return (
    <li className="flex min-w-0 items-center rounded-chip border border-line bg-raised pl-2 font-mono text-small">
      <DataText className="min-w-0 wrap-anywhere">{text}</DataText>
      <button
        type="button"
        aria-label={t('remove', { name: text })}
        onClick={onRemove}
        className="flex size-6 shrink-0 items-center justify-center text-text-2 hover:text-text max-md:size-11"
      >
        <X size={13} strokeWidth={2} aria-hidden="true" />
      </button>
    </li>
  )
}
