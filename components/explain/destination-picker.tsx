'use client'

import { CornerDownRight, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { usePageQuery } from '@/client/url-state'
import { useOverview } from '@/client/use-overview'
import { formatDestination, parseDestination } from '@/core/graph/page-destination'
import { type Found, find } from '../palette/find'
import { FoundItem } from '../palette/found-item'
import { IconButton } from '../ui/button'
import { ServiceGlyph } from '../ui/glyphs'
import { Finder, Picker, PickerButton, PickerItem } from '../ui/picker'
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
      <Picker
        open={open}
        onOpenChange={setOpen}
        className="w-110"
        button={
          <PickerButton data-destination={title ?? ''}>
            {!to && <ServiceGlyph shape="clusterIP" />}
            {title === undefined ? (
              <span className="text-text-2">{t('chooseService')}</span>
            ) : (
              <DataText className="min-w-0 truncate font-semibold">{title}</DataText>
            )}
          </PickerButton>
        }
      >
        <DestinationFinder onDone={() => setOpen(false)} />
      </Picker>
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
  // A name alone means the Service of that name, if there is one.
  const send = to && (
    <PickerItem
      value={`to ${text}`}
      onSelect={() => {
        change({ to })
        onDone()
      }}
    >
      <CornerDownRight size={15} strokeWidth={1.75} className="shrink-0 text-text-2" aria-hidden="true" />
      <span className="wrap-anywhere">{t('sendTo', { destination: visibleText(formatDestination(to)) })}</span>
    </PickerItem>
  )
  return (
    <Finder
      label={t('destination')}
      placeholder={t('destinationHint')}
      text={text}
      onText={setText}
      empty={t('destinationNothing')}
    >
      {to?.port !== undefined && send}
      {found.map((one) => (
        <FoundItem key={one.object.id} found={one} onSelect={() => choose(one)} />
      ))}
      {to?.port === undefined && send}
    </Finder>
  )
}
