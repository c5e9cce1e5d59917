'use client'

import { useTranslations } from 'next-intl'
import { Switch } from 'radix-ui'
import { prefer, usePreferences } from '@/client/preferences'
import { Dialog } from '../ui/dialog'
import { Kbd } from '../ui/kbd'
import { SHORTCUTS } from './use-shortcuts'

export function KeysDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const t = useTranslations('shell')
  const { letters } = usePreferences()
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('keys')}>
      <div className="overflow-y-auto p-5">
        <dl className="grid grid-cols-[1fr_max-content] gap-x-6 gap-y-2">
          {SHORTCUTS.map(({ id, keys }) => (
            <div key={id} className="contents">
              <dt className="text-text-2">{t(`key.${id}`)}</dt>
              <dd className="flex justify-end gap-1">
                {keys.map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
        <div className="mt-5 flex items-center justify-between gap-4 border-t border-line pt-4">
          <label htmlFor="letters" className="text-text-2">
            {t('key.letters')}
          </label>
          <Switch.Root
            id="letters"
            checked={letters}
            onCheckedChange={(checked) => prefer({ letters: checked })}
            className="h-6 w-10 shrink-0 rounded-full border border-line-2 bg-sunken p-0.5 data-[state=checked]:bg-ink"
          >
            <Switch.Thumb className="block size-4.5 rounded-full bg-text-3 transition-transform data-[state=checked]:translate-x-4 data-[state=checked]:bg-ink-on" />
          </Switch.Root>
        </div>
      </div>
    </Dialog>
  )
}
