import type { Audience } from '@/core/access/audience'
import { audienceChanges } from '@/core/access/audience-changes'
import { audienceView } from '@/core/access/audience-view'
import { createStandIns } from '@/core/access/stand-ins'
import { project, projectObject } from '@/core/graph/project'
import type { AudienceSide } from '../feed/session-feeds'
import type { ClusterStore } from '../store/cluster-store'

/** The store as an audience sees it. `key`: 32 secret bytes, the same in every replica. */
export function audienceSide(store: ClusterStore, audience: Audience, key: Uint8Array): AudienceSide {
  const standIns = createStandIns(key, audience.id)
  const view = audienceView(store, audience, standIns)
  const changes = audienceChanges(audience, standIns)
  return {
    view,
    source: {
      project: (part) => project(view, part),
      projectObject: (part, id) => projectObject(view, part, id),
      subscribe: (listener) =>
        store.subscribe(({ dirty }) => {
          const own = changes(dirty)
          if (own.size > 0) listener(own)
        }),
    },
  }
}
