import { expect, test } from 'vitest'
import { systemClock } from '../kube/clock'
import { plainConnection } from '../kube/connection'
import { type Examination, examine } from './examine'
import { excessOf, type ResourceRule } from './excess'
import { needsOf } from './needs'
import { exitCodeOf, reportOf } from './report'
import { missingRoles } from './rule-text'

const wholeCluster = { namespaces: [], watchPods: true, mode: 'local', shares: undefined } as const
const patient = { name: 'prod', server: 'https://10.0.0.1:6443', mode: 'token' }
const rule = (over: Partial<ResourceRule>): ResourceRule => ({
  verbs: ['get', 'list', 'watch'],
  groups: [''],
  resources: ['services'],
  names: [],
  ...over,
})

test('with the default settings only reading is asked for, by name where names are known', () => {
  const needs = needsOf(wholeCluster)
  expect(new Set(needs.map(({ verb }) => verb))).toEqual(new Set(['get', 'list', 'watch']))
  expect(needs.filter(({ resource }) => resource === 'configmaps').every(({ name }) => name !== '')).toBe(true)
  expect(needs.some(({ resource }) => resource === 'secrets')).toBe(false)
})

test('a namespaced install asks in its namespaces only; sign-in and share links add their few rights', () => {
  const needs = needsOf({
    ...wholeCluster,
    namespaces: ['shop'],
    watchPods: false,
    mode: 'token',
    shares: { namespace: 'tools', name: 'triplane-shares' },
  })
  const of = (resource: string) => needs.filter((need) => need.resource === resource)
  expect(of('services').map(({ namespace }) => namespace)).toEqual(['shop', 'shop'])
  expect(of('pods')).toEqual([])
  expect(of('tokenreviews').map(({ verb }) => verb)).toEqual(['create'])
  expect(of('subjectaccessreviews').map(({ verb }) => verb)).toEqual(['create'])
  const links = of('configmaps').filter(({ name }) => name === 'triplane-shares')
  expect(links.map(({ verb, namespace }) => `${namespace} ${verb}`)).toEqual([
    'tools get',
    'tools watch',
    'tools update',
  ])
  expect(needsOf({ ...wholeCluster, mode: 'proxy' }).filter(({ verb }) => verb === 'create')).toHaveLength(1)
})

test.each<[string, Partial<ResourceRule>, string | undefined]>([
  ['reading what is watched', {}, undefined],
  ['reading what is not watched, such as events', { resources: ['events'] }, undefined],
  ['everything', { verbs: ['*'], groups: ['*'], resources: ['*'] }, 'everything'],
  ['every core resource, if only to read', { resources: ['*'] }, 'everything'],
  ['reading Secrets', { resources: ['configmaps', 'secrets'], verbs: ['get'] }, 'secrets'],
  ['writing a Service', { verbs: ['get', 'update'] }, 'writes'],
  ['every verb on Services', { verbs: ['*'] }, 'writes'],
  ['deleting anything of another group', { groups: ['apps'], resources: ['*'], verbs: ['delete'] }, 'writes'],
  ['impersonation', { resources: ['users'], verbs: ['impersonate'] }, 'impersonates'],
  ['exec into pods', { resources: ['pods/exec'], verbs: ['create'] }, 'reaches-into-pods'],
  ['the proxy of nodes', { resources: ['nodes/proxy'], verbs: ['get'] }, 'reaches-into-pods'],
  [
    'what every account may ask about itself',
    { groups: ['authorization.k8s.io'], resources: ['selfsubjectaccessreviews'], verbs: ['create'] },
    undefined,
  ],
  [
    'the review that sign-in needs',
    { groups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] },
    undefined,
  ],
  [
    'the ConfigMap of the share links',
    { resources: ['configmaps'], names: ['triplane-shares'], verbs: ['get', 'watch', 'update', 'patch'] },
    undefined,
  ],
  ['updating every ConfigMap', { resources: ['configmaps'], verbs: ['update'] }, 'writes'],
])('[T2] %s: told as %s', (_, over, why) => {
  const needs = needsOf({ ...wholeCluster, mode: 'token', shares: { namespace: 'tools', name: 'triplane-shares' } })
  expect(excessOf([rule(over)], needs).map((excess) => excess.why)).toEqual(why === undefined ? [] : [why])
})

test('what is missing is written as the rules that give it: one role for the cluster, one per namespace', () => {
  const needs = needsOf({ ...wholeCluster, namespaces: ['shop'], watchPods: false })
  const missing = needs.filter(({ without }) => without === 'Service' || without === 'Node' || without === 'DaemonSet')
  expect(missingRoles(missing)).toBe(`apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: triplane-missing
rules:
  - apiGroups: [""]
    resources: ["nodes"]
    verbs: ["list", "watch"]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: triplane-missing
  namespace: shop
rules:
  - apiGroups: [""]
    resources: ["services"]
    verbs: ["list", "watch"]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: triplane-missing
  namespace: kube-system
rules:
  - apiGroups: ["apps"]
    resources: ["daemonsets"]
    verbs: ["list", "watch"]
`)
})

test('the report names the right, what is not there without it, and the rule; its exit code says whether all is there', () => {
  const findings = needsOf(wholeCluster).map((need) => ({
    ...need,
    allowed: need.resource !== 'pods' || need.verb === 'list',
  }))
  const excess = excessOf([rule({ resources: ['secrets'] })], findings)
  const examination: Examination = { reached: true, version: 'v1.36.3', findings, excess, rulesAreWhole: false }
  const text = reportOf(patient, examination)
  expect(text).toMatch(/^list,watch pods +whole cluster +NO \(watch\)$/m)
  expect(text).toMatch(/^list,watch endpointslices\.discovery\.k8s\.io +whole cluster +yes$/m)
  expect(text).toContain('pods: pods are known only as far as EndpointSlices name them')
  expect(text).toContain('resources: ["pods"]\n    verbs: ["watch"]')
  expect(text).toContain('reading Secrets: get,list,watch secrets')
  expect(text).toContain('could not list every rule')
  expect(exitCodeOf(examination)).toBe(1)
  expect(exitCodeOf({ ...examination, findings: findings.map((finding) => ({ ...finding, allowed: true })) })).toBe(0)
})

test('a server that cannot be asked is said so, and no name can move the cursor', async () => {
  const io = {
    connection: plainConnection('http://127.0.0.1:9'),
    clock: systemClock,
    signal: AbortSignal.timeout(5000),
  }
  const examination = await examine(wholeCluster, io)
  expect(exitCodeOf(examination)).toBe(2)
  const text = reportOf({ ...patient, name: 'a\u001b[2J\u202eb' }, examination)
  expect(text).toContain('The API server cannot be asked: connection-refused.')
  expect(text).toContain('a·[2J·b')
})
