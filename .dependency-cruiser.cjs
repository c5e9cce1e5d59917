// The dependency rule (docs/architecture.md): app ► components ► client ► core ◄ server ◄ app/api, instrumentation.
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

module.exports = {
  forbidden: [
    rule(
      'core-is-pure',
      'core imports only itself, zod and @noble/hashes (SHA-256 for the names of chains, synchronous and without a platform): ' +
        'pass clocks, sockets and the DOM in as values.',
      { path: '^core/', pathNot: '\\.test\\.ts$' },
      { pathNot: '^(core/|node_modules/(zod|@noble/hashes)/)' },
    ),
    rule(
      'core-order',
      'model ◄ proxy, slices ◄ graph ◄ feed: a lower folder of core never imports a higher one.',
      { path: '^core/model/', pathNot: '\\.test\\.ts$' },
      { path: '^core/(?!model/)' },
    ),
    rule(
      'proxy-below-graph',
      'Decisions know nothing of the graph and the feed.',
      { path: '^core/(slices|proxy|problems|rules|discovery|endpoints)/', pathNot: '\\.test\\.ts$' },
      { path: '^core/(feed|graph/(?!types))' },
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
      'server/kube and server/store meet in runtime.ts only.',
      { path: '^server/kube/', pathNot: '\\.test\\.ts$' },
      { path: '^server/(store|feed|routers)/' },
    ),
    rule(
      'store-and-kube-apart',
      'server/kube and server/store meet in runtime.ts only.',
      { path: '^server/store/', pathNot: '\\.test\\.ts$' },
      { path: '^server/(kube|feed|routers)/' },
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
