import { describe, expect, test } from 'vitest'
import { endpointNames, portChains, readName } from './names'

const web = { namespace: 'default', service: 'web', port: '', protocol: 'TCP' } as const
const long = {
  namespace: 'n'.repeat(63),
  service: 's'.repeat(63),
  port: 'p'.repeat(63),
  protocol: 'SCTP',
} as const
const far = { ip: '2001:db8:1111:2222:3333:4444:5555:6666', port: 65_535 }

test('[N1] the chains of a port share a hash and say the names', () => {
  expect(portChains(web)).toEqual({
    cluster: 'service-PFISGYVC-default/web/tcp/',
    local: 'local-PFISGYVC-default/web/tcp/',
    external: 'external-PFISGYVC-default/web/tcp/',
    firewall: 'firewall-PFISGYVC-default/web/tcp/',
  })
})

describe('[N2] names of an endpoint', () => {
  test('say its address, IPv6 with dots, and port after those of the Service port', () => {
    const name = { ...web, namespace: 'ns1', service: 'svc1', port: 'p80' }
    // The example that upstream itself gives.
    expect(endpointNames(name, { ip: '10.180.0.1', port: 80 }).chain).toBe(
      'endpoint-5OJB2KTY-ns1/svc1/tcp/p80__10.180.0.1/80',
    )
    expect(endpointNames(web, { ip: 'fd00:10:1::11', port: 8080 }).affinity).toMatch(
      /^affinity-[A-Z2-7]{8}-default\/web\/tcp\/__fd00\.10\.1\.\.11\/8080$/,
    )
  })

  test('are cut at 240 characters after the prefix', () => {
    const { chain } = endpointNames(long, far)
    expect(chain).toHaveLength('endpoint-'.length + 240)
    expect(chain).toMatch(/\.\.\.$/)
    expect(portChains(long).cluster).not.toMatch(/\.\.\.$/)
  })
})

describe('names are read back', () => {
  test.each([
    ['a Cluster chain', portChains(web).cluster, undefined],
    ['a firewall chain', portChains(web).firewall, undefined],
    ['an endpoint chain', endpointNames(web, { ip: '10.1.2.11', port: 8080 }).chain, '10.1.2.11:8080'],
    ['an affinity set', endpointNames(web, { ip: '10.1.2.11', port: 8080 }).affinity, '10.1.2.11:8080'],
    ['an IPv6 endpoint', endpointNames(web, { ip: 'fd00::1', port: 53 }).chain, '[fd00::1]:53'],
    ['a whole IPv6 address', endpointNames(web, far).chain, `[${far.ip}]:65535`],
  ])('%s', (_name, name, endpoint) => {
    expect(readName(name)).toEqual({ service: 'default/web', port: '/TCP', endpoint })
  })

  test('one that was cut off tells its Service port alone', () => {
    const service = `${long.namespace}/${long.service}`
    const port = `${long.port}/SCTP`
    expect(readName(endpointNames(long, far).chain)).toEqual({ service, port, endpoint: undefined })
  })

  test.each(['services', 'reject-chain', 'service-endpoints-check', 'service-PFISGYVC', 'other-PFISGYVC-a/b/tcp/'])(
    '%s tells nothing',
    (name) => expect(readName(name)).toBeUndefined(),
  )
})
