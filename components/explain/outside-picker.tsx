'use client'

import { Command } from 'cmdk'
import { ChevronDown, Workflow } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { usePageQuery } from '@/client/url-state'
import { useOverview } from '@/client/use-overview'
import type { OutsideRef } from '@/core/graph/page-query'
import { parseIp } from '@/core/model/ip'
import { find } from '../palette/find'
import { FoundItem } from '../palette/found-item'
import { picker } from '../shell/picker'
import { NodeGlyph } from '../ui/glyphs'
import { Popover, PopoverContent, PopoverTrigger } from '../ui/popover'
import { visibleText } from '../ui/visible-text'

/** Where a connection from outside enters, and from which address it comes. */
export function OutsidePicker({ outside }: { outside: OutsideRef }) {
  const t = useTranslations('explain')
  const [open, setOpen] = useState(false)
  const title = outside.node === undefined ? t('outsideAny') : t('outsideAt', { node: visibleText(outside.node) })
  return (
    <>
      <Popover open={open} onOpenChange={setOpen}>
        <PopoverTrigger asChild>
          <button type="button" className={picker} data-outside={outside.node ?? '*'}>
            {outside.node === undefined ? <LoadBalancer /> : <NodeGlyph />}
            <span className="min-w-0 truncate font-semibold">{title}</span>
            <ChevronDown size={14} strokeWidth={1.75} className="shrink-0 text-text-3" aria-hidden="true" />
          </button>
        </PopoverTrigger>
        <PopoverContent align="start" className="flex w-96 flex-col overflow-hidden">
          <EntryFinder onDone={() => setOpen(false)} />
        </PopoverContent>
      </Popover>
      <ClientAddress />
    </>
  )
}

function LoadBalancer() {
  return <Workflow size={15} strokeWidth={1.75} className="shrink-0 text-text-2" aria-hidden="true" />
}

function EntryFinder({ onDone }: { onDone: () => void }) {
  const t = useTranslations('explain')
  const overview = useOverview()
  const { change } = usePageQuery()
  const [text, setText] = useState('')
  const found = useMemo(() => (overview ? find(overview, text, { kinds: ['Node'], limit: 50 }) : []), [overview, text])
  const choose = (node: string | undefined) => {
    change({ outside: { node } })
    onDone()
  }
  return (
    <Command shouldFilter={false} label={t('chooseNode')} className="flex min-h-0 flex-col">
      <Command.Input
        autoFocus
        value={text}
        onValueChange={setText}
        placeholder={t('chooseNode')}
        className="h-10 border-b border-line bg-transparent px-3 outline-none placeholder:text-text-3"
      />
      <Command.List label={t('chooseNode')} className="max-h-80 min-h-0 overflow-y-auto p-1.5">
        <Command.Item
          value="*"
          onSelect={() => choose(undefined)}
          className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-chip px-2.5 data-[selected=true]:bg-raised max-md:min-h-11"
        >
          <LoadBalancer />
          {t('outsideAny')}
        </Command.Item>
        {found.map((one) => (
          <FoundItem
            key={one.object.id}
            found={one}
            onSelect={() => choose(one.ref.kind === 'Node' ? one.ref.name : undefined)}
          />
        ))}
      </Command.List>
    </Command>
  )
}

function ClientAddress() {
  const t = useTranslations('explain')
  const { query, change } = usePageQuery()
  const [text, setText] = useState(query.client ?? '')
  const bad = text !== '' && parseIp(text) === undefined
  return (
    <label className="flex items-center gap-2 text-text-2">
      {t('client')}
      <input
        value={text}
        placeholder={t('clientHint')}
        aria-invalid={bad}
        spellCheck={false}
        onChange={({ target: { value } }) => {
          setText(value)
          if (value === '' || parseIp(value)) change({ client: parseIp(value)?.text }, 'replace')
        }}
        className="h-8 w-40 rounded-button border border-line bg-sunken px-2.5 font-mono text-text outline-none placeholder:font-sans placeholder:text-text-3 focus-visible:outline-2 focus-visible:outline-ring aria-invalid:border-crit max-md:min-h-11"
      />
      {bad && (
        <span role="alert" className="text-crit">
          {t('clientBad')}
        </span>
      )}
    </label>
  )
}
