'use client'

import { MousePointerClick, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useMemo, useState } from 'react'
import { select, useSelection } from '@/client/selection'
import { usePageQuery } from '@/client/url-state'
import { useOverview } from '@/client/use-overview'
import { type Source, useSource } from '@/client/use-route'
import type { FocusRef, SourceRef } from '@/core/graph/page-refs'
import { type Found, find } from '../palette/find'
import { FoundItem } from '../palette/found-item'
import { IconButton } from '../ui/button'
import { ConditionGlyph, NodeGlyph } from '../ui/glyphs'
import { Finder, Picker, PickerButton } from '../ui/picker'
import { DataText } from '../ui/value'
import { visibleText } from '../ui/visible-text'

/** The pod or node a connection starts from: searched here, or clicked on the map. */
export function SourcePicker() {
  const t = useTranslations('shell.route')
  const source = useSource()
  const { change } = usePageQuery()
  const { choosing: open } = useSelection()
  const setOpen = (choosing: boolean) => select({ choosing })
  useEffect(() => () => select({ choosing: false }), [])
  return (
    <span className="flex min-w-0 items-center">
      <Picker
        open={open}
        onOpenChange={setOpen}
        button={
          <PickerButton
            data-source={source ? titleOf(source.ref) : ''}
            title={source && visibleText(titleOf(source.ref))}
          >
            {source ? <SourceName source={source} /> : <span className="text-text-2">{t('anywhere')}</span>}
          </PickerButton>
        }
      >
        <SourceFinder onDone={() => setOpen(false)} />
      </Picker>
      {source && (
        <IconButton label={t('clear')} onClick={() => change({ from: undefined })}>
          <X size={15} strokeWidth={1.75} />
        </IconButton>
      )}
    </span>
  )
}

function SourceName({ source }: { source: Source }) {
  const t = useTranslations('shell.route')
  const { ref, node, pod } = source
  // Before the overview is here nothing is known of any pod.
  const isGone = useOverview() !== undefined && ref.kind === 'Pod' && !pod
  const place = [ref.kind === 'Pod' ? node?.name : undefined, node?.zone].filter((one) => one !== undefined)
  return (
    <>
      {ref.kind === 'Pod' ? <ConditionGlyph condition={pod?.condition ?? 'unknown'} size={11} /> : <NodeGlyph />}
      <DataText className="min-w-0 truncate font-semibold">{titleOf(ref)}</DataText>
      <DataText className="min-w-0 truncate text-text-2 max-sm:hidden">
        {isGone ? t('gone') : place.join(', ')}
      </DataText>
    </>
  )
}

function SourceFinder({ onDone }: { onDone: () => void }) {
  const t = useTranslations('shell.route')
  const overview = useOverview()
  const { change } = usePageQuery()
  const [text, setText] = useState('')
  const found = useMemo(
    () => (overview ? find(overview, text, { kinds: ['Node', 'Pod'], limit: 50 }) : []),
    [overview, text],
  )
  const choose = (one: Found) => {
    const from = sourceOf(one.ref)
    if (from) change({ from })
    onDone()
  }
  return (
    <Finder
      label={t('choose')}
      text={text}
      onText={setText}
      empty={t('nothing')}
      before={
        <button
          type="button"
          onClick={() => {
            select({ picking: true })
            onDone()
          }}
          className="flex h-9 items-center gap-2.5 border-b border-line px-3 text-left text-text-2 hover:bg-raised max-md:hidden"
        >
          <MousePointerClick size={15} strokeWidth={1.75} aria-hidden="true" />
          {t('pick')}
        </button>
      }
    >
      {found.map((one) => (
        <FoundItem key={one.object.id} found={one} onSelect={() => choose(one)} />
      ))}
    </Finder>
  )
}

function sourceOf(ref: FocusRef): SourceRef | undefined {
  if (ref.kind === 'Node') return ref
  return ref.kind === 'Pod' ? { kind: 'Pod', namespace: ref.namespace, name: ref.name } : undefined
}

function titleOf(ref: SourceRef): string {
  return ref.kind === 'Node' ? ref.name : `${ref.namespace}/${ref.name}`
}
