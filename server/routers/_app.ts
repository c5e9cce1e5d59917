import 'server-only'
import { router } from '../trpc'
import { clusterRouter } from './cluster'
import { demoRouter } from './demo'
import { graphRouter } from './graph'
import { statusRouter } from './status'

export const appRouter = router({
  graph: graphRouter,
  status: statusRouter,
  cluster: clusterRouter,
  demo: demoRouter,
})

export type AppRouter = typeof appRouter
