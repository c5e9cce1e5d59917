'use client'

import { useTranslations } from 'next-intl'
import { useCallback } from 'react'
import type { ProxyModeVerdict } from '@/core/graph/types'
import { visibleText } from './visible-text'

/** `iptables`, `ipvs (rr)`, `replaced by cilium`, `unknown`. */
export function useModeText(): (verdict: ProxyModeVerdict) => string {
  const t = useTranslations('shell.mode')
  return useCallback(
    (verdict) => {
      if (verdict.state === 'unknown') return t('unknown')
      if (verdict.state === 'replaced') return t('replaced', { by: visibleText(verdict.by) })
      if (verdict.scheduler === null || verdict.scheduler === '') return verdict.mode
      return t('scheduled', { mode: verdict.mode, scheduler: visibleText(verdict.scheduler) })
    },
    [t],
  )
}
