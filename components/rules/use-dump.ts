'use client'

import { useTranslations } from 'next-intl'
import { useCallback, useState } from 'react'
import { MAX_DUMP_LENGTH } from '@/core/rules/types'

/** What the node itself says, pasted or read from a file, or why the file cannot be read. It stays in this browser. */
export function useDump() {
  const t = useTranslations('rules')
  const [dump, setText] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const setDump = useCallback((text: string | undefined) => {
    setProblem(undefined)
    setText(text)
  }, [])
  const setFile = useCallback(
    (file: File) => {
      if (file.size > MAX_DUMP_LENGTH) return setProblem(t('tooLarge', { mebibytes: MAX_DUMP_LENGTH / 2 ** 20 }))
      void file.text().then(setDump, (error: Error) => setProblem(t('unreadable', { message: error.message })))
    },
    [t, setDump],
  )
  return { dump, problem, setDump, setFile }
}
