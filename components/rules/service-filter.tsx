'use client'

import { Command } from 'cmdk'
import { ChevronDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import type { PredictedLine } from '@/core/rules/types'
import { picker } from '../shell/picker'
import { ServiceGlyph } from '../ui/glyphs'
import { Popover, PopoverContent, PopoverTrigger } from '../ui/popover'
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
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <button type="button" className={picker} data-service={service ?? ''}>
          <ServiceGlyph shape="clusterIP" />
          {service === undefined ? t('allServices') : <DataText className="font-semibold">{service}</DataText>}
          <ChevronDown size={14} strokeWidth={1.75} className="shrink-0 text-text-3" aria-hidden="true" />
        </button>
      </PopoverTrigger>
      <PopoverContent align="start" className="flex w-96 flex-col overflow-hidden">
        <Command shouldFilter={false} label={t('chooseService')} className="flex min-h-0 flex-col">
          <Command.Input
            autoFocus
            value={text}
            onValueChange={setText}
            placeholder={t('chooseService')}
            className="h-10 border-b border-line bg-transparent px-3 outline-none placeholder:text-text-3"
          />
          <Command.List label={t('chooseService')} className="max-h-80 min-h-0 overflow-y-auto p-1.5">
            <Command.Empty className="p-3 text-text-2">{t('noService')}</Command.Empty>
            <Command.Item value="*" onSelect={() => choose(undefined)} className={item}>
              {t('allServices')}
            </Command.Item>
            {found.map((one) => (
              <Command.Item key={one} value={one} onSelect={() => choose(one)} className={item}>
                <span className="wrap-anywhere">{visibleText(one)}</span>
              </Command.Item>
            ))}
          </Command.List>
        </Command>
      </PopoverContent>
    </Popover>
  )
}

const item =
  'flex min-h-9 cursor-pointer items-center gap-2.5 rounded-chip px-2.5 data-[selected=true]:bg-raised max-md:min-h-11'
