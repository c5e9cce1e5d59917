import type { FrontOptions } from '../front.ts'

/** A laptop's front on this port; what a test is about goes over it. */
export function frontOptions(port: number, over: Partial<FrontOptions> = {}): FrontOptions {
  return {
    port,
    basePath: '',
    publicUrl: undefined,
    anyHost: false,
    trustedProxies: [],
    health: { notReady: () => [], shedding: () => false, draining: () => false },
    ...over,
  }
}
