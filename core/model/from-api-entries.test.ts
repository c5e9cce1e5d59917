import { expect, test } from 'vitest'
import { parseObject } from './from-api'

const ingressWith = (annotations: Record<string, string>) =>
  parseObject('Ingress', { metadata: { namespace: 'shop', name: 'web', uid: 'u', resourceVersion: '1', annotations } })

test.each<[Record<string, string>, boolean]>([
  [{}, false],
  [{ 'nginx.ingress.kubernetes.io/use-regex': 'true' }, true],
  [{ 'nginx.ingress.kubernetes.io/use-regex': 'false' }, false],
  [{ 'nginx.ingress.kubernetes.io/rewrite-target': '/$1' }, true],
  [{ 'own.example.com/use-regex': 'true' }, true],
  [{ 'nginx.ingress.kubernetes.io/ssl-redirect': 'true', 'use-regex': 'true' }, false],
])('[Y15] annotations %j ask for expressions: %s', (annotations, expressions) => {
  const parsed = ingressWith(annotations)
  expect(parsed.ok && parsed.record).toMatchObject({ kind: 'Ingress', expressions })
})
