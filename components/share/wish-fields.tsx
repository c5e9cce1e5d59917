'use client'

import { useTranslations } from 'next-intl'
import { Switch } from 'radix-ui'
import { useId } from 'react'
import { maxShareNamespaces, type ShareShow } from '@/core/share/record'
import { DataText } from '../ui/value'
import { shareDays, type Wish } from './use-wish'

type WishFieldsProps = {
  readonly wish: Wish
  /** Every namespace there is to choose from. */
  readonly all: readonly string[]
  readonly onChange: (change: Partial<Wish>) => void
}

/** Where, how, how long and how much. */
export function WishFields(props: WishFieldsProps) {
  return (
    <>
      <Namespaces {...props} />
      <div className="grid grid-cols-2 gap-4 max-md:grid-cols-1">
        <Mode {...props} />
        <Expiry {...props} />
      </div>
      <Show {...props} />
    </>
  )
}

function Namespaces({ wish, all, onChange }: WishFieldsProps) {
  const t = useTranslations('share.wish')
  const { namespaces } = wish
  const toggle = (name: string) =>
    onChange({
      namespaces: namespaces.includes(name) ? namespaces.filter((one) => one !== name) : [...namespaces, name],
    })
  return (
    <fieldset>
      <legend className="mb-1 font-semibold">{t('namespaces')}</legend>
      <div className="flex max-h-32 flex-wrap gap-x-4 gap-y-1 overflow-y-auto">
        {all.map((name) => {
          const checked = namespaces.includes(name)
          return (
            <label key={name} className="flex min-h-6 min-w-0 items-center gap-2 max-md:min-h-11">
              <input
                type="checkbox"
                checked={checked}
                disabled={!checked && namespaces.length >= maxShareNamespaces}
                onChange={() => toggle(name)}
                className="size-4 shrink-0 accent-(--ink)"
              />
              <DataText className="min-w-0 wrap-anywhere">{name}</DataText>
            </label>
          )
        })}
      </div>
      {all.length > maxShareNamespaces && (
        <p className="mt-1 text-text-2">{t('tooMany', { count: maxShareNamespaces })}</p>
      )}
      {namespaces.length === 0 && (
        <p role="alert" className="mt-1 text-text-2">
          {t('noNamespaces')}
        </p>
      )}
    </fieldset>
  )
}

function Mode({ wish, onChange }: WishFieldsProps) {
  const t = useTranslations('share.wish')
  const id = useId()
  return (
    <fieldset>
      <legend className="mb-1 font-semibold">{t('mode')}</legend>
      {(['live', 'frozen'] as const).map((mode) => (
        <label key={mode} className="flex items-start gap-2 py-0.5 max-md:min-h-11">
          <input
            type="radio"
            name={id}
            checked={wish.mode === mode}
            onChange={() => onChange({ mode })}
            className="mt-0.5 size-4 shrink-0 accent-(--ink)"
          />
          <span>
            {t(mode)}
            <span className="block text-small text-text-2">{t(`${mode}Meaning`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function Expiry({ wish, onChange }: WishFieldsProps) {
  const t = useTranslations('share.wish')
  const id = useId()
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-semibold">
        {t('expiry')}
      </label>
      <select
        id={id}
        value={wish.days}
        onChange={(event) => onChange({ days: Number(event.target.value) })}
        className="h-9 w-full rounded-button border border-line-2 bg-sunken px-2 max-md:h-11"
      >
        {shareDays.map((days) => (
          <option key={days} value={days}>
            {t('days', { count: days })}
          </option>
        ))}
      </select>
    </div>
  )
}

const switches = ['addresses', 'nodeNames', 'externalNames', 'labels'] as const

function Show({ wish, onChange }: WishFieldsProps) {
  const t = useTranslations('share.wish')
  const id = useId()
  const { show } = wish
  const set = (name: (typeof switches)[number], on: boolean) => {
    const next: ShareShow = name === 'labels' ? { ...show, labels: on ? 'all' : [] } : { ...show, [name]: on }
    onChange({ show: next })
  }
  return (
    <fieldset>
      <legend className="mb-1 font-semibold">{t('show')}</legend>
      {switches.map((name) => (
        <div key={name} className="flex min-h-8 items-center justify-between gap-4 max-md:min-h-11">
          <label htmlFor={`${id}-${name}`} className="text-text-2">
            {t(name)}
          </label>
          <Switch.Root
            id={`${id}-${name}`}
            checked={name === 'labels' ? show.labels === 'all' : show[name]}
            onCheckedChange={(on) => set(name, on)}
            className="h-6 w-10 shrink-0 rounded-full border border-line-2 bg-sunken p-0.5 data-[state=checked]:bg-ink"
          >
            <Switch.Thumb className="block size-4.5 rounded-full bg-text-3 transition-transform data-[state=checked]:translate-x-4 data-[state=checked]:bg-ink-on" />
          </Switch.Root>
        </div>
      ))}
    </fieldset>
  )
}
