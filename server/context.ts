import 'server-only'
import { getRuntime, type Runtime } from './runtime'

export type Context = { readonly runtime: Runtime }

export async function createContext(): Promise<Context> {
  return { runtime: await getRuntime() }
}
