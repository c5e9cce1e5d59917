import { describe, expect, test } from 'vitest'
import type { DumpFault } from '../types'
import { parseIpvs } from './dump'
import type { IpvsDump } from './dump-state'

// What ipvsadm 1.31 printed for one and the same servers.
const SAVED = `-A -t 10.96.0.10:80 -s rr
-a -t 10.96.0.10:80 -r 10.1.2.11:8080 -m -w 1
-a -t 10.96.0.10:80 -r 10.1.3.12:8080 -m -w 0
-A -t 10.96.0.11:80 -s sh -p 60
-A -u 10.96.0.10:53 -s mh -b mh-port
-A --sctp-service 255.255.255.255:65535 -s lblcr -b flag-1
-a --sctp-service 255.255.255.255:65535 -r 255.255.255.255:65535 -m -w 1
-A --sctp-service 10.96.0.10:36412 -s mh -p 10800 -b mh-port
-a --sctp-service 10.96.0.10:36412 -r 10.1.2.11:36412 -m -w 1
-A -t [fd00:10:96::a]:80 -s rr -p 10800
-a -t [fd00:10:96::a]:80 -r [fd00:10:1::11]:8080 -m -w 1
-a -t [fd00:10:96::a]:80 -r [fd00:10:1:ffff:aaaa:bbbb:cccc:dddd]:65535 -m -w 100
-A -t [::10.0.0.1]:443 -s rr -b flag-1,flag-2
-A -t [64:ff9b::a00:1]:443 -s wlc
`
const LISTED = `IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port Scheduler Flags
  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn
TCP  10.96.0.10:80 rr
  -> 10.1.2.11:8080               Masq    1      3          10        
  -> 10.1.3.12:8080               Masq    0      1          0         
TCP  10.96.0.11:80 sh persistent 60
UDP  10.96.0.10:53 mh (mh-port)
SCTP 255.255.255.255:65535 lblcr (flag-1)
  -> 255.255.255.255:65535        Masq    1      0          0         
SCTP 10.96.0.10:36412 mh (mh-port) persistent 10800
  -> 10.1.2.11:36412              Masq    1      0          0         
TCP  [fd00:10:96::a]:80 rr persistent 10800
  -> [fd00:10:1::11]:8080         Masq    1      0          0         
  -> [fd00:10:1:ffff:aaaa:bbbb:cccc:dddd]:65535 Masq    100    123456789  1         
TCP  [::10.0.0.1]:443 rr (flag-1,flag-2)
TCP  [64:ff9b::a00:1]:443 wlc
`
// What ipset 7.17 printed in a network namespace.
const SETS = `create KUBE-CLUSTER-IP hash:ip,port family inet hashsize 1024 maxelem 65536 bucketsize 12 initval 0x853ee7c7
add KUBE-CLUSTER-IP 10.96.0.10,tcp:80
add KUBE-CLUSTER-IP 10.96.0.10,sctp:36412
create KUBE-LOAD-BALANCER-SOURCE-CIDR hash:ip,port,net family inet hashsize 1024 maxelem 65536 bucketsize 12 initval 0x071b07a9
add KUBE-LOAD-BALANCER-SOURCE-CIDR 203.0.113.30,tcp:80,198.51.100.7
add KUBE-LOAD-BALANCER-SOURCE-CIDR 203.0.113.30,tcp:80,198.51.100.0/24
create KUBE-NODE-PORT-TCP bitmap:port range 0-65535
add KUBE-NODE-PORT-TCP 443
create KUBE-6-CLUSTER-IP hash:ip,port family inet6 hashsize 1024 maxelem 65536 bucketsize 12 initval 0x098860af
add KUBE-6-CLUSTER-IP ::10.0.0.1,tcp:80
add KUBE-6-CLUSTER-IP 1:0:0:2::3,tcp:80
create cali40all hash:net family inet hashsize 1024 maxelem 65536 timeout 300 comment bucketsize 12 initval 0x2bfd505a
add cali40all 10.0.0.0/8 timeout 299 comment "all pods"
create ls list:set size 8
`

const read = (text: string): IpvsDump => {
  const dump = parseIpvs(text)
  if ('reason' in dump) throw new Error(`line ${dump.line}: ${dump.reason.code}`)
  if (dump.kind !== 'ipvs') throw new Error('read as iptables-save')
  return dump
}

const fault = (text: string): DumpFault => {
  const dump = parseIpvs(text)
  if (!('reason' in dump)) throw new Error('was read')
  return dump
}

const plain = ({ virtualServers }: IpvsDump) =>
  [...(virtualServers?.values() ?? [])].map(({ realServers, line: _, ...server }) => ({
    ...server,
    realServers: realServers.map(({ address, port, weight, masquerades }) => ({ address, port, weight, masquerades })),
  }))

describe('[V14] what ipvsadm prints', () => {
  test('both forms tell the same servers', () => {
    expect(plain(read(LISTED))).toEqual(plain(read(SAVED)))
    expect(plain(read(SAVED))).toHaveLength(8)
    expect(read(SAVED).ipsets).toBeUndefined()
  })

  test('address, port, protocol, scheduler, flags, timeout, weights, and the line', () => {
    const servers = read(SAVED).virtualServers
    expect(servers?.get('10.96.0.10 36412 SCTP')).toMatchObject({ scheduler: 'mh', flags: 0x11, timeout: 10_800 })
    expect(servers?.get('::a00:1 443 TCP')).toMatchObject({ flags: 0x18, realServers: [], line: { number: 13 } })
    expect(servers?.get('10.96.0.10 80 TCP')?.realServers).toEqual([
      expect.objectContaining({
        address: '10.1.2.11',
        port: 8080,
        weight: 1,
        line: expect.objectContaining({ number: 2 }),
      }),
      expect.objectContaining({ address: '10.1.3.12', port: 8080, weight: 0, connections: undefined }),
    ])
  })

  test('only the list tells connections', () => {
    const [first] = read(LISTED).virtualServers?.get('10.96.0.10 80 TCP')?.realServers ?? []
    expect(first?.connections).toEqual({ active: 3, inactive: 10 })
  })

  test.each([
    ['-A -t 10.0.0.1:80 -s rr -p 360 -M 255.255.255.0 -o', { flags: 5, timeout: 360, more: '-M 255.255.255.0' }],
    ['-A -t [fd00::1]:80 -s sh -p 360 -M 64 --pe sip -b sh-fallback,sh-port', { flags: 0x19, more: '-M 64 --pe sip' }],
    [
      'TCP  10.0.0.1:80 rr persistent 360 mask 255.255.255.0 pe sip ops',
      { flags: 5, more: 'mask 255.255.255.0 pe sip' },
    ],
    ['TCP  10.0.0.1:80 rr (flag-3)', { flags: 0x20 }],
    ['TCP  10.0.0.1:80 rr\r', { scheduler: 'rr' }],
  ])('%s', (text, expected) => {
    expect(plain(read(text))[0]).toMatchObject(expected)
  })

  test.each(['-g', '-i'])('a server forwarded to with %s is not masqueraded', (forward) => {
    const [server] = plain(read(`-A -t 10.0.0.1:80 -s rr\n-a -t 10.0.0.1:80 -r 10.1.0.1:80 ${forward} -w 1`))
    expect(server?.realServers[0]?.masquerades).toBe(false)
  })

  test('servers by firewall mark and of other protocols are read past, with their real servers', () => {
    expect(plain(read('-A -f 1 -s rr\n-a -f 1 -r 10.1.0.1:0 -m -w 1\n-A --xxx-service 10.0.0.1:1 -s rr'))).toEqual([])
    expect(plain(read('FWM  1 IPv6 rr\n  -> 10.1.0.1:0  Masq    1      0          0'))).toEqual([])
    expect(plain(read('?    10.0.0.1:1 rr\n  -> 10.1.0.1:0  Route   1      0          0'))).toEqual([])
  })

  test('headings alone are a node without servers', () => {
    expect(read(LISTED.split('\n').slice(0, 3).join('\n'))).toEqual({
      kind: 'ipvs',
      virtualServers: new Map(),
      ipsets: undefined,
    })
  })
})

describe('[V14] what ipset save prints', () => {
  test('types and entries, addresses in one spelling', () => {
    const { ipsets, virtualServers } = read(SETS)
    expect(virtualServers).toBeUndefined()
    expect([...(ipsets ?? [])].map(([name, { type, entries }]) => [name, type, [...entries.keys()]])).toEqual([
      ['KUBE-CLUSTER-IP', 'hash:ip,port', ['10.96.0.10,tcp:80', '10.96.0.10,sctp:36412']],
      [
        'KUBE-LOAD-BALANCER-SOURCE-CIDR',
        'hash:ip,port,net',
        ['203.0.113.30,tcp:80,198.51.100.7', '203.0.113.30,tcp:80,198.51.100.0/24'],
      ],
      ['KUBE-NODE-PORT-TCP', 'bitmap:port', ['443']],
      ['KUBE-6-CLUSTER-IP', 'hash:ip,port', ['::a00:1,tcp:80', '1:0:0:2::3,tcp:80']],
      ['cali40all', 'hash:net', ['10.0.0.0/8']],
      ['ls', 'list:set', []],
    ])
  })

  test('after ipvsadm in one text', () => {
    const dump = read(`${SAVED}\n${SETS}`)
    expect([dump.virtualServers?.size, dump.ipsets?.size]).toEqual([8, 6])
  })
})

describe('[V15] what is refused, and where', () => {
  test.each([
    ['nothing', '', 1, 'ipvs-dump-empty'],
    ['blank lines', '\n \n\t\n', 1, 'ipvs-dump-empty'],
    ['another program', 'TCP  10.0.0.1:80 rr\n*nat\n', 2, 'ipvs-dump-unknown'],
    ['HTML', '<html>', 1, 'ipvs-dump-unknown'],
    ['names of ports', '-A -t 10.0.0.1:http -s rr', 1, 'ipvs-dump-names'],
    ['names of hosts', 'TCP  web.example.com:80 rr', 1, 'ipvs-dump-names'],
    ['a port that is none', '-A -t 10.0.0.1:65536 -s rr', 1, 'ipvs-dump-names'],
    ['a server twice', '-A -t 10.0.0.1:80 -s rr\n\n-A -t 10.0.0.1:80 -s rr', 3, 'ipvs-dump-twice'],
    ['a set twice', 'create A hash:ip\ncreate A hash:ip', 2, 'ipvs-dump-twice'],
    ['a real server of nobody', '-a -t 10.0.0.1:80 -r 10.1.0.1:80 -m -w 1', 1, 'ipvs-dump-orphan'],
    ['a listed one of nobody', '  -> 10.1.0.1:80  Masq    1      0          0', 1, 'ipvs-dump-orphan'],
    ['an entry of nobody', 'add A 10.0.0.1', 1, 'ipvs-dump-orphan'],
    ['the list of statistics', 'Prot LocalAddress:Port               Conns   InPkts', 1, 'ipvs-dump-other-list'],
    ['statistics', 'TCP  10.96.0.10:80                       0        0        0', 1, 'ipvs-dump-malformed'],
    ['a protocol that is none', '-A -x 10.0.0.1:80 -s rr', 1, 'ipvs-dump-malformed'],
    ['no address', '-A -t', 1, 'ipvs-dump-malformed'],
    ['no scheduler', '-A -t 10.0.0.1:80', 1, 'ipvs-dump-malformed'],
    ['no listed scheduler', 'TCP  10.0.0.1:80', 1, 'ipvs-dump-malformed'],
    ['an unknown option', '-A -t 10.0.0.1:80 -s rr --what', 1, 'ipvs-dump-malformed'],
    ['an unknown flag', '-A -t 10.0.0.1:80 -s rr -b what', 1, 'ipvs-dump-malformed'],
    ['an unknown listed flag', 'TCP  10.0.0.1:80 rr (what)', 1, 'ipvs-dump-malformed'],
    ['a timeout that is none', '-A -t 10.0.0.1:80 -s rr -p x', 1, 'ipvs-dump-malformed'],
    ['a listed timeout that is none', 'TCP  10.0.0.1:80 rr persistent', 1, 'ipvs-dump-malformed'],
    ['no weight', '-A -t 1.1.1.1:1 -s rr\n-a -t 1.1.1.1:1 -r 2.2.2.2:1 -m', 2, 'ipvs-dump-malformed'],
    ['no forwarding', '-A -t 1.1.1.1:1 -s rr\n-a -t 1.1.1.1:1 -r 2.2.2.2:1 -x -w 1', 2, 'ipvs-dump-malformed'],
    ['no listed forwarding', 'TCP  1.1.1.1:1 rr\n  -> 2.2.2.2:1  What  1  0  0', 2, 'ipvs-dump-malformed'],
    ['too few numbers', 'TCP  1.1.1.1:1 rr\n  -> 2.2.2.2:1  Masq  1  0', 2, 'ipvs-dump-malformed'],
    ['a negative weight', 'TCP  1.1.1.1:1 rr\n  -> 2.2.2.2:1  Masq  -1  0  0', 2, 'ipvs-dump-malformed'],
    ['a line that is too long', `add A ${','.repeat(3_000)}`, 1, 'ipvs-dump-unknown'],
    ['a set of no type', 'create A what', 1, 'ipvs-dump-malformed'],
    ['an entry that is none', 'create A hash:ip\nadd A', 2, 'ipvs-dump-malformed'],
  ])('%s', (_name, text, line, code) => {
    expect(fault(text)).toMatchObject({ line, reason: { code } })
  })

  test('a long line is quoted in part', () => {
    expect(String(fault('x'.repeat(1000)).reason.values.text)).toHaveLength(81)
  })

  test('a dump of more than 64 MiB is not read', () => {
    expect(fault(' '.repeat(64 * 1024 * 1024 + 1)).reason).toEqual({
      code: 'dump-too-large',
      values: { mebibytes: 64 },
    })
  })
})

test('reading takes time in proportion to the length', () => {
  const lines = (count: number) =>
    Array.from({ length: count }, (_, i) => {
      const server = `-t 10.${i >> 16}.${(i >> 8) & 255}.${i & 255}:80`
      return `-A ${server} -s rr\n-a ${server} -r 10.1.0.1:8080 -m -w 1\n`
    }).join('')
  const time = (text: string) => {
    const start = performance.now()
    read(text)
    return performance.now() - start
  }
  time(lines(2_000))
  const [small, large] = [time(lines(4_000)), time(lines(40_000))]
  expect(large).toBeLessThan(Math.max(small, 2) * 60)
})
