// nginx and HAProxy as an Ingress: TLS, a sub-path, two replicas in turn, no sticky sessions, and their own defaults wherever the
// guide does not tell people to set something.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { type Guard, type Program, startProgram, untilUp } from '../cluster/processes'
import type { Certificate } from './certificate'

export type Ingress = {
  readonly program: Program
  /** Requests so far, one line each: `<status> <upstream> <method> <path>`. */
  requests(): Promise<readonly string[]>
}

export type IngressOptions = {
  readonly folder: string
  readonly guard: Guard
  readonly port: number
  readonly path: string
  readonly upstreams: readonly number[]
  readonly certificate: Certificate
  /** How long the proxy waits for the next byte of an answer. */
  readonly idleSeconds: number
}

export async function startNginx(options: IngressOptions): Promise<Ingress> {
  const { folder, guard, port, path, upstreams, certificate, idleSeconds } = options
  const home = join(folder, 'nginx')
  await mkdir(home, { recursive: true })
  const log = join(home, 'access.log')
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  const lines = [
    'user root;',
    'daemon off;',
    'worker_processes 1;',
    `pid ${home}/nginx.pid;`,
    `error_log ${home}/error.log;`,
    'events { worker_connections 512; }',
    'http {',
    "  log_format requests '$status $upstream_addr $request_method $request_uri';",
    `  access_log ${log} requests;`,
    ...temporary.map((name) => `  ${name}_temp_path ${home}/${name};`),
    '  upstream triplane {',
    // One failure is enough to try the other replica, and to come back soon.
    ...upstreams.map((upstream) => `    server 127.0.0.1:${upstream} max_fails=1 fail_timeout=1s;`),
    '  }',
    '  server {',
    `    listen 127.0.0.1:${port} ssl;`,
    '    server_name localhost;',
    `    ssl_certificate ${certificate.certificate};`,
    `    ssl_certificate_key ${certificate.key};`,
    // Compression on, as many have it: the stream must stay out of it by itself.
    '    gzip on; gzip_types text/event-stream application/json;',
    `    location ${path}/ {`,
    '      proxy_pass http://triplane;',
    '      proxy_http_version 1.1;',
    '      proxy_set_header Host $http_host;',
    '      proxy_set_header Connection "";',
    '      proxy_set_header X-Forwarded-For $remote_addr;',
    '      proxy_set_header X-Forwarded-Proto $scheme;',
    `      proxy_read_timeout ${idleSeconds}s;`,
    '    }',
    `    location = ${path} { return 301 ${path}/; }`,
    '  }',
    '}',
  ]
  await writeFile(join(home, 'nginx.conf'), `${lines.join('\n')}\n`)
  const program = startProgram(
    ['/usr/sbin/nginx', '-p', home, '-c', join(home, 'nginx.conf')],
    join(home, 'nginx.log'),
    guard,
  )
  await untilUp(program, () => listens(port))
  return { program, requests: () => readLines(log) }
}

export async function startHaproxy(options: IngressOptions): Promise<Ingress> {
  const { folder, guard, port, path, upstreams, certificate, idleSeconds } = options
  const home = join(folder, 'haproxy')
  await mkdir(home, { recursive: true })
  const logPath = join(home, 'haproxy.log')
  const lines = [
    'global',
    '  log stdout format raw local0',
    'defaults',
    '  mode http',
    '  log global',
    '  log-format "%ST %s %HM %HU"',
    '  timeout connect 2s',
    `  timeout client ${idleSeconds}s`,
    `  timeout server ${idleSeconds}s`,
    '  option redispatch 1',
    '  retry-on conn-failure',
    'frontend https',
    `  bind 127.0.0.1:${port} ssl crt ${certificate.both}`,
    '  http-request set-header X-Forwarded-Proto https',
    '  option forwardfor',
    `  use_backend triplane if { path ${path} } || { path_beg ${path}/ }`,
    'backend triplane',
    '  balance roundrobin',
    '  compression algo gzip',
    '  compression type application/json text/html',
    ...upstreams.map((upstream, index) => `  server replica-${index} 127.0.0.1:${upstream} check inter 500ms fall 1`),
  ]
  await writeFile(join(home, 'haproxy.cfg'), `${lines.join('\n')}\n`)
  const program = startProgram(['/usr/sbin/haproxy', '-db', '-f', join(home, 'haproxy.cfg')], logPath, guard)
  await untilUp(program, () => listens(port))
  return { program, requests: () => readLines(logPath) }
}

async function readLines(path: string): Promise<readonly string[]> {
  return (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '')
}

async function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(Boolean(socket.destroy())))
    socket.once('error', () => resolve(false))
  })
}
