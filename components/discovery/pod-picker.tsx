'use client'

import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { useObject } from '@/client/use-graph'
import { useOverview } from '@/client/use-overview'
import { find } from '../palette/find'
import { FoundItem } from '../palette/found-item'
import { ConditionGlyph } from '../ui/glyphs'
import { Finder, Picker, PickerButton } from '../ui/picker'
import { DataText } from '../ui/value'

export type PodRef = { readonly namespace: string; readonly name: string }

type PodPickerProps = { readonly pod: PodRef | undefined; readonly onPod: (pod: PodRef) => void }

/** One pod of all, searched by its name or address. */
export function PodPicker({ pod, onPod }: PodPickerProps) {
  const t = useTranslations('names.short')
  const [open, setOpen] = useState(false)
  const title = pod && `${pod.namespace}/${pod.name}`
  const summary = useObject('overview', title && `PodSummary:${title}`)
  return (
    <Picker
      open={open}
      onOpenChange={setOpen}
      className="w-88"
      button={
        <PickerButton data-asking-pod={title ?? ''}>
          {title === undefined ? (
            <span className="text-text-2">{t('choose')}</span>
          ) : (
            <>
              <ConditionGlyph condition={summary?.kind === 'PodSummary' ? summary.condition : 'unknown'} size={11} />
              <DataText className="min-w-0 text-left font-semibold max-md:wrap-anywhere md:truncate">{title}</DataText>
            </>
          )}
        </PickerButton>
      }
    >
      <PodFinder
        onPod={(chosen) => {
          onPod(chosen)
          setOpen(false)
        }}
      />
    </Picker>
  )
}

function PodFinder({ onPod }: Pick<PodPickerProps, 'onPod'>) {
  const t = useTranslations('names.short')
  const overview = useOverview()
  const [text, setText] = useState('')
  const found = useMemo(() => (overview ? find(overview, text, { kinds: ['Pod'], limit: 50 }) : []), [overview, text])
  return (
    <Finder label={t('search')} text={text} onText={setText} empty={t('nothing')}>
      {found.map((one) => (
        <FoundItem key={one.object.id} found={one} onSelect={() => one.ref.kind === 'Pod' && onPod(one.ref)} />
      ))}
    </Finder>
  )
}
