'use client'

import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { usePageQuery } from '@/client/url-state'
import { useOverview } from '@/client/use-overview'
import { find } from '../palette/find'
import { FoundItem } from '../palette/found-item'
import { NodeGlyph } from '../ui/glyphs'
import { Finder, Picker, PickerButton } from '../ui/picker'
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
    <Picker
      open={open}
      onOpenChange={setOpen}
      button={
        <PickerButton data-node={node ?? ''}>
          <NodeGlyph />
          {node === undefined ? t('chooseNode') : <DataText className="font-semibold">{node}</DataText>}
        </PickerButton>
      }
    >
      <Finder label={t('chooseNode')} text={text} onText={setText} empty={t('noService')}>
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
      </Finder>
    </Picker>
  )
}
