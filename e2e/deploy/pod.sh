# One container without a container runtime: pod.sh ROOT CGROUP ENVFILE UID NODE ARGUMENT..., as root, in a mount and a pid
# namespace of its own.
# ROOT has image/, and mounts/ with what is mounted at the same path in the container. What is run gets another uid, no
# capability, a read-only root with an empty /tmp, the memory of the cgroup, and of the environment only what ENVFILE says.
set -eu
root=$1 cgroup=$2 envfile=$3 uid=$4 node=$5
shift 5
echo 0 >"$cgroup/cgroup.procs"
new=$root/root
mkdir -p "$new"
mount -t tmpfs -o mode=755 none "$new"
for name in bin sbin lib lib64 usr; do
  [ -e "/$name" ] || continue
  if [ -L "/$name" ]; then
    cp -P "/$name" "$new/$name"
  else
    mkdir "$new/$name"
    mount --bind "/$name" "$new/$name"
    mount -o remount,bind,ro,nosuid "$new/$name"
  fi
done
mkdir "$new/app" "$new/node" "$new/proc" "$new/tmp" "$new/dev" "$new/etc" "$new/var"
mount --bind "$root/image" "$new/app"
mount -o remount,bind,ro "$new/app"
: >"$new/node/node"
mount --bind "$node" "$new/node/node"
mount -o remount,bind,ro "$new/node/node"
mount -t proc none "$new/proc"
mount -t tmpfs -o mode=1777,size=256m,nosuid,nodev none "$new/tmp"
for name in null zero random urandom; do
  : >"$new/dev/$name"
  mount --bind "/dev/$name" "$new/dev/$name"
done
if [ -d "$root/mounts" ]; then cp -r "$root/mounts/." "$new/"; fi
mount -o remount,ro "$new"
exec chroot "$new" setpriv --reuid "$uid" --regid "$uid" --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all \
  env -i -C /app $(cat "$envfile") /node/node "$@"
