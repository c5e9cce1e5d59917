'use client'

import { Command } from 'cmdk'
import { ChevronDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { usePageQuery } from '@/client/url-state'
import { useOverview } from '@/client/use-overview'
import { find } from '../palette/find'
import { FoundItem } from '../palette/found-item'
import { picker } from '../shell/picker'
import { NodeGlyph } from '../ui/glyphs'
import { Popover, PopoverContent, PopoverTrigger } from '../ui/popover'
import { DataText } from '../ui/value'

/** Whose rules: the node in focus. */
export function NodePicker({ node }: { node: string | undefined }) {
  const t = useTranslations('rules')
  const overview = useOverview()
  const { change } = usePageQuery()
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const found = useMemo(() => (overview ? find(overview, text, { kinds: ['Node'], limit: 50 }) : []), [overview, text])
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <button type="button" className={picker} data-node={node ?? ''}>
          <NodeGlyph />
          {node === undefined ? t('chooseNode') : <DataText className="font-semibold">{node}</DataText>}
          <ChevronDown size={14} strokeWidth={1.75} className="shrink-0 text-text-3" aria-hidden="true" />
        </button>
      </PopoverTrigger>
      <PopoverContent align="start" className="flex w-96 flex-col overflow-hidden">
        <Command shouldFilter={false} label={t('chooseNode')} className="flex min-h-0 flex-col">
          <Command.Input
            autoFocus
            value={text}
            onValueChange={setText}
            placeholder={t('chooseNode')}
            className="h-10 border-b border-line bg-transparent px-3 outline-none placeholder:text-text-3"
          />
          <Command.List label={t('chooseNode')} className="max-h-80 min-h-0 overflow-y-auto p-1.5">
            <Command.Empty className="p-3 text-text-2">{t('noService')}</Command.Empty>
            {found.map((one) => (
              <FoundItem
                key={one.object.id}
                found={one}
                onSelect={() => {
                  change({ focus: one.ref, tab: undefined })
                  setOpen(false)
                }}
              />
            ))}
          </Command.List>
        </Command>
      </PopoverContent>
    </Popover>
  )
}
