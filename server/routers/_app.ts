import 'server-only'
import { router } from '../trpc'
import { addressesRouter } from './addresses'
import { clusterRouter } from './cluster'
import { costRouter } from './cost'
import { demoRouter } from './demo'
import { entriesRouter } from './entries'
import { explainRouter } from './explain'
import { graphRouter } from './graph'
import { namesRouter } from './names'
import { policyRouter } from './policy'
import { portsRouter } from './ports'
import { readinessRouter } from './readiness'
import { rulesRouter } from './rules'
import { sessionRouter } from './session'
import { shareRouter } from './share'
import { statusRouter } from './status'

export const appRouter = router({
  graph: graphRouter,
  status: statusRouter,
  cluster: clusterRouter,
  cost: costRouter,
  demo: demoRouter,
  addresses: addressesRouter,
  entries: entriesRouter,
  explain: explainRouter,
  readiness: readinessRouter,
  policy: policyRouter,
  ports: portsRouter,
  names: namesRouter,
  rules: rulesRouter,
  share: shareRouter,
  session: sessionRouter,
})

export type AppRouter = typeof appRouter
