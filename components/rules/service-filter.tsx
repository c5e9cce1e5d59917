'use client'

import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import type { PredictedLine } from '@/core/rules/types'
import { ServiceGlyph } from '../ui/glyphs'
import { Finder, Picker, PickerButton, PickerItem } from '../ui/picker'
import { DataText } from '../ui/value'
import { visibleText } from '../ui/visible-text'

type ServiceFilterProps = {
  readonly lines: readonly PredictedLine[]
  readonly service: string | undefined
  readonly onChange: (service: string | undefined) => void
}

const SHOWN = 100

/** Lines of one Service, or of all. */
export function ServiceFilter({ lines, service, onChange }: ServiceFilterProps) {
  const t = useTranslations('rules')
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const services = useMemo(() => [...new Set(lines.flatMap((line) => line.service ?? []))].sort(), [lines])
  const found = services.filter((one) => one.includes(text.trim().toLowerCase())).slice(0, SHOWN)
  const choose = (one: string | undefined) => {
    onChange(one)
    setOpen(false)
  }
  return (
    <Picker
      open={open}
      onOpenChange={setOpen}
      button={
        <PickerButton data-service={service ?? ''}>
          <ServiceGlyph shape="clusterIP" />
          {service === undefined ? t('allServices') : <DataText className="font-semibold">{service}</DataText>}
        </PickerButton>
      }
    >
      <Finder label={t('chooseService')} text={text} onText={setText} empty={t('noService')}>
        <PickerItem value="*" onSelect={() => choose(undefined)}>
          {t('allServices')}
        </PickerItem>
        {found.map((one) => (
          <PickerItem key={one} value={one} onSelect={() => choose(one)}>
            <span className="wrap-anywhere">{visibleText(one)}</span>
          </PickerItem>
        ))}
      </Finder>
    </Picker>
  )
}
