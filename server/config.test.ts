import { describe, expect, test } from 'vitest'
import meanings from '../messages/en/settings.json'
import { ConfigError, readConfig, settings } from './config'

const token = '/var/run/secrets/kubernetes.io/serviceaccount/token'
const inPod = { KUBERNETES_SERVICE_HOST: '10.96.0.1' }
const has =
  (...files: string[]) =>
  (path: string) =>
    files.includes(path)

describe('which cluster', () => {
  test.each([
    ['nothing at all: the embedded cluster', {}, has(), 'embedded'],
    ['a kubeconfig in the home directory', { HOME: '/h' }, has('/h/.kube/config'), 'kubeconfig'],
    ['a kubeconfig named by KUBECONFIG', { KUBECONFIG: '/k' }, has('/k'), 'kubeconfig'],
    ['a service account comes before a kubeconfig', { ...inPod, KUBECONFIG: '/k' }, has('/k', token), 'in-cluster'],
    [
      'a named context means the kubeconfig',
      { ...inPod, KUBECONFIG: '/k', TRIPLANE_CONTEXT: 'c' },
      has('/k', token),
      'kubeconfig',
    ],
    [
      'embedded, asked for beside a kubeconfig',
      { TRIPLANE_CLUSTER: 'embedded', KUBECONFIG: '/k' },
      has('/k'),
      'embedded',
    ],
    ['an empty variable counts as not set', { TRIPLANE_CLUSTER: '', HOME: '/h' }, has(), 'embedded'],
  ])('%s', (_name, env, files, source) => {
    expect(readConfig(env, files).source).toBe(source)
  })

  test('embedded: no kubeconfig and no service account is looked for, whatever names one', () => {
    const looked: string[] = []
    const env = { ...inPod, TRIPLANE_CLUSTER: 'embedded', KUBECONFIG: '/absent', HOME: '/h' }
    expect(readConfig(env, (path) => looked.push(path) > 0)).toMatchObject({ source: 'embedded', kubeconfigFiles: [] })
    expect(readConfig(env, () => false).source).toBe('embedded')
    expect(looked).toEqual([])
  })

  test('of several kubeconfig files the absent ones are skipped, in order', () => {
    expect(readConfig({ KUBECONFIG: '/a:/b:/c' }, has('/a', '/c')).kubeconfigFiles).toEqual(['/a', '/c'])
  })
})

describe('a bad value names its variable', () => {
  test.each([
    ['PORT', { PORT: '0' }],
    ['PORT', { PORT: '3000x' }],
    ['PORT', { PORT: '65536' }],
    ['TRIPLANE_CLUSTER', { TRIPLANE_CLUSTER: 'minikube' }],
    ['TRIPLANE_CLUSTER', { TRIPLANE_CLUSTER: 'in-cluster' }],
    ['KUBECONFIG', { KUBECONFIG: '/absent' }],
    ['KUBECONFIG', { TRIPLANE_CLUSTER: 'kubeconfig', HOME: '/h' }],
    ['TRIPLANE_CONTEXT', { TRIPLANE_CLUSTER: 'embedded', TRIPLANE_CONTEXT: 'prod' }],
    ['TRIPLANE_NAMESPACES', { TRIPLANE_NAMESPACES: 'shop,../etc' }],
    ['TRIPLANE_WATCH_PODS', { TRIPLANE_WATCH_PODS: 'yes' }],
    ['TRIPLANE_DEMO_SCENARIO', { TRIPLANE_DEMO_SCENARIO: 'circus' }],
    ['TRIPLANE_DEMO_SIZE', { TRIPLANE_DEMO_SIZE: 'galactic' }],
    ['TRIPLANE_DEMO_SEED', { TRIPLANE_DEMO_SEED: '-1' }],
    ['TRIPLANE_DEMO_SPEED', { TRIPLANE_DEMO_SPEED: '1e9' }],
  ])('%s of %o', (variable, env) => {
    expect(() => readConfig(env, has())).toThrow(ConfigError)
    expect(() => readConfig(env, has())).toThrow(new RegExp(`^${variable}: `))
  })
})

test('defaults, and the table says the same', () => {
  const defaults = Object.fromEntries(settings.map((setting) => [setting.name, setting.default]))
  const fromTable = readConfig({ ...defaults, KUBECONFIG: undefined }, has())
  expect(readConfig({}, has())).toEqual(fromTable)
  expect(fromTable).toMatchObject({ port: 3000, namespaces: [], watchPods: 'all', demo: { scenario: 'shop', seed: 1 } })
})

test('every setting has a meaning in the catalogue, and no meaning is left over', () => {
  expect(settings.map((setting) => setting.meaning).sort()).toEqual(Object.keys(meanings).sort())
})

test('namespaces are trimmed, sorted and once each; the config cannot be changed', () => {
  const config = readConfig({ TRIPLANE_NAMESPACES: ' shop, kube-system ,shop' }, has())
  expect(config.namespaces).toEqual(['kube-system', 'shop'])
  expect(Object.isFrozen(config) && Object.isFrozen(config.demo) && Object.isFrozen(config.namespaces)).toBe(true)
})
