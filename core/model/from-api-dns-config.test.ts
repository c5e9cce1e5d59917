import { expect, test } from 'vitest'
import { reducedCorefile, reducedKubeletConfig } from './from-api-dns-config'

test('a Corefile keeps its plugins by name and the options of the plugin kubernetes', () => {
  const corefile = `
# hunter2
.:53 {
    errors # hunter2
    hosts /etc/hunter2 {
        192.0.2.1 hunter2
    }
    kubernetes prod.example in-addr.arpa ip6.arpa {
       pods insecure
       fallthrough in-addr.arpa ip6.arpa
       endpoint https://hunter2
       ttl 10
    }
    forward . hunter2 {
       max_concurrent 1000
    }
}
corp:53 {
    forward . hunter2
}`
  expect(reducedCorefile(corefile).split('\n')).toEqual([
    '.:53 {',
    'errors',
    'hosts',
    'kubernetes prod.example in-addr.arpa ip6.arpa {',
    'pods insecure',
    'fallthrough in-addr.arpa ip6.arpa',
    'endpoint',
    'ttl 10',
    '}',
    'forward',
    '}',
    'corp:53 {',
    'forward',
    '}',
  ])
})

test.each([
  ['', ''],
  ['}\n}', '}\n}'],
  ['kubernetes', 'kubernetes'],
])('a Corefile that is none does no harm: %j', (text, reduced) => {
  expect(reducedCorefile(text)).toBe(reduced)
})

test.each([
  [
    'as kubeadm writes it',
    'clusterDNS:\n- 10.96.0.10\n- fd00::a\nclusterDomain: k8s.example\nx: y',
    'clusterDomain: k8s.example\nclusterDNS: 10.96.0.10 fd00::a',
  ],
  [
    'indented and quoted',
    'clusterDomain: "k8s.example" # x\nclusterDNS:\n  - "10.96.0.10"',
    'clusterDomain: k8s.example\nclusterDNS: 10.96.0.10',
  ],
  ['neither', 'authentication:\n  token: hunter2', ''],
  ['in another form', '{"clusterDomain":"a"}', ''],
  ['of another level', 'x:\n  clusterDomain: a', ''],
])("a kubelet's configuration: %s", (_, text, reduced) => {
  expect(reducedKubeletConfig(text)).toBe(reduced)
})
