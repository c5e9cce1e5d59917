'use client'

import { Command } from 'cmdk'
import { ChevronDown, CornerDownRight, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { usePageQuery } from '@/client/url-state'
import { useOverview } from '@/client/use-overview'
import { formatDestination, parseDestination } from '@/core/graph/page-query'
import { type Found, find } from '../palette/find'
import { FoundItem } from '../palette/found-item'
import { picker } from '../shell/picker'
import { IconButton } from '../ui/button'
import { ServiceGlyph } from '../ui/glyphs'
import { Popover, PopoverContent, PopoverTrigger } from '../ui/popover'
import { DataText } from '../ui/value'
import { visibleText } from '../ui/visible-text'

/** What the connection is sent to: a Service, or a name or an address with a port. */
export function DestinationPicker() {
  const t = useTranslations('explain')
  const { query, change } = usePageQuery()
  const [open, setOpen] = useState(false)
  const { focus, to } = query
  const title = to ? formatDestination(to) : focus?.kind === 'Service' ? `${focus.namespace}/${focus.name}` : undefined
  return (
    <span className="flex min-w-0 items-center">
      <Popover open={open} onOpenChange={setOpen}>
        <PopoverTrigger asChild>
          <button type="button" className={picker} data-destination={title ?? ''}>
            {!to && <ServiceGlyph shape="clusterIP" />}
            {title === undefined ? (
              <span className="text-text-2">{t('chooseService')}</span>
            ) : (
              <DataText className="min-w-0 truncate font-semibold">{title}</DataText>
            )}
            <ChevronDown size={14} strokeWidth={1.75} className="shrink-0 text-text-3" aria-hidden="true" />
          </button>
        </PopoverTrigger>
        <PopoverContent align="start" className="flex w-110 flex-col overflow-hidden">
          <DestinationFinder onDone={() => setOpen(false)} />
        </PopoverContent>
      </Popover>
      {to && (
        <IconButton label={t('clearDestination')} onClick={() => change({ to: undefined })}>
          <X size={15} strokeWidth={1.75} />
        </IconButton>
      )}
    </span>
  )
}

function DestinationFinder({ onDone }: { onDone: () => void }) {
  const t = useTranslations('explain')
  const overview = useOverview()
  const { change } = usePageQuery()
  const [text, setText] = useState('')
  const found = useMemo(
    () => (overview ? find(overview, text, { kinds: ['Service'], limit: 50 }) : []),
    [overview, text],
  )
  const to = parseDestination(text.trim())
  const choose = ({ ref }: Found) => {
    if (ref.kind === 'Service') change({ focus: ref, port: undefined, to: undefined, tab: undefined })
    onDone()
  }
  return (
    <Command shouldFilter={false} label={t('destination')} className="flex min-h-0 flex-col">
      <Command.Input
        autoFocus
        value={text}
        onValueChange={setText}
        placeholder={t('destinationHint')}
        className="h-10 border-b border-line bg-transparent px-3 outline-none placeholder:text-text-3"
      />
      <Command.List label={t('destination')} className="max-h-80 min-h-0 overflow-y-auto p-1.5">
        <Command.Empty className="p-3 text-text-2">{t('destinationNothing')}</Command.Empty>
        {to && (
          <Command.Item
            value={`to ${text}`}
            onSelect={() => {
              change({ to })
              onDone()
            }}
            className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-chip px-2.5 data-[selected=true]:bg-raised max-md:min-h-11"
          >
            <CornerDownRight size={15} strokeWidth={1.75} className="shrink-0 text-text-2" aria-hidden="true" />
            <span className="wrap-anywhere">{t('sendTo', { destination: visibleText(formatDestination(to)) })}</span>
          </Command.Item>
        )}
        {found.map((one) => (
          <FoundItem key={one.object.id} found={one} onSelect={() => choose(one)} />
        ))}
      </Command.List>
    </Command>
  )
}
