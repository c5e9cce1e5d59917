'use client'

import type { EndpointStanding } from '@/core/readiness/types'
import { Age } from '../ui/age'
import { ReasonText } from '../ui/reason'
import { Lag } from './standing'

/** Why an endpoint is not simply ready, in a phrase, and since when. */
export function EndpointWhy({ standing }: { standing: EndpointStanding }) {
  const { state, why, since, lag } = standing
  return (
    <>
      {why && (
        <p className="text-small wrap-anywhere" data-why={why.code} data-standing={state}>
          <ReasonText reason={why} />
          {since !== null && (
            <span className="text-text-3">
              {' '}
              <Age at={since} />
            </span>
          )}
        </p>
      )}
      {lag && <Lag lag={lag} />}
    </>
  )
}
