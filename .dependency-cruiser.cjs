// The dependency rule (docs/architecture.md): app ► components ► client ► core ◄ server ◄ app/api, instrumentation.
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

// What each folder of core may import besides itself. `graph/types` is types only: the shapes that travel to the browser.
const SHAPES = 'graph/types[^/]*\\.ts$'
const core = {
  model: [],
  slices: ['model/'],
  discovery: ['model/'],
  cost: ['model/'],
  endpoints: ['model/', 'slices/', 'cost/'],
  policy: ['model/'],
  proxy: ['model/', SHAPES],
  rules: ['model/', 'proxy/'],
  addresses: ['model/'],
  ports: ['model/', 'slices/', 'addresses/'],
  readiness: ['model/', 'proxy/', 'slices/'],
  entries: ['model/'],
  problems: ['model/', 'proxy/', 'slices/', 'readiness/', 'entries/', SHAPES],
  graph: ['model/', 'proxy/', 'slices/', 'entries/', 'problems/'],
  feed: ['model/', 'graph/'],
  access: ['model/', 'graph/graph-view.ts', 'graph/ids.ts', 'graph/types'],
  share: ['model/', 'graph/', 'access/'],
  explain: [
    'model/',
    'proxy/',
    'rules/',
    'problems/',
    'discovery/',
    'policy/',
    'entries/',
    SHAPES,
    'graph/page-(query|refs|destination)\\.ts$',
  ],
}

const coreOrder = Object.entries(core).map(([folder, below]) =>
  rule(
    `core-order-${folder}`,
    `core/${folder} imports only what docs/architecture.md shows below it.`,
    { path: `^core/${folder}/`, pathNot: '\\.test\\.ts$' },
    { path: '^core/', pathNot: `^core/(${[`${folder}/`, ...below].join('|')})` },
  ),
)

module.exports = {
  forbidden: [
    ...coreOrder,
    rule(
      'core-is-pure',
      'core imports only itself, zod and @noble/hashes (SHA-256 for the names of chains, synchronous and without a platform): ' +
        'pass clocks, sockets and the DOM in as values.',
      { path: '^core/', pathNot: '\\.test\\.ts$' },
      { pathNot: '^(core/|node_modules/(zod|@noble/hashes)/)' },
    ),
    rule(
      'core-folders-known',
      'A new folder of core has its place in the order above.',
      { path: `^core/(?!(${[...Object.keys(core), 'testing'].join('|')})/)`, pathNot: '\\.test\\.ts$' },
      {},
    ),
    rule(
      'testing-not-in-product',
      'core/testing is for tests and benches.',
      { path: '^(core/(?!testing)|server|client|components|app)', pathNot: '\\.test\\.tsx?$|/testing/' },
      { path: '^core/testing/' },
    ),
    rule(
      'client-below-components',
      'client/ is browser code without JSX; it imports core, and types of the router.',
      { path: '^client/', pathNot: '\\.test\\.ts$' },
      { path: '^(app|components)/' },
    ),
    rule(
      'browser-not-server',
      'Only the type of the router crosses from the server to the browser (server-only fails the build of anything more).',
      { path: '^(client|components)/', pathNot: '\\.test\\.tsx?$|^client/trpc\\.ts$' },
      { path: '^server/' },
    ),
    rule(
      'server-not-browser',
      'The server never imports browser code.',
      { path: '^server/' },
      { path: '^(client|components|app)/' },
    ),
    rule(
      'kube-and-store-apart',
      'server/kube and server/store meet in session.ts only.',
      { path: '^server/kube/', pathNot: '\\.test\\.ts$' },
      { path: '^server/(store|feed|routers)/' },
    ),
    rule(
      'store-and-kube-apart',
      'server/kube and server/store meet in session.ts only.',
      { path: '^server/store/', pathNot: '\\.test\\.ts$' },
      { path: '^server/(kube|feed|routers)/' },
    ),
    rule(
      'feed-below-routers',
      'The feed knows a source of parts (part-source.ts), readers of them and why their right ends: neither the cluster nor tRPC procedures.',
      { path: '^server/feed/', pathNot: '\\.test\\.ts$|/testing/' },
      { path: '^(server/(?!feed|by-name|access/principal)|app)' },
    ),
    rule(
      'routers-through-context',
      'Procedures reach the cluster by their context; of the server they import only the feed.',
      { path: '^server/routers/', pathNot: '\\.test\\.ts$' },
      { path: '^server/(store|kube|simulator|session|runtime)' },
    ),
    rule(
      'simulator-imports-core',
      'The embedded cluster is an API server: it knows core and nothing else of the product.',
      { path: '^server/simulator/', pathNot: '\\.test\\.ts$' },
      { path: '^(server/(?!simulator)|client|components|app)' },
    ),
    rule('no-cycles', 'A cycle means that two files are one topic.', {}, { circular: true }),
    rule('resolvable', 'Every import resolves.', {}, { couldNotResolve: true }),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.next|\\.cache)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
}
