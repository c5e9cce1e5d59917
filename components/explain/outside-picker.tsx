'use client'

import { Workflow } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { usePageQuery } from '@/client/url-state'
import { useOverview } from '@/client/use-overview'
import type { OutsideRef } from '@/core/graph/page-refs'
import { parseIp } from '@/core/model/ip'
import { find } from '../palette/find'
import { FoundItem } from '../palette/found-item'
import { NodeGlyph } from '../ui/glyphs'
import { Finder, Picker, PickerButton, PickerItem } from '../ui/picker'
import { visibleText } from '../ui/visible-text'

/** Where a connection from outside enters, and from which address it comes. */
export function OutsidePicker({ outside }: { outside: OutsideRef }) {
  const t = useTranslations('explain')
  const [open, setOpen] = useState(false)
  const title = outside.node === undefined ? t('outsideAny') : t('outsideAt', { node: visibleText(outside.node) })
  return (
    <>
      <Picker
        open={open}
        onOpenChange={setOpen}
        button={
          <PickerButton data-outside={outside.node ?? '*'}>
            {outside.node === undefined ? <LoadBalancer /> : <NodeGlyph />}
            <span className="min-w-0 truncate font-semibold">{title}</span>
          </PickerButton>
        }
      >
        <EntryFinder onDone={() => setOpen(false)} />
      </Picker>
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
    <Finder label={t('chooseNode')} text={text} onText={setText}>
      <PickerItem value="*" onSelect={() => choose(undefined)}>
        <LoadBalancer />
        {t('outsideAny')}
      </PickerItem>
      {found.map((one) => (
        <FoundItem
          key={one.object.id}
          found={one}
          onSelect={() => choose(one.ref.kind === 'Node' ? one.ref.name : undefined)}
        />
      ))}
    </Finder>
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
