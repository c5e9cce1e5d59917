'use client'

import { useTranslations } from 'next-intl'
import { Tabs } from 'radix-ui'
import { useState } from 'react'
import { Dialog } from '../ui/dialog'
import { LinkList } from './link-list'
import { MadeLink } from './made-link'
import { NewLink } from './new-link'

type ShareDialogProps = {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly onGone: () => boolean
}

/** A new link to what the page shows, and the links there are. A made link is forgotten here when the dialog closes. */
export function ShareDialog({ open, onOpenChange, onGone }: ShareDialogProps) {
  const t = useTranslations('share')
  const [link, setLink] = useState<string>()
  const change = (next: boolean) => {
    if (!next) setLink(undefined)
    onOpenChange(next)
  }
  return (
    <Dialog open={open} onOpenChange={change} title={t('title')} onGone={onGone}>
      <Tabs.Root defaultValue="new" className="flex min-h-0 flex-col">
        <Tabs.List aria-label={t('tabs.label')} className="flex shrink-0 border-b border-line px-3">
          {(['new', 'list'] as const).map((tab) => (
            <Tabs.Trigger
              key={tab}
              value={tab}
              className="h-10 border-b-2 border-transparent px-3 text-text-2 hover:text-text data-[state=active]:border-ink data-[state=active]:font-semibold data-[state=active]:text-text max-md:h-11"
            >
              {t(`tabs.${tab}`)}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <Tabs.Content value="new" tabIndex={-1} className="min-h-0 overflow-y-auto outline-none">
          {link === undefined ? (
            <NewLink onMade={setLink} />
          ) : (
            <MadeLink link={link} onAnother={() => setLink(undefined)} />
          )}
        </Tabs.Content>
        <Tabs.Content value="list" tabIndex={-1} className="min-h-0 overflow-y-auto outline-none">
          <LinkList onLink={setLink} link={link} />
        </Tabs.Content>
      </Tabs.Root>
    </Dialog>
  )
}
