// The API server's own word on what we may do: SelfSubjectAccessReview decides, SelfSubjectRulesReview (which may be incomplete)
// only warns.

import { openRequest, readText } from '../kube/http'
import { field, isObject, type JsonObject, objectField, stringField } from '../kube/json'
import type { Io } from '../kube/list'
import type { ResourceRule } from './excess'
import type { Attributes } from './needs'

const withinMs = 10_000
const bodyLimit = 4 * 1024 * 1024
const api = '/apis/authorization.k8s.io/v1'

/** Whether we may do this. Throws a Fault when the API server cannot say. */
export async function mayI({ group, resource, verb, namespace, name }: Attributes, io: Io): Promise<boolean> {
  const spec = { resourceAttributes: { group, resource, verb, namespace, name } }
  const status = await review('SelfSubjectAccessReview', spec, io)
  return field(status, 'allowed') === true
}

/** Every rule that applies to us in this namespace, cluster-wide ones included, and whether that is all of them. */
export async function myRules(namespace: string, io: Io): Promise<{ rules: readonly ResourceRule[]; whole: boolean }> {
  const status = await review('SelfSubjectRulesReview', { namespace }, io)
  const given = field(status, 'resourceRules')
  const rules = (Array.isArray(given) ? given : []).filter(isObject).map((rule) => ({
    verbs: texts(rule, 'verbs'),
    groups: texts(rule, 'apiGroups'),
    resources: texts(rule, 'resources'),
    names: texts(rule, 'resourceNames'),
  }))
  return { rules, whole: field(status, 'incomplete') !== true }
}

/** What the API server says it is: `v1.36.3`. Throws a Fault when it does not answer. */
export async function serverVersion(io: Io): Promise<string> {
  return stringField(await ask({ ...io, target: '/version' }), 'gitVersion')
}

async function review(kind: string, spec: object, io: Io): Promise<JsonObject> {
  const object = { apiVersion: 'authorization.k8s.io/v1', kind, spec }
  const target = `${api}/${kind.toLowerCase()}s`
  return objectField(await ask({ ...io, target, send: { method: 'POST', object } }), 'status')
}

type Asked = Io & { target: string; send?: { method: 'POST'; object: unknown } }

async function ask(asked: Asked): Promise<JsonObject> {
  const { body, close } = await openRequest({ ...asked, answerWithin: withinMs, silentFor: withinMs })
  const answer: unknown = JSON.parse(await readText(body, bodyLimit).finally(close))
  return isObject(answer) ? answer : {}
}

function texts(rule: JsonObject, name: string): readonly string[] {
  const value = field(rule, name)
  return Array.isArray(value) ? value.filter((text) => typeof text === 'string') : []
}
