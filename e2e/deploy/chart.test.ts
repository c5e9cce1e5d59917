// The chart without a cluster: what Helm says of it, what it renders, which rights it asks for and what it refuses.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { apiResources } from '../../core/model/api-resources'
import {
  chartReadme,
  keptFiles,
  keptRenders,
  plainFile,
  plainManifest,
  readValues,
  renderFile,
  renderVariants,
  withValues,
} from '../../scripts/chart-files.ts'
import { readConfig, settings } from '../../server/config'
import { resourcesOf } from '../../server/kube/resources'
import type { KubeObject } from '../cluster/api.ts'
import { whyNoPrograms } from '../cluster/build.ts'
import { chartFolder, envOf, type Outcome, objectsOf, type Rule, renderAll, rulesOf, type Values } from './chart.ts'
import { variants } from './variants.ts'

const skipReason = await whyNoPrograms(['helm-chart'])
if (skipReason) console.warn(`SKIPPED, the chart: ${skipReason}`)

const reading = ['get', 'list', 'watch']
const names = Object.keys(variants)

test('the chart has the version of the product', () => {
  const chart: unknown = parse(readFileSync(join(chartFolder, 'Chart.yaml'), 'utf8'))
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  expect(chart).toMatchObject({ version, appVersion: version })
})

test('the table of values in its README is that of values.yaml (mend it with: npm run chart)', () => {
  const readme = readFileSync(chartReadme, 'utf8')
  expect(readme).toBe(withValues(readme, readValues()))
})

const refused: readonly (readonly [string, Values, string])[] = [
  ['a value that is not there', { repliccas: 3 }, 'repliccas'],
  ['a value of another type', { replicas: 'three' }, 'replicas'],
  ['an unknown way in', { auth: { mode: 'open' } }, 'auth/mode'],
  ['http', { publicUrl: 'http://triplane.example.org' }, 'publicUrl'],
  ['a path with a slash at its end', { publicUrl: 'https://triplane.example.org/a/' }, 'publicUrl'],
  ['a wildcard for everybody', { auth: { anonymous: { namespaces: ['*'] } } }, 'auth/anonymous/namespaces'],
  ['signing in at no address', { auth: { mode: 'token' } }, 'publicUrl must say'],
  ['an Ingress for no host', { ingress: { enabled: true } }, 'ingress.enabled needs publicUrl'],
  ['a route for no host', { httpRoute: { enabled: true } }, 'httpRoute.enabled needs publicUrl'],
  ['a route to no Gateway', { publicUrl: 'https://a.test', httpRoute: { enabled: true } }, 'names no Gateway'],
  ['links while locked', { shares: { enabled: true } }, 'shares.enabled needs auth.mode token or proxy'],
  [
    'links of nobody',
    { ...anonymous({ iUnderstand: true, namespaces: ['shop'] }), shares: { enabled: true } },
    'signed in',
  ],
  ['a proxy from anywhere', proxy({ existingSecret: 'one' }), 'auth.proxy.peers must say'],
  ['a proxy without a secret', proxy({ peers: ['10.0.0.1'] }), 'auth.proxy.existingSecret must name'],
  ['everybody, not understood', anonymous({ namespaces: ['shop'] }), 'iUnderstand must be true'],
  ['everybody, to see what', anonymous({ iUnderstand: true }), 'auth.anonymous.namespaces must name'],
]

describe.skipIf(skipReason)('the chart', () => {
  let outcomes: Readonly<Record<string, Outcome>>
  let kept: Readonly<Record<string, string>>
  let objects: Readonly<Record<string, readonly KubeObject[]>>
  let refusals: Readonly<Record<string, Outcome | undefined>>
  beforeAll(async () => {
    outcomes = await renderVariants()
    kept = keptRenders(outcomes)
    objects = Object.fromEntries(names.map((name) => [name, objectsOf(outcomes[name]?.manifest ?? '')]))
    const found = await renderAll(refused.map(([, values]) => ({ values })))
    refusals = Object.fromEntries(refused.map(([name], at) => [name, found[at]]))
  })
  const objectsIn = (name: string) => objects[name] ?? []
  const rulesIn = (name: string) => rulesOf(objectsIn(name))

  test.each(names)('helm lint has nothing against it, nor anything worth a warning: %s', (name) => {
    expect(outcomes[name]?.lint.filter((line) => !line.startsWith('[INFO]'))).toEqual([])
  })

  test.each(names)('renders what is kept in renders/ (mend it with: npm run chart): %s', (name) => {
    expect(readFileSync(renderFile(name), 'utf8')).toBe(kept[name])
  })

  test('renders/ has no file of a variant that is gone', () => {
    expect(keptFiles()).toEqual(names.map((name) => `${name}.yaml`).sort())
  })

  test('deploy/triplane.yaml is the render with defaults (mend it with: npm run chart)', () => {
    expect(readFileSync(plainFile, 'utf8')).toBe(plainManifest(outcomes.default?.manifest ?? ''))
  })

  test.each(names)('its environment is a configuration that the product takes: %s', (name) => {
    const env = envOf(objectsIn(name))
    for (const variable of Object.keys(env)) expect(settings.map((setting) => setting.name)).toContain(variable)
    const config = readConfig({ ...env, KUBERNETES_SERVICE_HOST: '10.96.0.1' }, () => true)
    expect(config).toMatchObject({ source: 'in-cluster', port: 3000, opsPort: 9090, front: { listen: '0.0.0.0' } })
  })

  test('values reach the settings that they are for', () => {
    const configOf = (name: string) =>
      readConfig({ ...envOf(objectsIn(name)), KUBERNETES_SERVICE_HOST: '10.96.0.1' }, () => true)
    expect(configOf('default')).toMatchObject({ auth: { mode: 'locked' }, shares: { store: 'off' }, namespaces: [] })
    expect(configOf('token')).toMatchObject({ auth: { mode: 'token', audience: 'triplane' }, watchPods: 'all' })
    expect(configOf('proxy').auth).toMatchObject({
      mode: 'proxy',
      peers: ['10.0.0.0/8'],
      secretFile: '/etc/triplane/proxy/secret',
    })
    expect(configOf('anonymous').auth).toEqual({ mode: 'anonymous', namespaces: ['shop'] })
    expect(configOf('shares')).toMatchObject({
      keyFile: '/etc/triplane/key/key',
      shares: { store: 'configmap', name: 'triplane-shares' },
    })
    expect(configOf('ingress-and-path').front).toMatchObject({
      basePath: '/tools/triplane',
      publicUrl: { origin: 'https://triplane.example.org:8443' },
      trustedProxies: ['10.0.0.0/8'],
    })
    expect(configOf('namespaced').namespaces).toEqual(['payments', 'shop'])
    expect(configOf('no-pods').watchPods).toBe('none')
  })

  test('[T1] with defaults nobody is let in, nothing is exposed, and no Secret is made', () => {
    const rendered = objectsIn('default')
    const text = JSON.stringify(rendered.find(({ kind }) => kind === 'Deployment'))
    expect(text).toContain('{"name":"TRIPLANE_AUTH","value":"locked"}')
    expect(text).toContain('{"name":"TRIPLANE_SHARES","value":"off"}')
    expect(rendered.filter(({ kind }) => ['Ingress', 'HTTPRoute', 'Secret'].includes(kind))).toEqual([])
    expect(rendered.find(({ kind }) => kind === 'Service')?.spec).toMatchObject({ type: 'ClusterIP' })
  })

  describe('[T2] rights', () => {
    test.each(names)('never secrets, subresources or a wildcard, and no write but the ones below: %s', (name) => {
      for (const rule of rulesIn(name)) {
        expect(JSON.stringify(rule)).not.toMatch(/\*|"secrets"|"[a-z]+\/[a-z]+"/)
        expect([undefined, ...writes]).toContain(writeOf(rule))
      }
    })

    test.each(['default', 'anonymous', 'namespaced', 'no-pods', 'no-nodes'])('only get, list and watch: %s', (name) => {
      expect(rulesIn(name)).not.toEqual([])
      for (const { verbs } of rulesIn(name)) expect(reading).toEqual(expect.arrayContaining([...verbs]))
    })

    test.each<[string, readonly string[]]>([
      ['token', ['create tokenreviews', 'create subjectaccessreviews']],
      ['proxy', ['create subjectaccessreviews']],
      ['shares', [...writes]],
    ])('signing in and sharing add exactly what they need: %s', (name, expected) => {
      expect(
        rulesIn(name)
          .flatMap((rule) => writeOf(rule) ?? [])
          .sort(),
      ).toEqual([...expected].sort())
    })

    test('ConfigMaps only by name', () => {
      const named = names.flatMap(rulesIn).filter(({ resources }) => resources.includes('configmaps'))
      expect(named).not.toEqual([])
      for (const { resourceNames = [] } of named) expect(resourceNames.length).toBeGreaterThan(0)
    })

    test('everything that is watched may be read', () => {
      for (const { kind, fieldSelector } of resourcesOf({ namespaces: [], watchPods: true })) {
        const { group, plural } = apiResources[kind]
        const wanted = fieldSelector?.replace('metadata.name=', '')
        const rule = rulesIn('default').find(
          (one) =>
            one.apiGroups.includes(group) &&
            one.resources.includes(plural) &&
            (one.resourceNames === undefined || (wanted !== undefined && one.resourceNames.includes(wanted))),
        )
        expect([kind, wanted, rule?.verbs]).toEqual([kind, wanted, reading])
      }
    })
  })

  test.each(names)('[T14] nobody can be impersonated and no right widened: %s', (name) => {
    const text = JSON.stringify(rulesIn(name))
    for (const word of ['impersonate', 'bind', 'escalate', 'serviceaccounts', 'nodes/proxy']) {
      expect(text).not.toContain(word)
    }
  })

  test.each(refused)('refuses %s', (name, _, says) => {
    expect(refusals[name]?.error).toContain(says)
    expect(refusals[name]?.manifest).toBe('')
  })

  test('two releases in two namespaces share no object', async () => {
    const [one, other] = await renderAll([
      { values: {}, namespace: 'one' },
      { values: {}, namespace: 'other' },
    ])
    const ids = (outcome?: Outcome) =>
      objectsOf(outcome?.manifest ?? '').map(({ kind, metadata }) => `${kind} ${metadata.namespace} ${metadata.name}`)
    expect(ids(one).length).toBeGreaterThan(8)
    expect(ids(one).filter((id) => ids(other).includes(id))).toEqual([])
  })

  test('the notes say how it is reached and what it may write', () => {
    expect(outcomes.default?.notes).toContain('locked')
    expect(outcomes.token?.notes).toContain('https://triplane.example.org')
    expect(outcomes.token?.notes).toContain('It reads, and writes nothing.')
    expect(outcomes.shares?.notes).toContain('ConfigMap triplane-shares')
    expect(outcomes.anonymous?.notes).toContain('Everybody who reaches it sees: shop')
  })
})

const writes = ['create subjectaccessreviews', 'create tokenreviews', 'update configmaps triplane-shares']

// What a rule may do beyond reading, in one line; undefined for one that only reads.
function writeOf({ resources, resourceNames = [], verbs }: Rule): string | undefined {
  const beyond = verbs.filter((verb) => !reading.includes(verb)).sort()
  return beyond.length === 0 ? undefined : [beyond.join(), resources.join(), ...resourceNames].join(' ')
}

function proxy(values: Values): Values {
  return { publicUrl: 'https://a.test', auth: { mode: 'proxy', proxy: values } }
}

function anonymous(values: Values): Values {
  return { publicUrl: 'https://a.test', auth: { mode: 'anonymous', anonymous: values } }
}
