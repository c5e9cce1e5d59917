import type { FieldReader, Identity } from './from-api-reader'
import { objectKey } from './keys'
import type { IngressBackend, IngressClassRecord, IngressPath, IngressRecord } from './records-entries'

const CLASS_ANNOTATION = 'kubernetes.io/ingress.class'
// Below a prefix that is the controller's to choose (kubernetes/ingress-nginx docs/user-guide/ingress-path-matching.md).
const EXPRESSIONS = /^[^/]+\/(use-regex|rewrite-target)$/
const DEFAULT_CLASS = 'ingressclass.kubernetes.io/is-default-class'

/** Ingress record (k8s.io/api networking/v1 types.go@v0.36.3). */
export function parseIngress(object: FieldReader, identity: Identity): IngressRecord {
  const spec = object.child('spec')
  const { namespace, name } = identity
  return {
    ...identity,
    kind: 'Ingress',
    key: objectKey(namespace, name),
    className: spec.text('ingressClassName'),
    classAnnotation: annotation(object, CLASS_ANNOTATION),
    expressions: hasExpressions(object),
    defaultBackend: spec.has('defaultBackend') ? parseBackend(spec.child('defaultBackend')) : undefined,
    rules: spec.children('rules').map((rule) => ({
      host: rule.string('host') ?? '',
      paths: rule.child('http').children('paths').map(parsePath),
    })),
    tls: spec.children('tls').map((tls) => ({ hosts: tls.strings('hosts'), secretName: tls.text('secretName') })),
    addresses: object
      .child('status')
      .child('loadBalancer')
      .children('ingress')
      .flatMap((one) => one.text('ip') ?? one.text('hostname') ?? []),
  }
}

/** IngressClass record; the default one is told by an annotation (k8s.io/api networking/v1 well_known_annotations.go@v0.36.3). */
export function parseIngressClass(object: FieldReader, identity: Identity): IngressClassRecord {
  const { namespace: _, ...named } = identity
  const controller = object.child('spec').string('controller') ?? ''
  const isDefault = annotation(object, DEFAULT_CLASS) === 'true'
  return { ...named, kind: 'IngressClass', key: identity.name, controller, isDefault }
}

const parsePath = (path: FieldReader): IngressPath => ({
  path: path.string('path') ?? '',
  pathType: path.string('pathType') ?? '',
  backend: parseBackend(path.child('backend')),
})

function parseBackend(backend: FieldReader): IngressBackend {
  const service = backend.child('service')
  const port = service.child('port')
  const resource = backend.has('resource') ? backend.child('resource') : undefined
  return {
    service: service.text('name'),
    port: port.text('name') ?? (port.port('number') || undefined),
    resource: resource && `${resource.string('kind') ?? ''}/${resource.string('name') ?? ''}`,
  }
}

function hasExpressions(object: FieldReader): boolean {
  const found = object.child('metadata').map('annotations', (name) => EXPRESSIONS.test(name))
  return [...found].some(([name, value]) => !name.endsWith('/use-regex') || value === 'true')
}

const annotation = (object: FieldReader, name: string): string | undefined =>
  object
    .child('metadata')
    .map('annotations', (one) => one === name)
    .get(name) || undefined
