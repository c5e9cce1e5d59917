'use client'

import { useTranslations } from 'next-intl'
import { ToggleGroup } from 'radix-ui'
import { usePageQuery } from '@/client/url-state'
import { useFamilies, useShownFamily } from '@/client/use-family'
import type { IpFamily } from '@/core/model/records'

export const FAMILIES: readonly IpFamily[] = ['IPv4', 'IPv6']

/** Which address family the map and the routes show, where there is a choice. Until somebody chooses, it is the focused Service's own first. */
export function FamilySwitch() {
  const t = useTranslations('shell')
  const { change } = usePageQuery()
  const shown = useShownFamily()
  const families = useFamilies()
  if (families.every((one) => one === shown)) return null
  return (
    <ToggleGroup.Root
      type="single"
      value={shown}
      onValueChange={(value) => {
        const family = FAMILIES.find((one) => one === value)
        if (family) change({ family }, 'replace')
      }}
      aria-label={t('family')}
      className="flex h-8 shrink-0 max-md:h-11 rounded-button border border-line bg-sunken p-0.5"
    >
      {FAMILIES.map((family) => (
        <ToggleGroup.Item
          key={family}
          value={family}
          translate="no"
          className="rounded-chip px-2 text-text-2 hover:text-text data-[state=on]:bg-raised data-[state=on]:text-text data-[state=on]:shadow-[0_0_0_1px_var(--line)]"
        >
          {family}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}
