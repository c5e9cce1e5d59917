// A certificate for `localhost`, made for one test run and trusted by nobody.
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** HAProxy wants both in one file. */
export type Certificate = { readonly certificate: string; readonly key: string; readonly both: string }

/** Writes the certificate into `folder` and returns the paths of its files. */
export async function makeCertificate(folder: string): Promise<Certificate> {
  const certificate = join(folder, 'localhost.crt')
  const key = join(folder, 'localhost.key')
  const both = join(folder, 'localhost.pem')
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
  const fresh = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
  await run('openssl', [...fresh, ...subject, '-keyout', key, '-out', certificate])
  await writeFile(both, (await readFile(certificate, 'utf8')) + (await readFile(key, 'utf8')), { mode: 0o600 })
  return { certificate, key, both }
}
