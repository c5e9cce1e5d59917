'use client'

import { CircleUser, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { signOut } from '@/client/sign-in'
import { useSession } from '@/client/use-session'
import { Button } from '../ui/button'
import { Popover, PopoverContent, PopoverTrigger } from '../ui/popover'
import { DataText } from '../ui/value'

/** Who is signed in, and the way out; in front of an open door, that it is one. Nothing where nobody has a name. */
export function PersonMenu() {
  const { kind } = useSession()
  if (kind === 'user') return <Person />
  return kind === 'anonymous' ? <OpenToEverybody /> : null
}

function Person() {
  const t = useTranslations('access.person')
  const { name, canSignOut } = useSession()
  return (
    <Popover>
      <PopoverTrigger asChild>
        <button
          type="button"
          aria-label={t('menu', { name })}
          data-person={name}
          className="flex h-8 min-w-0 shrink-0 items-center gap-1.5 rounded-button px-2 text-text-2 hover:bg-raised hover:text-text max-md:size-11 max-md:justify-center max-md:px-0"
        >
          <CircleUser size={18} strokeWidth={1.75} className="shrink-0" aria-hidden="true" />
          <span className="max-w-36 truncate max-xl:hidden">
            <DataText>{shortName(name)}</DataText>
          </span>
        </button>
      </PopoverTrigger>
      <PopoverContent align="end" className="flex w-80 flex-col gap-3 p-4">
        <p className="font-semibold wrap-anywhere">
          <DataText>{name}</DataText>
        </p>
        <p className="text-text-2">{t('sees')}</p>
        {canSignOut && (
          <p>
            <Button onClick={() => void signOut()}>{t('signOut')}</Button>
          </p>
        )}
      </PopoverContent>
    </Popover>
  )
}

function OpenToEverybody() {
  const t = useTranslations('access.anonymous')
  return (
    <Popover>
      <PopoverTrigger asChild>
        <button
          type="button"
          aria-label={t('chip')}
          data-open-to-everybody
          className="flex h-7 shrink-0 items-center gap-1.5 rounded-chip border border-crit bg-[color-mix(in_srgb,var(--crit)_10%,var(--surface))] px-2 text-small font-semibold text-crit max-md:size-11 max-md:justify-center max-md:px-0"
        >
          <TriangleAlert size={14} strokeWidth={2} className="shrink-0" aria-hidden="true" />
          <span className="max-lg:hidden">{t('chip')}</span>
        </button>
      </PopoverTrigger>
      <PopoverContent align="end" className="w-80 p-4">
        <p className="text-text-2">{t('meaning')}</p>
      </PopoverContent>
    </Popover>
  )
}

/** `system:serviceaccount:team:viewer` is known as `team/viewer`. */
function shortName(name: string): string {
  const [, namespace, account] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name) ?? []
  return namespace === undefined ? name : `${namespace}/${account}`
}
