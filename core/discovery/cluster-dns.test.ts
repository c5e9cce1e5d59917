import { describe, expect, test } from 'vitest'
import { configMap, service } from '../testing/builders'
import { namesView } from '../testing/names-view'
import { clusterDns } from './cluster-dns'
import { parseCorefile } from './corefile'
import { zoneOfName } from './name-server'

const corefile = (text: string) => configMap({ name: 'coredns', data: { Corefile: text } })
const kubelet = (text: string) => configMap({ name: 'kubelet-config', data: { kubelet: text } })
const kubeDns = (over: Parameters<typeof service>[0] = {}) =>
  service({ namespace: 'kube-system', name: 'kube-dns', clusterIP: '10.96.0.10', ...over })
const usual =
  '.:53 {\nerrors\nkubernetes cluster.local in-addr.arpa ip6.arpa {\npods insecure\nfallthrough in-addr.arpa ip6.arpa\nttl 30\n}\nforward\n}'

describe('[Q1] what is known of the DNS', () => {
  test('nothing that can be read: what kubeadm sets up is assumed, and called so', () => {
    const { notes, ...dns } = clusterDns(namesView({}))
    expect(notes).toEqual([])
    expect(dns).toMatchObject({
      domain: 'cluster.local',
      domainFrom: { code: 'names-domain-assumed' },
      pods: 'insecure',
      ttlSeconds: 30,
      optionsFrom: { code: 'names-options-assumed' },
      servers: [],
      serversFrom: { code: 'names-server-absent' },
      service: undefined,
    })
  })

  test.each([
    ['by name', [kubeDns()], 'names-server-by-name', ['10.96.0.10']],
    [
      'by label',
      [kubeDns({ name: 'coredns', labels: { 'k8s-app': 'kube-dns' } })],
      'names-server-by-label',
      ['10.96.0.10'],
    ],
    ['a headless one has no address', [kubeDns({ clusterIP: 'None' })], 'names-server-absent', []],
    ['of another namespace', [kubeDns({ namespace: 'dns' })], 'names-server-absent', []],
  ])('the server is the address of the usual Service: %s', (_, services, code, servers) => {
    const dns = clusterDns(namesView({ services }))
    expect([dns.serversFrom.code, dns.servers]).toEqual([code, servers])
  })

  test('another Service of kube-system is no server', () => {
    expect(clusterDns(namesView({ services: [kubeDns({ name: 'metrics' })] })).servers).toEqual([])
  })

  test.each([
    ['one of both its addresses is told', 'fd00::a', 'kube-system/kube-dns'],
    ['its one address is told', '10.96.0.10', 'kube-system/kube-dns'],
    ['others are told', '192.0.2.53', undefined],
  ])('whose the server is that kubelets name: %s', (_, told, of) => {
    const configMaps = [kubelet(`clusterDNS: ${told}`)]
    const clusterIPs = told === 'fd00::a' ? ['10.96.0.10', 'fd00::a'] : []
    expect(clusterDns(namesView({ services: [kubeDns({ clusterIPs })], configMaps })).service).toBe(of)
    expect(clusterDns(namesView({ configMaps })).service).toBeUndefined()
  })

  test('each fact says where it is from', () => {
    const from = (name: string) => ({ code: 'names-from-configmap', values: { name: `kube-system/${name}` } })
    const configMaps = [corefile(usual), kubelet('clusterDomain: Cluster.Local.\nclusterDNS: 10.96.0.10')]
    expect(clusterDns(namesView({ configMaps }))).toMatchObject({
      domainFrom: from('coredns'),
      optionsFrom: from('coredns'),
      serversFrom: from('kubelet-config'),
      searched: 'cluster.local',
      notes: [],
    })
    expect(clusterDns(namesView({})).serversFrom).toEqual({
      code: 'names-server-absent',
      values: { namespace: 'kube-system' },
    })
  })

  test('what may change an answer is told, and every domain that kubelets do not search', () => {
    const configMaps = [
      corefile(usual.replace('cluster.local', 'a.example b.example').replace('errors', 'hosts')),
      kubelet('clusterDomain: c.example'),
    ]
    expect(clusterDns(namesView({ configMaps })).notes).toEqual([
      { code: 'names-corefile-other', values: { name: 'hosts' } },
      { code: 'names-domains-differ', values: { served: 'a.example, b.example', searched: 'c.example' } },
    ])
  })

  test.each([
    ['x.svc.cluster.local.', 'cluster.local'],
    ['x.local.', 'local'],
    ['x.example.', 'local'],
  ])('of domains within each other the longest answers for a name: %s', (name, domain) => {
    const dns = clusterDns(namesView({ configMaps: [corefile(usual.replace('cluster.local', 'local cluster.local'))] }))
    expect(zoneOfName(dns, name)).toBe(domain)
  })

  test('where kube-system is not seen, nothing is said of a server', () => {
    const dns = clusterDns(
      namesView({
        coverage: (kind, namespace) => (kind === 'Service' && namespace === 'kube-system' ? 'forbidden' : 'synced'),
      }),
    )
    expect(dns.serversFrom.code).toBe('names-server-not-seen')
  })

  test("the kubelets' configuration names domain and server", () => {
    const configMaps = [kubelet('clusterDomain: k8s.example\nclusterDNS: 169.254.20.10')]
    expect(clusterDns(namesView({ services: [kubeDns()], configMaps }))).toMatchObject({
      domain: 'k8s.example',
      domainFrom: { code: 'names-from-configmap', values: { name: 'kube-system/kubelet-config' } },
      servers: ['169.254.20.10'],
      serversFrom: { code: 'names-from-configmap' },
      service: undefined,
    })
  })

  test('the Corefile says what is served; a domain that kubelets search and nobody serves is told', () => {
    const configMaps = [
      corefile(usual.replace('cluster.local', 'a.example')),
      kubelet('clusterDomain: b.example\nclusterDNS: 10.96.0.10'),
    ]
    const dns = clusterDns(namesView({ services: [kubeDns()], configMaps }))
    expect(dns).toMatchObject({
      domain: 'a.example',
      pods: 'insecure',
      ttlSeconds: 30,
      service: 'kube-system/kube-dns',
    })
    expect(dns.notes).toEqual([
      { code: 'names-domains-differ', values: { served: 'a.example', searched: 'b.example' } },
    ])
  })

  test.each([
    ["the kubelets' own among them", 'cluster.local', 'cluster.local', []],
    ['the first when nothing is known of kubelets', undefined, 'corp.local', []],
    ['the first when kubelets search none of them', 'b.example', 'corp.local', ['names-domains-differ']],
  ])('of several domains that are served: %s', (_, searched, domain, notes) => {
    const served = corefile(usual.replace('cluster.local', 'corp.local cluster.local'))
    const dns = clusterDns(
      namesView({ configMaps: [served, ...(searched ? [kubelet(`clusterDomain: ${searched}`)] : [])] }),
    )
    expect(dns).toMatchObject({ domain, domains: ['corp.local', 'cluster.local'], searched: searched ?? domain })
    expect(dns.notes.map(({ code }) => code)).toEqual(notes)
  })

  test('a ConfigMap of the name in another namespace does not count', () => {
    const configMaps = [
      configMap({ namespace: 'dns', name: 'coredns', data: { Corefile: usual.replace('cluster.local', 'x') } }),
    ]
    expect(clusterDns(namesView({ configMaps })).domain).toBe('cluster.local')
  })
})

describe('[Q1] a Corefile', () => {
  const services = { zones: ['cluster.local'], pods: 'disabled', ttlSeconds: 5, handsOn: [], options: [] }
  const one = (over: object = {}, block: object = {}) => [
    { zones: [''], services: { ...services, ...over }, plugins: [], ...block },
  ]
  test.each([
    [
      'as kubeadm writes it',
      usual,
      one(
        {
          zones: ['cluster.local', 'in-addr.arpa', 'ip6.arpa'],
          pods: 'insecure',
          ttlSeconds: 30,
          handsOn: ['in-addr.arpa', 'ip6.arpa'],
        },
        { plugins: ['errors', 'forward'] },
      ),
    ],
    ['without options the plugin has its own', '. {\nkubernetes cluster.local\n}', one()],
    [
      'without zones the block has them; transport, port and case do not count',
      'dns://Cluster.Local:53 {\nkubernetes\n}',
      one({}, { zones: ['cluster.local'] }),
    ],
    [
      'in their order',
      '. {\nkubernetes Corp.local cluster.local. in-addr.arpa\n}',
      one({ zones: ['corp.local', 'cluster.local', 'in-addr.arpa'] }),
    ],
    [
      'several blocks',
      'corp {\nforward\n}\n. {\nkubernetes cluster.local\n}',
      [{ zones: ['corp'], services: undefined, plugins: ['forward'] }, ...one()],
    ],
    [
      'blocks of other ports and transports, and snippets, are none',
      '(s) {\nlog\n}\n.:5353 {\nwhoami\n}\ntls://. {\nforward\n}\n. {\nkubernetes cluster.local\n}',
      one(),
    ],
    [
      'without port 53 that of the first with the plugin',
      '. {\nlog\n}\n.:5353 {\nkubernetes cluster.local\n}\nb:5354 {\nkubernetes b\n}',
      one(),
    ],
    ['an impossible ttl', '. {\nkubernetes cluster.local {\nttl x\n}\n}', one()],
    [
      'options and plugins that change answers',
      '. {\nrewrite\nkubernetes cluster.local {\nnoendpoints\nfallthrough\n}\nhosts\ncache\n}',
      one({ handsOn: [''], options: ['noendpoints'] }, { plugins: ['rewrite', 'hosts', 'cache'] }),
    ],
    ['not closed', '. {\nkubernetes cluster.local {\npods verified', one({ pods: 'verified' })],
    ['without the plugin', '. {\nforward\n}', undefined],
    ['empty', '', undefined],
  ])('%s', (_, text, blocks) => {
    expect(parseCorefile(text)?.blocks).toEqual(blocks)
  })

  test('blocks that are read from elsewhere are told', () => {
    expect(parseCorefile(`import x/*.server\n${usual}`)?.imports).toBe(true)
    expect(parseCorefile(usual)?.imports).toBe(false)
  })
})
