import type { FieldReader } from './from-api-reader'

// Flags by which another container says that it is, configures or replaces kube-proxy (kube-router, k3s, Cilium).
const PROXY_FLAGS = [
  '--proxy-mode',
  '--kube-proxy-arg',
  '--disable-kube-proxy',
  '--run-service-proxy',
  '--kube-proxy-replacement',
]
const MAX_ARGUMENTS = 128
const MAX_ARGUMENT_LENGTH = 1024

/** Command and args of the container that runs kube-proxy; undefined when none does. No other pod's arguments are kept. */
export function kubeProxyArgs(containers: readonly FieldReader[]): readonly string[] | undefined {
  const proxy = containers.find(runsKubeProxy)
  return proxy && bounded(commandLine(proxy))
}

/** As above; else the arguments, and only those, by which a container names a flag of kube-proxy. */
export function proxyArgsOrFlags(containers: readonly FieldReader[]): readonly string[] | undefined {
  const flags = containers.flatMap((container) => proxyFlags(commandLine(container)))
  return kubeProxyArgs(containers) ?? (flags.length === 0 ? undefined : bounded(flags))
}

/** Image of the container that runs kube-proxy; undefined when none does. */
export function kubeProxyImage(containers: readonly FieldReader[]): string | undefined {
  return containers.find(runsKubeProxy)?.string('image')?.slice(0, MAX_ARGUMENT_LENGTH)
}

function runsKubeProxy(container: FieldReader): boolean {
  const image = container.string('image') ?? ''
  const imageName = image.slice(image.lastIndexOf('/') + 1).split(/[:@]/)[0]
  const program = container.strings('command')[0] ?? ''
  return (
    container.string('name') === 'kube-proxy' ||
    imageName === 'kube-proxy' ||
    program.slice(program.lastIndexOf('/') + 1) === 'kube-proxy'
  )
}

const commandLine = (container: FieldReader) => [...container.strings('command'), ...container.strings('args')]

// `--flag=value` is one argument; the value of `--flag value` is the next one.
function proxyFlags(line: readonly string[]): readonly string[] {
  return line.filter((argument, index) => {
    const previous = line[index - 1] ?? ''
    const isFlag = PROXY_FLAGS.some((flag) => argument === flag || argument.startsWith(`${flag}=`))
    return isFlag || (PROXY_FLAGS.includes(previous) && !argument.startsWith('-'))
  })
}

const bounded = (line: readonly string[]) =>
  line.slice(0, MAX_ARGUMENTS).map((argument) => argument.slice(0, MAX_ARGUMENT_LENGTH))
