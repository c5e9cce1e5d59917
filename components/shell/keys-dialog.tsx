'use client'

import { useTranslations } from 'next-intl'
import { Switch } from 'radix-ui'
import { prefer, usePreferences } from '@/client/preferences'
import { Dialog } from '../ui/dialog'
import { Kbd } from '../ui/kbd'
import { type ShortcutScope, shortcuts } from '../ui/shortcuts'

/** Every key that works, by where it works. */
export function KeysDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const t = useTranslations('shell')
  const { letters } = usePreferences()
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('keys')}>
      <div className="overflow-y-auto p-5">
        {groups.map(({ title, scopes }) => (
          <section key={title} aria-label={t(`keysOn.${title}`)} className="mb-5">
            <h3 className="mb-2 text-caption text-text-3">{t(`keysOn.${title}`)}</h3>
            <dl className="grid grid-cols-[1fr_max-content] gap-x-6 gap-y-2">
              {scopes.flatMap((scope) =>
                shortcuts[scope].map(({ id, keys }) => (
                  <div key={`${scope}/${id}`} className="contents" data-shortcut={`${scope}/${id}`}>
                    <dt className="text-text-2">{t(`key.${id}`)}</dt>
                    <dd className="flex items-start justify-end gap-1">
                      {keys.map((key) => (
                        <Kbd key={key}>{shown[key] ?? key}</Kbd>
                      ))}
                    </dd>
                  </div>
                )),
              )}
            </dl>
          </section>
        ))}
        <div className="flex items-center justify-between gap-4 border-t border-line pt-4">
          <label htmlFor="letters" className="text-text-2">
            {t('letters')}
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

const groups: readonly { title: 'page' | 'map' | 'list'; scopes: readonly ShortcutScope[] }[] = [
  { title: 'page', scopes: ['page'] },
  { title: 'map', scopes: ['map', 'zoom'] },
  { title: 'list', scopes: ['list'] },
]

// As keyboards are printed.
const shown: Readonly<Record<string, string>> = {
  Escape: 'Esc',
  ArrowLeft: '←',
  ArrowUp: '↑',
  ArrowRight: '→',
  ArrowDown: '↓',
}
