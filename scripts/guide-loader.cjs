// Turns an imported page of docs/guide into a module (next.config.ts). Loaders are CommonJS.
module.exports = function guideLoader(source) {
  const done = this.async()
  import('./guide.mjs')
    .then(({ readGuide }) => done(null, `export default ${JSON.stringify(readGuide(source))}`))
    .catch(done)
}
