// The static checks of `npm run check`, each one command. `npm test` runs the same list and counts each as one test.

export type Check = { readonly name: string; readonly command: readonly [string, ...string[]] }

export const staticChecks: readonly Check[] = [
  { name: 'route types (next typegen)', command: ['next', 'typegen'] },
  { name: 'types', command: ['tsc', '--noEmit'] },
  { name: 'core compiles without Node, DOM or React', command: ['tsc', '--noEmit', '-p', 'core'] },
  { name: 'lint and format', command: ['biome', 'check', '--error-on-warnings', '.'] },
  { name: 'dependency rule', command: ['depcruise', 'core', 'server', 'client', 'components', 'app'] },
  { name: 'dead code', command: ['knip'] },
]
