// Questions and answers of tests as lines.

import { answerDns, type DnsOptions } from '../discovery/dns'
import type { DnsView } from '../discovery/dns-records'
import { endpoint, service, servicePort, slice, slicePort } from './builders'
import { discoveryView } from './discovery-view'

export const NXDOMAIN = 'NXDOMAIN'
export const headless = { clusterIP: 'None', clusterIPs: ['None'] }

/** The answer as lines, the additional ones marked with +; the code alone where there are none. */
export function ask(view: DnsView, question: string, options?: DnsOptions): readonly string[] | string | undefined {
  const [name = '', type = ''] = question.split(' ')
  const found = answerDns(view, { name, type }, options)
  if (!found) return undefined
  const lines = found.answer.map((one) => `${one.name} ${one.type} ${one.data}`)
  const more = found.additional.map((one) => `+${one.name} ${one.type} ${one.data}`)
  return lines.length + more.length === 0 ? found.rcode : [...lines, ...more]
}

export const cart = 'cart.shop.svc.cluster.local.'
/** Service shop/cart with two ports, two ready endpoints and one that is terminating. */
export const plain = discoveryView(
  [service({ ports: [servicePort({ port: 80 }), servicePort({ name: 'dns', protocol: 'UDP', port: 53 })] })],
  [
    slice({
      ports: [slicePort({ port: 8080 }), slicePort({ name: 'dns', protocol: 'UDP', port: 5353 })],
      endpoints: [
        endpoint('10.0.0.1'),
        endpoint('10.0.0.2', { hostname: 'cart-0' }),
        endpoint('10.0.0.3', { ready: false, serving: true, terminating: true }),
      ],
    }),
  ],
)
