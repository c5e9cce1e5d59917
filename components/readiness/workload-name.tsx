'use client'

import { useTranslations } from 'next-intl'
import { DataText } from '../ui/value'

/** `Deployment cart`; what has no workload is named in words. */
export function WorkloadName({ workload }: { workload: string }) {
  const t = useTranslations('readiness.group')
  if (workload === 'none' || workload === 'unknown') return <>{t(workload)}</>
  const slash = workload.indexOf('/')
  return (
    <>
      <DataText className="font-normal text-text-2">{workload.slice(0, slash)}</DataText>{' '}
      <DataText className="wrap-anywhere">{workload.slice(slash + 1)}</DataText>
    </>
  )
}
